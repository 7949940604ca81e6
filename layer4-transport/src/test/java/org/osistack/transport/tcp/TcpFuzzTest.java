package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.network.TransportProtocol;

/** A million segments that nobody would send: nothing is thrown, nothing leaks, nothing grows. */
class TcpFuzzTest {
    private static final int ROUNDS = 2500;
    private static final int SEGMENTS = 400; // in each round

    @Test
    void survivesAMillionMutatedSegments() {
        SplittableRandom random = new SplittableRandom(20260101);
        for (int round = 0; round < ROUNDS; round++) {
            Script tcp = new Script(
                    "window=8k",
                    "sendbuffer=8k",
                    "sack=" + (random.nextBoolean() ? "on" : "off"),
                    "timestamps=" + (random.nextInt(4) == 0 ? "on" : "off"));
            inSomeState(tcp, random);
            for (int i = 0; i < SEGMENTS; i++) {
                tcp.arrives(mutated(tcp, random));
                act(tcp, random);
                tcp.ignoreSent();
            }
            assertThat(tcp.host.pool().outstanding()).isLessThan(100);
            tcp.end();
        }
    }

    private static void inSomeState(Script tcp, SplittableRandom random) {
        tcp.listens();
        switch (random.nextInt(6)) {
            case 0 -> tcp.connects();
            case 1 -> tcp.arrives("S 0:0(0) <mss 1000,sackOK>");
            case 2 -> open(tcp).connection.releaseRequest();
            case 3 -> open(tcp).arrives("F. 1:1(0) ack 1");
            default -> open(tcp);
        }
        tcp.ignoreSent();
    }

    private static Script open(Script tcp) {
        return tcp.arrives("S 0:0(0) <mss 1000,sackOK>").ignoreSent().arrives(". 1:1(0) ack 1");
    }

    private static void act(Script tcp, SplittableRandom random) {
        if (tcp.connection == null) {
            return;
        }
        switch (random.nextInt(40)) {
            case 0 -> tcp.passes(random.nextInt(5000));
            case 1 -> tcp.connection.pause();
            case 2 -> tcp.connection.resume();
            case 3, 4, 5, 6 -> {
                if (!((TcpConnection) tcp.connection).snd.isFinRequested()) {
                    tcp.sends(random.nextInt(3000));
                }
            }
            case 7 -> {
                if (random.nextInt(20) == 0) {
                    tcp.connection.releaseRequest();
                }
            }
            case 8 -> {
                if (random.nextInt(50) == 0) {
                    tcp.connection.disconnectRequest();
                }
            }
            default -> {
                // nothing
            }
        }
    }

    /** A segment that fits the connection more or less, with some of its octets changed. */
    private static Pdu mutated(Script tcp, SplittableRandom random) {
        int length = random.nextInt(3) == 0 ? random.nextInt(2000) : 0;
        int optionWords = random.nextInt(3) == 0 ? random.nextInt(11) : 0;
        int headerLength = 20 + 4 * optionWords;
        Pdu segment = tcp.host.pool().takeForReceiving(headerLength + length).pushTrailer(headerLength + length);
        int control = random.nextInt(8) == 0 ? random.nextInt(256) : TcpHeader.ACK;
        new TcpHeader()
                .wrap(segment)
                .ports(
                        Script.PEER_PORT,
                        tcp.connection == null
                                ? Script.OUR_PORT
                                : tcp.connection.local().port())
                .sequenceNumber(tcp.rcvNxt() + near(random))
                .acknowledgmentNumber(tcp.sndUna() + near(random))
                .lengthAndControl(headerLength, control)
                .window(random.nextInt(65536));
        for (int i = 20; i < headerLength; i++) {
            segment.putUint8(i, random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(11));
        }
        for (int i = random.nextInt(4) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            segment.putUint8(4 + random.nextInt(headerLength - 4), random.nextInt(256));
        }
        return segment;
    }

    private static int near(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(-3000, 3000);
            default -> random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(-20, 20);
        };
    }

    @Test
    void theDissectorCopesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(7);
        PduPool pool = new PduPool(0);
        TcpDissector dissector = new TcpDissector();
        for (int i = 0; i < 100_000; i++) {
            int length = random.nextInt(80);
            Pdu pdu = pool.take(length);
            for (int k = 0; k < length; k++) {
                pdu.appendUint8(random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(12));
            }
            Dissection out = new Dissection();
            Object sap = random.nextBoolean() ? TransportProtocol.TCP : TransportProtocol.UDP;
            dissector.dissect(pdu, sap, random.nextBoolean() ? Direction.UP : Direction.DOWN, out);
            assertThat(out.protocol()).isEqualTo(sap.toString());
            assertThat(out.sduOffset() + out.sduLength()).isLessThanOrEqualTo(length);
            pdu.release();
        }
        assertThat(pool.outstanding()).isZero();
    }
}
