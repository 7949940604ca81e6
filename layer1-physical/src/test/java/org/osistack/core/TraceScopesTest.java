package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceScopesTest {
    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final List<String> told = new ArrayList<>();
    private final Trace trace = new Trace(time, new TraceSink() {
        @Override
        public void event(TraceEvent event) {
            told.add(event.seq() + " " + event.name() + " " + event.parents());
        }

        @Override
        public void settled() {
            told.add("settled");
        }
    });
    private final SapTrace upper = trace.sap(host, 4, "upper", 5, () -> Dissector.NONE);
    private final SapTrace lower = trace.sap(host, 3, "lower", 4, () -> Dissector.NONE);

    @AfterEach
    void noPduLeaks() {
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void givesEachEventTheOnesThatItIsAConsequenceOf() {
        upper.down("a", 1, null, null);
        lower.down("b", 0, null, null);
        trace.observer(host).note(new Origin(3, "X"), "c");
        lower.end();
        upper.end();

        assertThat(told).containsExactly("1 a []", "2 b [1]", "3 c [2, 1]", "settled");
    }

    @Test
    void leavesOutARequestThatWasRefusedForWantOfCredit() {
        upper.down("a", 1, null, null);
        upper.end(false);

        assertThat(told).isEmpty();
    }

    @Test
    void keepsARefusedRequestThatHasHadConsequencesAndSaysSo() {
        List<TraceEvent> events = new ArrayList<>();
        Trace other = new Trace(time, events::add);
        SapTrace sap = other.sap(host, 4, "upper", 5, () -> Dissector.NONE);
        sap.down("a", 1, null, null);
        other.observer(host).note(new Origin(4, "X"), "window shut");
        sap.end(false);

        assertThat(events).extracting(TraceEvent::name).containsExactly("a", "window shut");
        assertThat(events.get(0).parameter("taken")).startsWith("no");
    }

    @Test
    void survivesAnExceptionThatPassesThroughAPrimitive() {
        upper.down("a", 1, null, null);
        lower.down("b", 0, null, null); // throws: no end
        upper.end();
        upper.down("c", 1, null, null);
        upper.end();

        assertThat(told).containsExactly("1 a []", "2 b [1]", "settled", "3 c []", "settled");
    }

    @Test
    void survivesAnExceptionThatPassesThroughTheOutermostPrimitive() {
        upper.down("a", 1, null, null); // throws: no end
        time.run(Duration.ofMillis(1));
        upper.down("c", 1, null, null);
        upper.end();

        assertThat(told).containsExactly("1 a []", "settled", "2 c []", "settled");
    }

    @Test
    void numbersTheConnectionsOfOneServiceThroughAllItsTaps() {
        SapTrace second = trace.sap(host, 4, "upper", 5, () -> Dissector.NONE);

        assertThat(List.of(upper.newConnection(), second.newConnection(), lower.newConnection()))
                .containsExactly(1, 2, 1);
    }

    @Test
    void explainsTheOctetsOfAPrimitiveThatIsAValue() {
        List<TraceEvent> events = new ArrayList<>();
        SapTrace sap = new Trace(time, events::add)
                .sap(
                        host,
                        5,
                        "x225",
                        6,
                        () -> (pdu, key, direction, out) -> out.pdu("P", "CP").sdu(1, pdu.length() - 1));
        sap.downValue("S-CONNECT.request", 1, null, Octets.of((byte) 0x31, (byte) 0), "called", "bob");
        sap.end();
        sap.upValue("S-CONNECT.confirm", 1, null, Octets.EMPTY);
        sap.end();

        TraceEvent request = events.get(0);
        assertThat(request.octets()).containsExactly(0x31, 0);
        assertThat(request.pdu().name()).isEqualTo("CP");
        assertThat(request.pduLayer()).isEqualTo(6);
        assertThat(request.parameter("called")).isEqualTo("bob");
        assertThat(events.get(1).octets()).isNull();
    }
}
