package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.Token.DATA;
import static org.osistack.core.dialogue.Token.RELEASE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

class TraceTest {
    private static final Origin TCP = new Origin(4, "TCP", "49152 → 102");

    private final Simulation simulation = new Simulation(1);
    private final Host host = simulation.newHost("alice");
    private final List<TraceEvent> events = new ArrayList<>();
    private final Trace trace = new Trace(simulation, events::add);
    private final SapTrace upper = trace.sap(host, 2, "ethernet", 3, () -> TraceTest::dissect);
    private final SapTrace lower = trace.sap(host, 1, "virtual", 2, () -> TraceTest::dissect);
    private final Observer observer = trace.observer(host);
    private final Pdu pdu = host.pool().take().appendUint8(0x55);

    @AfterEach
    void noPduLeaks() {
        pdu.release();
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void whatHappensBeforeAPrimitiveReturnsIsItsConsequence() {
        upper.down("DL-UNITDATA.request", 0, "IPv4", pdu, "destination", "02:00:00:00:00:02");
        observer.note(TCP, "a note");
        lower.down("PH-DATA.request", 0, null, pdu);
        lower.end();
        observer.stateChanged(TCP, "SYN-SENT", "ESTABLISHED", "SYN");
        upper.end();
        lower.up("PH-STATUS.indication", 0, null, null, "link", "up");
        lower.end();

        assertThat(events)
                .extracting(e -> e.seq() + " " + e.name() + " " + e.parents())
                .containsExactly(
                        "1 DL-UNITDATA.request []",
                        "2 a note [1]",
                        "3 PH-DATA.request [1]",
                        "4 SYN-SENT → ESTABLISHED [1]",
                        "5 PH-STATUS.indication []");
    }

    @Test
    void parentsAreNearestFirst() {
        upper.down("A", 0, null, null);
        lower.down("B", 0, null, null);
        observer.note(TCP, "C");
        lower.end();
        upper.end();

        assertThat(events.get(2).parents()).containsExactly(2L, 1L);
    }

    @Test
    void eventsAreHandedOnWhenTheOutermostPrimitiveHasBeenCarriedOut() {
        upper.down("A", 0, null, null);
        lower.down("B", 0, null, null);
        lower.end();
        assertThat(events).isEmpty();

        upper.end();
        assertThat(events).hasSize(2);

        observer.note(TCP, "between primitives");
        assertThat(events).hasSize(3);
    }

    @Test
    void aPrimitiveThatWasRefusedDidNotHappen() {
        upper.down("A", 0, null, null);
        lower.down("T-DATA.request", 0, null, pdu);
        assertThat(lower.end(false)).isFalse();
        upper.end();
        lower.down("T-DATA.request", 0, null, pdu);
        assertThat(lower.end(true)).isTrue();

        assertThat(events).extracting(TraceEvent::name).containsExactly("A", "T-DATA.request");
        assertThat(events.get(1).parents()).isEmpty();
    }

    @Test
    void aRefusedPrimitiveThatHadConsequencesStays() {
        lower.down("T-DATA.request", 0, null, pdu);
        observer.timerArmed(TCP, "persist", 500, "RFC 9293 §3.8.6.1");
        lower.end(false);

        assertThat(events).extracting(TraceEvent::name).containsExactly("T-DATA.request", "persist");
    }

    @Test
    void aWatchIsToldBeforeTheConsequences() {
        List<String> told = new ArrayList<>();
        TraceWatch watch = event -> {
            told.add(event.name());
            if (event.name().equals("A")) {
                observer.note(TCP, "what the watch did");
            }
        };
        trace.watch(watch);
        upper.down("A", 0, null, null);
        lower.down("B", 0, null, null);
        assertThat(told).containsExactly("A", "what the watch did", "B");
        assertThat(events).isEmpty();
        lower.end();
        upper.end();
        trace.unwatch(watch);
        observer.note(TCP, "unwatched");

        assertThat(told).hasSize(3);
        assertThat(events)
                .extracting(e -> e.name() + " " + e.parents())
                .containsExactly("A []", "what the watch did [1]", "B [1]", "unwatched []");
    }

    @Test
    void aWatchHearsThatAPrimitiveWasRefused() {
        List<String> told = new ArrayList<>();
        trace.watch(new TraceWatch() {
            @Override
            public void happens(TraceEvent event) {
                told.add("+" + event.name());
            }

            @Override
            public void takenBack(TraceEvent event) {
                told.add("-" + event.name());
            }
        });
        upper.down("A", 0, null, null);
        lower.down("B", 0, null, pdu);
        lower.end(false);
        upper.end(false);

        assertThat(told).containsExactly("+A", "+B", "-B", "-A");
        assertThat(events).isEmpty();
    }

    @Test
    void aWatchThatThrowsStopsWhatIsUnderWay() {
        RuntimeException thrown = new IllegalStateException();
        trace.watch(event -> {
            if (event.name().equals("B")) {
                throw thrown;
            }
        });
        host.newTimer(() -> {
                    upper.down("A", 0, null, null);
                    lower.down("B", 0, null, null);
                })
                .arm(0);
        assertThatThrownBy(() -> simulation.run(Duration.ofNanos(1))).isSameAs(thrown);
        host.newTimer(() -> observer.note(TCP, "C")).arm(1);
        simulation.run(Duration.ofNanos(2));

        assertThat(events).extracting(e -> e.name() + " " + e.parents()).containsExactly("A []", "B [1]", "C []");
    }

    @Test
    void whatIsUnwoundIsNotWrittenDown() {
        upper.down("A", 0, null, null);
        trace.suspend();
        lower.down("cleaning up", 0, null, null);
        observer.note(TCP, "cleaning up");
        lower.end();
        trace.resume();
        assertThat(events).extracting(TraceEvent::name).containsExactly("A");

        observer.note(TCP, "B");
        assertThat(events.get(1).parents()).isEmpty();
    }

    @Test
    void anEventHasAllThatIsKnown() {
        simulation.run(Duration.ofNanos(700));

        upper.down("DL-UNITDATA.request", 7, "IPv4", pdu, "destination", 5, "priority", "high");
        upper.end();

        TraceEvent event = events.get(0);
        assertThat(event.time()).isEqualTo(700);
        assertThat(event.virtual()).isTrue();
        assertThat(event.host()).isEqualTo("alice");
        assertThat(event.layer()).isEqualTo(2);
        assertThat(event.direction()).isEqualTo(Direction.DOWN);
        assertThat(event.kind()).isEqualTo(TraceEvent.Kind.PRIMITIVE);
        assertThat(event.protocol()).isEqualTo("TEST");
        assertThat(event.connection()).isEqualTo(7);
        assertThat(event.message()).isEqualTo(1);
        assertThat(event.octets()).containsExactly(0x55);
        assertThat(event.parameters())
                .containsExactly(
                        new TraceEvent.Parameter("destination", "5"), new TraceEvent.Parameter("priority", "high"));
        assertThat(event.pdu().summary()).isEqualTo("IPv4 DOWN 1");
    }

    @Test
    void aDissectorRemembersItsConnection() {
        SapTrace counting = trace.sap(host, 4, "tcp", 5, () -> {
            int[] count = {0};
            return (p, sap, direction, out) -> out.pdu("TEST", "PDU " + ++count[0]);
        });
        int one = counting.newConnection();
        int two = counting.newConnection();
        for (int connection : new int[] {one, one, two, one}) {
            counting.up("T-DATA.indication", connection, null, pdu);
            counting.end();
        }
        counting.forget(one);
        counting.up("T-DATA.indication", one, null, pdu);
        counting.end();

        assertThat(events)
                .extracting(e -> e.connection() + " " + e.pdu().name())
                .containsExactly("1 PDU 1", "1 PDU 2", "2 PDU 1", "1 PDU 3", "1 PDU 1");
    }

    @Test
    void tellsWhatHappensInsideMachines() {
        observer.timerArmed(TCP, "retransmission", 200_000_000, "RFC 6298 §5.1");
        observer.timerExpired(TCP, "retransmission");
        observer.timerStopped(TCP, "retransmission");
        observer.retransmitted(TCP, "seq 1021", "timer");
        observer.discarded(TCP, Discard.BAD_CHECKSUM, pdu);
        observer.tokensMoved(new Origin(5, "X.225"), "data: here", "GT");
        observer.tokensMoved(new Origin(5, "X.225"), Tokens.of(DATA), Tokens.of(DATA, RELEASE), "GT");
        observer.serialNumbersMoved(new Origin(5, "X.225"), new SerialNumbers(3, 2, 1), "MIP");
        observer.serialNumbersMoved(
                new Origin(5, "X.225"), new SerialNumbers(3, 2, 1), new SerialNumbers(6, 5, 4), "MIP");

        assertThat(events)
                .extracting(e -> e.kind() + " " + e.name())
                .containsExactly(
                        "TIMER retransmission",
                        "TIMER retransmission",
                        "TIMER retransmission",
                        "RETRANSMISSION seq 1021",
                        "DISCARD BAD_CHECKSUM",
                        "TOKEN data: here",
                        "TOKEN data here, release at the peer",
                        "CHECKPOINT V(A) = 2, V(M) = 3, V(R) = 1",
                        "CHECKPOINT V(As) = 2, V(Ms) = 3, V(Rs) = 1, V(Ar) = 5, V(Mr) = 6, V(Rr) = 4");
        assertThat(events.get(6).parameters())
                .contains(new TraceEvent.Parameter("own", "data"), new TraceEvent.Parameter("peer", "release"));
        assertThat(events.get(0).parameters())
                .contains(
                        new TraceEvent.Parameter("connection", "49152 → 102"),
                        new TraceEvent.Parameter("event", "armed"),
                        new TraceEvent.Parameter("nanos", "200000000"));
        assertThat(events.get(4).octets()).containsExactly(0x55);
        assertThat(observer.isWatching()).isTrue();
    }

    private static void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        out.pdu("TEST", "DT").summary(sap + " " + direction + " " + pdu.length());
    }
}
