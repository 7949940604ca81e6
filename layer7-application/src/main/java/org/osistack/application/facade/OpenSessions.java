package org.osistack.application.facade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osistack.application.Association;
import org.osistack.core.Host;
import org.osistack.core.Stack;
import org.osistack.core.Timer;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;

/** The sessions of a system, put together of what layer 5 and the associations know. On the host's thread alone. */
final class OpenSessions {
    private static final long POLL_NANOS = 20_000_000;

    private OpenSessions() {}

    static List<OpenSession> list(Host host, Stack stack, OpenAssociations associations) {
        List<OpenSession> sessions = new ArrayList<>();
        for (SessionStatus status : statuses(stack)) {
            Association association = association(associations, status.number());
            sessions.add(new OpenSession(
                    status,
                    association == null ? "" : association.user(),
                    association == null ? status.peer() : association.peer(),
                    Duration.ofNanos(host.now() - status.since()),
                    status.lastUse() == SessionStatus.UNKNOWN
                            ? null
                            : Duration.ofNanos(host.now() - Math.max(status.lastUse(), status.since()))));
        }
        return sessions;
    }

    private static List<SessionStatus> statuses(Stack stack) {
        return stack.management(SessionManagement.class)
                .map(SessionManagement::sessions)
                .orElse(List.of());
    }

    private static Association association(OpenAssociations associations, int number) {
        if (associations != null) {
            for (Association each : associations.all()) {
                if (each.sessionNumber() == number) {
                    return each;
                }
            }
        }
        return null;
    }

    /** One session that an operator ends. */
    static final class End {
        private final Host host;
        private final Stack stack;
        private final OpenAssociations associations;
        private final int number;
        private final CompletableFuture<String> outcome;
        private final Timer timer;
        private long until;
        private String tooLate;

        End(Host host, Stack stack, OpenAssociations associations, int number, CompletableFuture<String> outcome) {
            this.host = host;
            this.stack = stack;
            this.associations = associations;
            this.number = number;
            this.outcome = outcome;
            this.timer = host.newTimer(this::look);
        }

        void begin(boolean isAbrupt, Duration limit) {
            if (statuses(stack).stream().noneMatch(status -> status.number() == number)) {
                outcome.complete("there is no session " + number);
                return;
            }
            Association association = association(associations, number);
            if (association == null) {
                outcome.complete("session " + number + " has no association: it is still being made, or ends already");
                return;
            }
            until = host.now() + limit.toNanos();
            tooLate = "session " + number + " has not ended within " + limit.toSeconds() + " s: "
                    + (isAbrupt ? "the peer keeps the transport connection" : "the peer has not agreed to the release");
            try {
                if (isAbrupt) {
                    associations.abort(association);
                } else {
                    association.releaseRequest();
                }
            } catch (IllegalStateException e) {
                outcome.complete("session " + number + " cannot be released now: " + e.getMessage());
                return;
            }
            look();
        }

        private void look() {
            if (association(associations, number) == null) {
                outcome.complete("");
            } else if (host.now() >= until) {
                outcome.complete(tooLate);
            } else {
                timer.arm(POLL_NANOS);
            }
        }
    }
}
