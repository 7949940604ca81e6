package org.osistack.session.mux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Timer;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportAddress;

/**
 * Opens the paths of a trunk that this side calls: the first one by each route in turn until one answers; later, as many as
 * are wanted, by the routes that have the fewest, with growing pauses between tries (mux §8).
 */
final class Dialler {
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L; // while sessions wait for a path
    private static final long LONGEST_PAUSE_BESIDE_NANOS = 30_000_000_000L; // while another path carries them

    private static final int MAX_GREETINGS_LOST = 8; // in a row, before the first that was not

    private final Trunk trunk;
    private final MuxEntity entity;
    private final Host host;
    private final TransportAddress calling;
    private final List<Route> routes;
    private final Map<Path, Route> pending = new LinkedHashMap<>();
    private final Timer again;
    private int turn;
    private int numbers;
    private int greetingsLost;
    private int tried; // routes, before the first answered
    private long pause = FIRST_PAUSE_NANOS;

    Dialler(Trunk trunk, MuxEntity entity, Host host, TransportAddress calling, List<Route> routes) {
        this.trunk = trunk;
        this.entity = entity;
        this.host = host;
        this.calling = calling;
        this.routes = new ArrayList<>(routes);
        this.again = host.newTimer(this::onTimer);
    }

    /** Open a path by the next route that isn't being tried. */
    void dial() {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get((turn + i) % routes.size());
            if (!pending.containsValue(route)) {
                turn = (turn + i + 1) % routes.size();
                dial(route);
                return;
            }
        }
    }

    private void dial(Route route) {
        Path path = new Path(entity, host, true);
        pending.put(path, route);
        entity.greeting(path);
        try {
            path.dial(trunk, ++numbers, numbers == 1 ? calling : null, route);
        } catch (IllegalArgumentException | IllegalStateException e) {
            pending.remove(path);
            path.close();
            if (numbers == 1) {
                throw e; // the user's mistake
            }
            routes.remove(route); // the service has no such address
            if (!trunk.isEstablished()) {
                failed(path, DisconnectReason.UNREACHABLE);
            }
        }
    }

    /** A path is up: perhaps one more is wanted. */
    void joined(Path path) {
        pending.remove(path);
        pause = FIRST_PAUSE_NANOS;
        if (isWanted()) {
            again.arm(FIRST_PAUSE_NANOS);
        } else {
            again.disarm();
            List<Path> surplus = List.copyOf(pending.keySet());
            pending.clear();
            surplus.forEach(Path::close);
        }
    }

    private boolean isWanted() {
        return trunk.pathCount() < entity.settings().connections() && !routes.isEmpty();
    }

    /** A path is lost. */
    void lost() {
        pause = FIRST_PAUSE_NANOS;
        again.arm(0);
    }

    /** A path did not come up. */
    void failed(Path path, DisconnectReason reason) {
        pending.remove(path);
        if (trunk.isEstablished()) {
            return; // the timer is armed
        }
        trunk.newId(); // whether the peer has the old one nobody knows
        boolean lost = path.wasConnected()
                && reason != DisconnectReason.PROTOCOL_ERROR
                && reason != DisconnectReason.CONGESTION;
        if (lost && ++greetingsLost <= MAX_GREETINGS_LOST) {
            again.arm(pause); // somebody is there
            return;
        }
        if (++tried >= routes.size()) {
            trunk.end(reason);
        } else {
            dial();
        }
    }

    /** What answers by a route does not know the trunk. */
    void unknown(Path path) {
        Route route = pending.remove(path);
        routes.remove(route);
        if (routes.isEmpty() && trunk.pathCount() == 0) {
            trunk.end(DisconnectReason.REMOTE_USER);
        }
    }

    private void onTimer() {
        if (isWanted()) {
            dial();
            again.arm(pause);
            pause = Math.min(2 * pause, trunk.pathCount() == 0 ? LONGEST_PAUSE_NANOS : LONGEST_PAUSE_BESIDE_NANOS);
        }
    }

    void stop() {
        again.disarm();
        List<Path> open = List.copyOf(pending.keySet());
        pending.clear();
        open.forEach(Path::close);
    }
}
