package org.osistack.session.mux;

import java.security.MessageDigest;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;

/** The greeting on a path (mux §6.1, §6.2): who is there, for which trunk, and the proof that it is the same as before. */
final class Greeting {
    private final Path path;
    private final MuxEntity entity;
    private final Host host;
    private final byte[] share;
    private byte[] peerShare;

    Greeting(Path path, MuxEntity entity, Host host) {
        this.path = path;
        this.entity = entity;
        this.host = host;
        this.share = TrunkSecret.share(host.random());
    }

    /** The calling side's first frame. */
    void begin() {
        Trunk trunk = path.trunk();
        path.say(hello(trunk.isEstablished() ? HelloFrame.JOIN : 0, trunk.id()));
    }

    /** The peer's HELLO. */
    void hello(HelloFrame hello) {
        peerShare = hello.share();
        Trunk trunk = path.trunk();
        if (path.state() != Path.State.GREETING || hello.has(HelloFrame.ANSWER) != path.isCaller()) {
            path.fault();
        } else if (!path.isCaller()) {
            called(hello);
        } else if (hello.trunk() != trunk.id() || hello.path() != path.number()) {
            path.fault();
        } else if (hello.has(HelloFrame.FULL)) {
            path.failed(DisconnectReason.CONGESTION);
        } else if (hello.has(HelloFrame.UNKNOWN)) {
            path.close();
            trunk.unknownThere(path);
        } else if (hello.has(HelloFrame.JOIN) != trunk.isEstablished()) {
            path.fault();
        } else if (hello.has(HelloFrame.JOIN)) {
            path.proving();
        } else {
            trunk.establish(hello, new TrunkSecret(share, peerShare));
            path.up();
        }
    }

    private void called(HelloFrame hello) {
        path.number(hello.path());
        if (!hello.has(HelloFrame.JOIN)) {
            Trunk trunk = path.newTrunk(hello, new TrunkSecret(peerShare, share));
            path.say(hello(HelloFrame.ANSWER | (trunk == null ? HelloFrame.FULL : 0), hello.trunk()));
            if (trunk != null) {
                path.up();
            }
            return;
        }
        Trunk trunk = path.trunk(entity.trunk(hello.entity(), hello.trunk()));
        if (trunk == null) {
            path.say(hello(HelloFrame.ANSWER | HelloFrame.JOIN | HelloFrame.UNKNOWN, hello.trunk()));
        } else if (!trunk.isNewPath(path.number())) {
            path.fault();
        } else {
            path.proving();
            path.say(hello(HelloFrame.ANSWER | HelloFrame.JOIN, hello.trunk()));
            path.say(join());
        }
    }

    /** The peer's JOIN. */
    void joined(Pdu proof) {
        Trunk trunk = path.trunk();
        byte[] expected = path.state() == Path.State.PROVING ? proof(!path.isCaller()) : null;
        byte[] said = new byte[TrunkSecret.PROOF_LENGTH];
        proof.copyTo(FrameHeader.LENGTH, said, 0, said.length);
        if (expected == null
                || !MessageDigest.isEqual(expected, said)
                || trunk.isEnded()
                || !trunk.isNewPath(path.number())) {
            path.fault();
            return;
        }
        if (path.isCaller()) {
            path.say(join());
        }
        path.up();
    }

    private Pdu hello(int flags, long trunkId) {
        Pdu body = host.pool().take().pushTrailer(HelloFrame.LENGTH);
        new HelloFrame()
                .wrap(body)
                .init(flags)
                .entity(entity.id())
                .trunk(trunkId)
                .share(share)
                .path(path.number())
                .parameters(entity.settings().parameters());
        return Path.wrap(FrameType.HELLO, 0, body);
    }

    private Pdu join() {
        return Path.wrap(FrameType.JOIN, 0, host.pool().take().append(proof(path.isCaller())));
    }

    /** What the one side or the other has to say to prove who it is. */
    private byte[] proof(boolean byCaller) {
        Trunk trunk = path.trunk();
        byte[] callersShare = path.isCaller() ? share : peerShare;
        byte[] calledsShare = path.isCaller() ? peerShare : share;
        return trunk.secret().proof(byCaller, trunk.id(), path.number(), callersShare, calledsShare);
    }
}
