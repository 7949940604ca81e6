package org.osistack.application.facade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osistack.application.Association;
import org.osistack.core.Host;
import org.osistack.core.Stack;
import org.osistack.core.Timer;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;

/** The sessions of a system, put together of what layer 5 and the associations know. On the host's thread alone. */
final class OpenSessions implements SessionRegister {
    private static final long POLL_NANOS = 20_000_000;

    private final Host host;
    private final Stack stack;
    private final Supplier<OpenAssociations> associations; // gives null as long as nobody wants any

    OpenSessions(Host host, Stack stack, Supplier<OpenAssociations> associations) {
        this.host = host;
        this.stack = stack;
        this.associations = associations;
    }

    @Override
    public List<OpenSession> list() {
        Map<Integer, Association> byNumber = new HashMap<>();
        all().forEach(each -> byNumber.put(each.sessionNumber(), each));
        List<OpenSession> sessions = new ArrayList<>();
        for (SessionStatus status : statuses()) {
            Association association = byNumber.get(status.number());
            sessions.add(new OpenSession(
                    status,
                    association == null ? "" : association.user(),
                    association == null ? status.peer() : association.peer(),
                    Duration.ofNanos(host.now() - status.since()),
                    status.lastUse() == SessionStatus.UNKNOWN
                            ? null
                            : Duration.ofNanos(host.now() - Math.max(status.lastUse(), status.since()))));
        }
        sessions.sort(Comparator.comparingInt(session -> session.status().number()));
        return sessions;
    }

    private boolean abort(int number) {
        SessionManagement management = stack.management(SessionManagement.class).orElse(null);
        return management != null && management.abort(number);
    }

    private List<SessionStatus> statuses() {
        return stack.management(SessionManagement.class)
                .map(SessionManagement::sessions)
                .orElse(List.of());
    }

    /** Null if there is none. */
    private Association association(int number) {
        for (Association each : all()) {
            if (each.sessionNumber() == number) {
                return each;
            }
        }
        return null;
    }

    private List<Association> all() {
        OpenAssociations open = associations.get();
        return open == null ? List.of() : open.all();
    }

    @Override
    public void end(int number, boolean isAbrupt, Duration limit, Consumer<String> outcome) {
        new End(number, outcome).begin(isAbrupt, limit);
    }

    /** One session that an operator ends. */
    private final class End {
        private final int number;
        private final Consumer<String> outcome;
        private final Timer timer;
        private long until;
        private String tooLate;

        End(int number, Consumer<String> outcome) {
            this.number = number;
            this.outcome = outcome;
            this.timer = host.newTimer(this::look);
        }

        void begin(boolean isAbrupt, Duration limit) {
            if (statuses().stream().noneMatch(status -> status.number() == number)) {
                outcome.accept("there is no session " + number);
                return;
            }
            Association association = association(number);
            if (association == null) {
                boolean isAborted = isAbrupt && abort(number);
                outcome.accept(
                        isAborted
                                ? ""
                                : "session " + number + " has no association that could be released: it is still being"
                                        + " made, ends already, or never has one");
                return;
            }
            until = host.now() + limit.toNanos();
            tooLate = "session " + number + " has not ended within " + limit.toSeconds() + " s: "
                    + (isAbrupt ? "the peer keeps the transport connection" : "the peer has not agreed to the release");
            try {
                if (isAbrupt) {
                    associations.get().abort(association);
                } else {
                    association.releaseRequest();
                }
            } catch (IllegalStateException e) {
                outcome.accept("session " + number + " cannot be released now: " + e.getMessage());
                return;
            }
            look();
        }

        private void look() {
            if (association(number) == null) {
                outcome.accept("");
            } else if (host.now() >= until) {
                outcome.accept(tooLate);
            } else {
                timer.arm(POLL_NANOS);
            }
        }
    }
}
