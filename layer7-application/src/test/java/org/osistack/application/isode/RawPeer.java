package org.osistack.application.isode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** The other side as nothing but octets on TCP: it speaks RFC 1006, and of the layers above only what it is told to. */
final class RawPeer implements PresentationUser {
    private static final int PORT = 102;
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    /** The TSDUs that came, whole. */
    final List<Octets> received = new ArrayList<>();
    /** The TPDUs that came but DT. */
    final List<Octets> tpdus = new ArrayList<>();

    boolean closed;

    private final EchoLab.Node node;
    private final PresentationService plain;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tsdu = new ByteArrayOutputStream();
    private PresentationConnection connection;
    private String firstTpdu;

    RawPeer(EchoLab.Node node) {
        this(node, node.presentation());
    }

    /** A peer among others on the same column of plain octets. */
    RawPeer(EchoLab.Node node, PresentationService plain) {
        this.node = node;
        this.plain = plain;
    }

    /** Open a TCP connection, and send a TPDU. */
    void call(NetworkAddress host, String tpdu) {
        firstTpdu = tpdu;
        connection = plain.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        new PresentationAddress(host, PORT),
                        List.of(),
                        List.of(),
                        ConnectionIdentifier.NONE,
                        DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                this);
    }

    /** Wait for a TCP connection, and answer its CR with a CC. */
    void listen() {
        plain.attach(new PresentationAddress(null, PORT), (newConnection, connect) -> {
            connection = newConnection;
            connection.request(new PresentationPrimitive.ConnectAnswer(
                    null,
                    "",
                    null,
                    List.of(),
                    ConnectionIdentifier.NONE,
                    DUPLEX,
                    -1,
                    TokenSetting.INITIATOR,
                    Tokens.NONE,
                    List.of()));
            return this;
        });
    }

    void send(Octets octets) {
        Octets tpdu = Octets.ofHex("02 f0 80" + octets);
        sendTpdu(tpdu);
    }

    void sendTpdu(Octets tpdu) {
        int length = 4 + tpdu.length();
        Pdu packet = node.host.pool().take(length);
        Octets.of((byte) 3, (byte) 0, (byte) (length >>> 8), (byte) length).appendTo(packet);
        tpdu.appendTo(packet);
        if (!connection.dataRequest(0, packet)) {
            packet.release();
            throw new AssertionError("TCP does not take it");
        }
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        stream.writeBytes(value.toByteArray());
        value.release();
        Octets all = Octets.of(stream.toByteArray());
        int at = 0;
        while (all.length() - at >= 4) {
            int length = all.at(at + 2) << 8 | all.at(at + 3);
            if (all.length() - at < length) {
                break;
            }
            tpdu(all.slice(at + 4, at + length));
            at += length;
        }
        stream.reset();
        stream.writeBytes(all.slice(at, all.length()).toByteArray());
    }

    private void tpdu(Octets tpdu) {
        if (tpdu.at(1) == 0xf0) {
            tsdu.writeBytes(tpdu.slice(3, tpdu.length()).toByteArray());
            if ((tpdu.at(2) & 0x80) != 0) {
                received.add(Octets.of(tsdu.toByteArray()));
                tsdu.reset();
            }
            return;
        }
        tpdus.add(tpdu);
        if (tpdu.at(1) == 0xe0) {
            sendTpdu(Octets.ofHex("09 d0" + tpdu.slice(4, 6) + "4b c1 00 c0 01 0b"));
        }
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (primitive instanceof PresentationPrimitive.ConnectAnswer answer && answer.isAccepted()) {
            sendTpdu(Octets.ofHex(firstTpdu));
        } else if (primitive instanceof PresentationPrimitive.Release) {
            closed = true;
            connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        } else {
            closed = true;
        }
    }

    void close() {
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
    }
}
