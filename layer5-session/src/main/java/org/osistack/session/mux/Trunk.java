package org.osistack.session.mux;

import java.util.ArrayDeque;
import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.management.PathManagement;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionRefusal;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;

/**
 * What connects two hosts: the sessions between them, the paths that carry their frames, and whose frame is next on which
 * path. Sessions belong to the trunk, not to a path; when the last path is lost, they wait for another (mux §2, §8).
 */
final class Trunk {
    enum State {
        /** No path has been up yet. */
        OPENING,
        /** There is a path. */
        UP,
        /** There is none any more, and there may be one again. */
        SUSPENDED,
        ENDED
    }

    private static final int LOST_REMEMBERED = 8; // paths; to tell a peer that hasn't noticed

    private final MuxEntity entity;
    private final Host host;
    private final Observer observer;
    private final Origin origin;
    private final Settings settings;
    private final Dialler dialler; // null on the called side
    private final AccessPoint accessPoint; // null on the calling side
    private final TrunkSessions sessions;
    private final Multiplexer frames;
    private final List<Path> paths; // those that are up
    private final ArrayDeque<Integer> lostPaths = new ArrayDeque<>();
    private final Timer patience;
    private final Timer idle;

    private State state = State.OPENING;
    private long id;
    private long peerEntity;
    private TrunkSecret secret;
    private Parameters peer; // null until the first HELLO
    private TransportAddress local;
    private TransportAddress remote;
    private int lastPath; // the highest number that came up

    private Trunk(MuxEntity entity, Host host, AccessPoint accessPoint, TransportAddress calling, List<Route> routes) {
        this.entity = entity;
        this.host = host;
        this.observer = host.observer();
        this.settings = entity.settings();
        this.accessPoint = accessPoint;
        this.dialler = routes == null ? null : new Dialler(this, entity, host, calling, routes);
        this.frames = new Multiplexer(host, 2 * settings.maxSessions());
        this.paths = frames.paths();
        this.sessions = new TrunkSessions(this, entity, host, frames, routes != null);
        this.patience = host.newTimer(() -> end(DisconnectReason.TIMEOUT));
        this.idle = host.newTimer(this::leave);
        this.origin = new Origin(5, "mux", "trunk " + entity.nextTrunkNumber());
    }

    /** A trunk that this side opens. */
    static Trunk calling(MuxEntity entity, Host host, TransportAddress calling, List<Route> routes) {
        Trunk trunk = new Trunk(entity, host, null, calling, routes);
        trunk.remote = routes.get(0).called();
        trunk.newId();
        return trunk;
    }

    /** A trunk that the peer opens by a HELLO. */
    static Trunk called(
            MuxEntity entity,
            Host host,
            HelloFrame hello,
            AccessPoint accessPoint,
            TransportAddress local,
            TransportAddress remote,
            TrunkSecret secret) {
        Trunk trunk = new Trunk(entity, host, accessPoint, null, null);
        trunk.id = hello.trunk();
        trunk.local = local;
        trunk.remote = remote;
        trunk.establish(hello, secret);
        return trunk;
    }

    /** A number for a trunk that nobody has answered yet. */
    void newId() {
        id = TrunkSecret.number(host.random());
    }

    /** Open the first path. */
    void start() {
        dialler.dial();
    }

    // ---- paths come and go ----

    /** The first HELLO of the peer. */
    void establish(HelloFrame hello, TrunkSecret newSecret) {
        peerEntity = hello.entity();
        peer = hello.parameters();
        secret = newSecret;
        frames.maxFrame(peer.maxFrame());
    }

    boolean isEstablished() {
        return secret != null;
    }

    boolean isNewPath(int number) {
        return number > lastPath;
    }

    /** A path is up. */
    void joined(Path path) {
        lastPath = Math.max(lastPath, path.number());
        paths.add(path);
        note("path " + path.number() + " is up, with " + path.remote());
        if (paths.size() > Settings.MAX_PATHS) {
            Path silent = paths.get(0);
            for (Path other : paths) {
                silent = other.heard() < silent.heard() ? other : silent;
            }
            silent.close();
            pathLost(silent, DisconnectReason.CONGESTION);
        }
        enter(State.UP, "path " + path.number());
        stop(patience, "resume");
        for (int lost : lostPaths) {
            path.tellLost(lost);
        }
        if (dialler != null) {
            dialler.joined(path);
            sessions.beginWaiting();
            idleIfEmpty();
        }
        frames.pump();
    }

    /** A path that was up is lost: what it carried may be lost, too. */
    void pathLost(Path path, DisconnectReason reason) {
        if (state == State.ENDED || !paths.remove(path)) {
            return;
        }
        note("path " + path.number() + " is lost: " + reason.text());
        lostPaths.addLast(path.number());
        if (lostPaths.size() > LOST_REMEMBERED) {
            lostPaths.pollFirst();
        }
        for (Path other : List.copyOf(paths)) {
            other.tellLost(path.number());
        }
        sessions.pathLost();
        if (paths.isEmpty()) {
            enter(State.SUSPENDED, "path " + path.number() + " lost");
            idle.disarm();
            patience.arm(patienceNanos());
            observer.timerArmed(origin, "resume", patienceNanos(), "mux §8");
        }
        if (dialler != null) {
            if (sessions.size() == 0 && paths.isEmpty()) {
                end(reason);
                return;
            }
            dialler.lost();
        }
        frames.wake();
    }

    /** The peer has lost a path that this side may still have. */
    void lostThere(Path teller, int number) {
        for (Path path : List.copyOf(paths)) {
            if (path.number() == number && path != teller) {
                path.close();
                pathLost(path, DisconnectReason.REMOTE_USER);
            }
        }
    }

    /** A path that this side asked for did not come up. */
    void dialFailed(Path path, DisconnectReason reason) {
        if (state != State.ENDED) {
            dialler.failed(path, reason);
        }
    }

    /** What answers there does not know this trunk: it is another, or was started anew. */
    void unknownThere(Path path) {
        if (state != State.ENDED) {
            dialler.unknown(path);
        }
    }

    /** How long sessions outlive the last path: as long as the less patient side keeps them. */
    long patienceNanos() {
        return peer == null
                ? settings.resumeNanos()
                : Math.min(settings.resumeNanos(), peer.patienceMillis() * 1_000_000);
    }

    // ---- sessions ----

    /** Open a session on this trunk, now or as soon as it is there. */
    void open(MuxSession session) {
        stop(idle, "");
        sessions.open(session);
    }

    /** A session is over for good. */
    void forget(MuxSession session, boolean tell) {
        sessions.forget(session, tell);
        idleIfEmpty();
    }

    /** A frame of a session. It is taken over. */
    void frame(Pdu frame) {
        sessions.frame(frame);
    }

    private void idleIfEmpty() {
        if (dialler == null || !sessions.isEmpty() || state == State.ENDED) {
            return;
        }
        if (state == State.UP) {
            idle.arm(settings.idleNanos());
        } else {
            host.loop().defer(() -> {
                if (state != State.UP && sessions.isEmpty()) {
                    end(DisconnectReason.LOCAL_CLOSE);
                }
            });
        }
    }

    /** There has been no session for some time: nobody needs the paths. */
    private void leave() {
        enter(State.ENDED, "idle");
        for (Path path : dispose()) {
            path.leave();
        }
    }

    /** The peer needs the paths no more. */
    void byeFromPeer() {
        if (dialler != null) {
            end(DisconnectReason.PROTOCOL_ERROR);
        } else if (!sessions.isEmpty()) {
            end(DisconnectReason.REMOTE_USER);
        } else {
            leave();
        }
    }

    /** The trunk is of no use any more: every session hears why. */
    void end(DisconnectReason reason) {
        if (state == State.ENDED) {
            return;
        }
        note("no way to the peer: " + reason.text());
        enter(State.ENDED, reason.text());
        for (Path path : dispose()) {
            path.close();
        }
        sessions.end(reason);
    }

    /** Stop everything; says which paths there were. */
    private List<Path> dispose() {
        List<Path> last = List.copyOf(paths);
        frames.stop();
        patience.disarm();
        idle.disarm();
        if (dialler != null) {
            dialler.stop();
        }
        entity.forget(this);
        return last;
    }

    void drop(Discard reason, Pdu frame) {
        entity.discards().drop(reason, frame);
    }

    void duplicate() {
        entity.discards().add(Discard.DUPLICATE, 1);
    }

    // ---- what others may ask ----

    private void enter(State next, String cause) {
        if (state != next) {
            if (observer.isWatching()) {
                observer.stateChanged(origin, state.name(), next.name(), cause);
            }
            state = next;
        }
    }

    private void stop(Timer timer, String name) {
        if (timer.isArmed()) {
            timer.disarm();
            if (!name.isEmpty()) {
                observer.timerStopped(origin, name);
            }
        }
    }

    private void note(String text) {
        if (observer.isWatching()) {
            observer.note(origin, text);
        }
    }

    /** Why a session cannot be had here; null if it can. */
    SessionRefusal refusal(OpenUnit open) {
        if (sessions.size() > settings.maxSessions()) {
            return SessionRefusal.CONGESTION;
        }
        return listener(open) == null ? SessionRefusal.SELECTOR_UNKNOWN : null;
    }

    SessionListener listener(OpenUnit open) {
        return accessPoint.listener(open.calledTransport(), open.called());
    }

    /** The address that was called. */
    SessionAddress called(OpenUnit open) {
        return new SessionAddress(
                open.called(), new TransportAddress(local.host(), local.port(), open.calledTransport()));
    }

    boolean account(int octets) {
        return entity.account(octets);
    }

    /** Which frame goes next. */
    Multiplexer frames() {
        return frames;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    State state() {
        return state;
    }

    long id() {
        return id;
    }

    long peerEntity() {
        return peerEntity;
    }

    TrunkSecret secret() {
        return secret;
    }

    Parameters peer() {
        return peer;
    }

    Settings settings() {
        return settings;
    }

    TransportAddress remote() {
        return remote;
    }

    int pathCount() {
        return paths.size();
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    List<PathManagement.PathStatus> pathStatus() {
        return paths.stream()
                .map(path -> new PathManagement.PathStatus(
                        path.number(), path.isCaller(), path.remote().toString(), sessions.size()))
                .toList();
    }
}
