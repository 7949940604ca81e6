package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.mux.FakeNetwork.Cut;

/** What the dissector says of every kind of frame, and that it can bear any octets. */
class MuxDissectorTest {
    private final PduPool pool = new PduPool(0);

    /** A dialogue with every kind of frame. */
    private static List<byte[]> dialogue() {
        List<byte[]> frames = new ArrayList<>();
        Pair pair = new Pair(1);
        pair.network(false, 1 << 16, 1_000_000, 0);
        pair.open("keep-alive", "2s");
        boolean[] cut = new boolean[1];
        pair.network().fault = (request, tsdu) -> {
            frames.add(tsdu.toByteArray());
            boolean now = cut[0];
            cut[0] = false;
            return now ? Cut.CALLER : null;
        };
        RecordingUser caller = new RecordingUser();
        RecordingUser called = new RecordingUser();
        FunctionalUnits units = FunctionalUnits.of(
                FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA, FunctionalUnit.NEGOTIATED_RELEASE);
        pair.attach((connection, connect) -> {
            called.connection = connection;
            connection.request(
                    connect.userData().isEmpty()
                            ? Pair.refuse(SessionRefusal.TEMPORARY_CONGESTION, Octets.EMPTY)
                            : Pair.accept(units));
            return called;
        });
        pair.call(new RecordingUser(), units, Octets.EMPTY);
        caller.connection = pair.call(caller, units, Octets.ofText("hello"));
        pair.run(Duration.ofSeconds(5));
        caller.connection.dataRequest(pair.alice.pool().take(20_000).append(new byte[20_000]));
        caller.connection.request(new SessionPrimitive.TypedData(Octets.ofText("psst")));
        called.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenPlease(Tokens.of(Token.DATA))));
        pair.run(Duration.ofSeconds(1));
        cut[0] = true;
        caller.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        pair.run(Duration.ofSeconds(1));
        called.connection.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        pair.run(Duration.ofSeconds(1));
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        pair.run(Duration.ofSeconds(1));
        called.connection.request(new SessionPrimitive.ReleaseAnswer(false, Octets.EMPTY));
        pair.run(Duration.ofSeconds(1));
        caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        pair.run(Duration.ofSeconds(1));
        called.connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        pair.run(Duration.ofSeconds(1));
        pair.call(caller, units, Octets.ofText("hello")).request(new SessionPrimitive.UserAbort(Octets.ofText("no")));
        pair.run(Duration.ofMinutes(1));
        pair.checkNothingIsLeft();
        return frames;
    }

    private Dissection explain(MuxDissector dissector, byte[] octets) {
        Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
        Dissection out = new Dissection();
        dissector.dissect(pdu, null, Direction.UP, out);
        assertThat(pdu.toByteArray()).isEqualTo(octets);
        pdu.release();
        return out;
    }

    @Test
    void everyFrameIsExplainedToTheLastOctet() {
        Set<String> names = new TreeSet<>();
        MuxDissector dissector = new MuxDissector();
        for (byte[] frame : dialogue()) {
            Dissection dissection = explain(dissector, frame);
            assertThat(dissection.protocol()).isEqualTo("mux");
            assertThat(dissection.summary()).isNotEmpty();
            names.add(dissection.name());
            boolean[] explained = new boolean[frame.length];
            for (Dissection.Field field : dissection.fields()) {
                Arrays.fill(explained, field.offset(), field.offset() + field.length(), true);
                if (field.depth() > 0 || !field.clause().isEmpty()) {
                    assertThat(field.clause()).startsWith("mux §");
                }
            }
            if (dissection.hasSdu()) {
                Arrays.fill(explained, dissection.sduOffset(), dissection.sduOffset() + dissection.sduLength(), true);
            }
            for (int i = 0; i < explained.length; i++) {
                assertThat(explained[i]).as(dissection.name() + " octet " + i).isTrue();
            }
        }
        assertThat(names).hasSize(FrameType.values().length);
    }

    @Test
    void aDataFrameReadsLikeThis() {
        Dissection dissection =
                explain(new MuxDissector(), RawPeer.frame(FrameType.DATA, FrameHeader.END, 3, 77, (byte) 1, (byte) 2));
        assertThat(dissection.name()).isEqualTo("DATA");
        assertThat(dissection.summary()).isEqualTo("data: session 3 seq 77");
        assertThat(dissection.sduOffset()).isEqualTo(12);
        assertThat(dissection.sduLength()).isEqualTo(2);
        assertThat(dissection.whole()).isEmpty();
        assertThat(dissection.fields().get(2).text()).isEqualTo("the unit ends here");
    }

    @Test
    void framesOfALongSsduAreItsSegments() {
        MuxDissector dissector = new MuxDissector();
        Dissection first = explain(dissector, RawPeer.frame(FrameType.DATA, 0, 3, 100, new byte[50]));
        Dissection middle = explain(dissector, RawPeer.frame(FrameType.DATA, 0, 3, 162, new byte[50]));
        Dissection other = explain(dissector, RawPeer.frame(FrameType.DATA, FrameHeader.END, 4, 0, new byte[50]));
        Dissection last = explain(dissector, RawPeer.frame(FrameType.DATA, FrameHeader.END, 3, 224, new byte[5]));
        assertThat(first.whole()).isEqualTo("mux session 3 unit 100");
        assertThat(first.place()).isZero();
        assertThat(middle.whole()).isEqualTo(first.whole());
        assertThat(middle.place()).isEqualTo(50);
        assertThat(other.whole()).isEmpty();
        assertThat(last.whole()).isEqualTo(first.whole());
        assertThat(last.place()).isEqualTo(100);
    }

    @Test
    void aStreamMayBeCutAnywhere() {
        byte[] frame = RawPeer.frame(FrameType.DATA, FrameHeader.END, 3, 0, new byte[50]);
        byte[] ping = RawPeer.frame(FrameType.PING, 0, 0, 9);
        byte[] both = Arrays.copyOf(frame, frame.length + ping.length);
        System.arraycopy(ping, 0, both, frame.length, ping.length);
        MuxDissector dissector = new MuxDissector();
        assertThat(explain(dissector, Arrays.copyOf(both, 30)).name()).isEqualTo("DATA");
        assertThat(explain(dissector, Arrays.copyOfRange(both, 30, both.length)).name())
                .isEqualTo("…·PING");
        assertThat(explain(dissector, Arrays.copyOf(both, 5)).name()).isEqualTo("…");
        Dissection rest = explain(dissector, Arrays.copyOfRange(both, 5, both.length));
        assertThat(rest.name()).isEqualTo("DATA·…·PING");
        assertThat(rest.sduOffset()).isEqualTo(7);
        assertThat(rest.sduLength()).isEqualTo(50);
    }

    @Test
    void noOctetsAreTooMuch() {
        SplittableRandom random = new SplittableRandom(7);
        List<byte[]> samples = dialogue();
        MuxDissector dissector = new MuxDissector();
        for (int i = 0; i < 200_000; i++) {
            if (i % 500 == 0) {
                dissector = new MuxDissector();
            }
            byte[] octets = samples.get(random.nextInt(samples.size())).clone();
            octets = octets.length > 200 ? Arrays.copyOf(octets, 200) : octets;
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                octets = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
            }
            Dissection dissection = explain(dissector, octets);
            for (Dissection.Field field : dissection.fields()) {
                assertThat(field.offset() >= 0
                                && field.length() >= 0
                                && field.offset() + field.length() <= octets.length)
                        .isTrue();
            }
        }
        assertThat(pool.outstanding()).isZero();
    }
}
