package org.osistack.session.mux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** A user of the transport service that says what a test wants, and collects the frames that it hears. */
final class RawPeer implements TransportUser {
    final Host host;
    final List<Octets> heard = new ArrayList<>();
    TransportConnection connection;
    boolean ended;

    RawPeer(Host host) {
        this.host = host;
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        heard.add(Octets.of(tsdu));
        tsdu.release();
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        ended = true;
    }

    void send(byte[] octets) {
        Pdu pdu = host.pool().take(octets.length).append(octets);
        if (!connection.dataRequest(pdu)) {
            pdu.release();
        }
    }

    static byte[] frame(FrameType type, int flags, int session, int sequence, byte... body) {
        byte[] frame = new byte[FrameHeader.LENGTH + body.length];
        FrameHeader.write(frame, type, flags, body.length, session, sequence);
        System.arraycopy(body, 0, frame, FrameHeader.LENGTH, body.length);
        return frame;
    }

    /** A HELLO with a share of sixteen ones. */
    byte[] hello(int flags, long entity, long trunk, int path) {
        Pdu body = host.pool().take().pushTrailer(HelloFrame.LENGTH);
        new HelloFrame()
                .wrap(body)
                .init(flags)
                .entity(entity)
                .trunk(trunk)
                .share(share())
                .path(path)
                .parameters(new Parameters(1 << 18, 1 << 20, 8000, 1000, 30_000));
        byte[] octets = body.toByteArray();
        body.release();
        return frame(FrameType.HELLO, 0, 0, 0, octets);
    }

    static byte[] share() {
        byte[] share = new byte[TrunkSecret.SHARE_LENGTH];
        Arrays.fill(share, (byte) 1);
        return share;
    }
}
