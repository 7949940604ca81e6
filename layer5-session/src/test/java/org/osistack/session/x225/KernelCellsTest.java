package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/**
 * Every event in every state that can be reached with the kernel, typed data and negotiated release, each in all
 * situations: the machine must do exactly what the row says that holds, or the rule where no row holds. The other units
 * are in {@link EveryCellTest}.
 */
class KernelCellsTest {
    /** A way to bring a fresh machine into a state. */
    private record Situation(String name, State state, Consumer<Bench> way) {}

    private static final Octets LONG = Octets.of(new byte[11_000]);
    private static final SessionPrimitive.Release RELEASE = new SessionPrimitive.Release(Octets.EMPTY);
    private static final SessionPrimitive.ReleaseAnswer YES = new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY);
    private static final SessionPrimitive.UserAbort ABORT = new SessionPrimitive.UserAbort(Octets.EMPTY);

    private int events;

    private static String connect(int units, int setting) {
        return "0d 0f 05 09 13 01 00 16 01 02 1a 01 %02x 14 02 %04x".formatted(setting, units);
    }

    private static String accept(int units, int setting) {
        return "0e 0f 05 09 13 01 00 16 01 02 1a 01 %02x 14 02 %04x".formatted(setting, units);
    }

    private static List<Situation> situations() {
        List<Situation> all = new ArrayList<>();
        all.add(new Situation("responder", State.STA01C, Bench::called));
        all.add(new Situation("responder", State.STA01D, bench -> {
            bench.called();
            bench.receive("0d 15 05 06 13 01 00 16 01 02 14 02 00 02 3c 01 01 c2 04 41 42 43 44");
        }));
        all.add(new Situation(
                "initiator",
                State.STA01B,
                bench -> bench.calling(Primitives.DUPLEX, TokenSetting.INITIATOR, Octets.EMPTY, false)));
        all.add(new Situation(
                "initiator",
                State.STA02A,
                bench -> bench.calling(Primitives.DUPLEX, TokenSetting.INITIATOR, Octets.EMPTY, true)));
        all.add(new Situation(
                "initiator",
                State.STA02B,
                bench -> bench.calling(Primitives.DUPLEX, TokenSetting.INITIATOR, LONG, true)));
        int[] sets = {
            unit(FunctionalUnit.DUPLEX),
            unit(FunctionalUnit.HALF_DUPLEX),
            unit(FunctionalUnit.DUPLEX, FunctionalUnit.TYPED_DATA),
            unit(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA),
            unit(FunctionalUnit.DUPLEX, FunctionalUnit.NEGOTIATED_RELEASE),
            unit(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.NEGOTIATED_RELEASE, FunctionalUnit.TYPED_DATA)
        };
        for (int units : sets) {
            for (int setting : Variables.available(units) == 0 ? new int[] {0} : new int[] {0x00, 0x55}) {
                add(all, "responder", units, setting, setting != 0, bench -> {
                    bench.called();
                    bench.receive(connect(units, setting));
                });
                add(all, "initiator", units, setting, setting == 0, bench -> {
                    bench.calling(new FunctionalUnits(units), new TokenSetting(setting), Octets.EMPTY, true);
                    bench.receive(accept(units, setting));
                });
            }
        }
        return all;
    }

    private static int unit(FunctionalUnit... units) {
        return FunctionalUnits.of(units).bits();
    }

    private static void add(
            List<Situation> all, String role, int units, int setting, boolean tokensHere, Consumer<Bench> begin) {
        String name = role + ", " + new FunctionalUnits(units) + (tokensHere ? ", tokens here" : ", tokens there");
        Consumer<Bench> open = begin;
        if (role.equals("responder")) {
            all.add(new Situation(name, State.STA08, begin));
            open = begin.andThen(bench -> bench.request(
                    Primitives.accept(new FunctionalUnits(units), new TokenSetting(setting), Octets.EMPTY)));
        }
        boolean anyToken = Variables.available(units) != 0;
        Consumer<Bench> ask = open.andThen(bench -> bench.request(RELEASE));
        Consumer<Bench> asked = open.andThen(bench -> bench.receive("09 03 11 01 01"));
        all.add(new Situation(name, State.STA713, open));
        all.add(new Situation(name, State.STA16, open.andThen(bench -> bench.request(ABORT))));
        if (!anyToken || tokensHere) {
            all.add(new Situation(name, State.STA03, ask));
        }
        if (!anyToken || !tokensHere) {
            all.add(new Situation(name, State.STA09, asked));
        }
        if (!anyToken) {
            Consumer<Bench> collision = ask.andThen(bench -> bench.receive("09 03 11 01 01"));
            all.add(new Situation(name + ", collision", State.STA09, collision));
            if (role.equals("initiator")) {
                all.add(new Situation(
                        name + ", collision", State.STA03, collision.andThen(bench -> bench.request(YES))));
            } else {
                all.add(new Situation(
                        name + ", collision, answered",
                        State.STA09,
                        collision.andThen(bench -> bench.receive("0a 00"))));
            }
        }
    }

    private static Bench bench(Situation situation) {
        Bench bench = new Bench();
        situation.way.accept(bench);
        assertThat(bench.machine.state()).as(situation.name).isEqualTo(situation.state);
        bench.seen.clear();
        return bench;
    }

    private void check(String what, Bench bench, Row row, Event event, State before, List<String> expected) {
        events++;
        assertThat(bench.seen).as(what).containsExactlyInAnyOrderElementsOf(expected);
        State next = row == null || row.next() == null ? before : row.next();
        assertThat(bench.machine.state()).as(what).isEqualTo(next);
        bench.close();
        assertThat(bench.outstanding()).as(what).isZero();
    }

    /** What a row lets the user and the peer see. */
    private static List<String> expected(Row row, State before, boolean userIsThere) {
        List<String> expected = new ArrayList<>();
        for (Output output : row == null ? List.<Output>of() : row.outputs()) {
            switch (output) {
                case PR_AB, T_CONNECT_REQUEST, T_CONNECT_RESPONSE -> {}
                case S_ABORT_INDICATION, S_P_ABORT_INDICATION -> {
                    if (userIsThere) {
                        expected.add(before == State.STA01B ? "SCONcnf-" : "abort");
                    }
                }
                case S_RELEASE_CONFIRM_ACCEPTED -> {
                    if (before != State.STA09) { // there it is kept until the user has answered
                        expected.add("SRELcnf+");
                    }
                }
                case T_DISCONNECT_REQUEST -> expected.add("TDISreq");
                default -> expected.add(output.spdu() != null ? output.spdu().name() : output.toString());
            }
        }
        return expected;
    }

    private void everySpdu() {
        List<Octets> samples = new ArrayList<>();
        Samples.examples().forEach(example -> samples.add(example.tsdu()));
        for (String hex : List.of(
                connect(2, 0),
                connect(3, 0xaa),
                accept(2, 0),
                accept(1, 0x55),
                accept(0x402, 0),
                "0d 12 05 06 13 01 00 16 01 02 14 02 00 02 3c 01 01 c2 01 41",
                "0d 08 05 06 13 01 00 16 01 04",
                "0c 06 11 01 00 32 01 02",
                "09 03 11 01 00",
                "19 03 11 01 02",
                "19 03 11 01 01",
                "19 03 11 01 10",
                "01 03 10 01 40",
                "01 03 10 01 41",
                "02 03 10 01 01",
                "02 03 10 01 40",
                "02 03 10 01 04",
                "0f 07 19 01 00 c1 02 41 42",
                "07 03 18 01 01",
                "07 03 18 01 04",
                "01 03 10 01 01 01 00 41",
                "63 00",
                "00",
                "",
                "01 00 01 00")) {
            samples.add(hex.isEmpty() ? Octets.EMPTY : Samples.hex(hex));
        }
        for (Situation situation : situations()) {
            if (situation.state == State.STA01B) {
                continue; // nothing can arrive before there is a transport connection
            }
            for (Octets sample : samples) {
                Bench bench = bench(situation);
                Pdu pdu = Samples.pdu(bench.ours.pool(), sample);
                Tsdu tsdu = Tsdu.read(pdu, false);
                pdu.release();
                if (tsdu.isWellFormed()
                        && tsdu.spdus().get(0).has(Parameter.TOKEN_ITEM)
                        && tsdu.spdus().size() > 1) {
                    bench.close(); // two events: see the dialogues
                    continue;
                }
                int enclosure = enclosure(tsdu);
                Event event = enclosure == 3 || enclosure == 1 ? event(bench, tsdu) : Event.INVALID;
                Row row = bench.machine.match(event);
                if (enclosure == 1 && row != null && row.rule() == Rule.NONE) {
                    bench.receive(sample); // the beginning of something: nothing happens yet
                    check(situation + " " + sample, bench, null, null, situation.state, List.of());
                    continue;
                }
                boolean userIsThere = !bench.machine.user().isEnded() && situation.state != State.STA01C;
                List<String> expected = expected(row, situation.state, userIsThere);
                if (sample.isEmpty()) {
                    bench.machine.dataIndication(bench.ours.pool().take());
                    bench.run();
                } else {
                    bench.receive(sample);
                }
                check(situation + " " + sample, bench, row, event, situation.state, expected);
            }
        }
    }

    private static int enclosure(Tsdu tsdu) {
        if (!tsdu.isWellFormed()) {
            return 3;
        }
        Spdu spdu = tsdu.spdus().get(tsdu.spdus().size() - 1);
        return spdu.type() == SpduType.CDO ? 3 : (int) spdu.number(Parameter.ENCLOSURE_ITEM, 3) & 3;
    }

    /** The event that a TSDU is, by its own words; the variables of the event are set as the machine sets them. */
    private static Event event(Bench bench, Tsdu tsdu) {
        if (!tsdu.isWellFormed()) {
            return Event.INVALID;
        }
        Spdu spdu = tsdu.spdus().get(tsdu.spdus().size() - 1);
        if (spdu.type() == SpduType.EX || spdu.type() == SpduType.PR) {
            return Event.INVALID; // they have no place on the normal flow
        }
        return bench.machine.receiver().eventOf(spdu);
    }

    @Test
    void eachSpduInEachStateHasTheReactionOfTheTable() {
        everySpdu();
        assertThat(events).isGreaterThan(2000);
    }

    @Test
    void eachPrimitiveInEachStateHasTheReactionOfTheTable() {
        everyPrimitive();
        assertThat(events).isGreaterThan(400);
    }

    private void everyPrimitive() {
        Tokens data = Tokens.of(Token.DATA);
        Tokens release = Tokens.of(Token.RELEASE);
        List<SessionPrimitive> primitives = List.of(
                Primitives.accept(Primitives.DUPLEX),
                Primitives.refuse(SessionRefusal.REJECTED_BY_USER, Octets.EMPTY),
                new SessionPrimitive.TypedData(Octets.ofText("t")),
                new SessionPrimitive.Step(new DialogueStep.TokenGive(data)),
                new SessionPrimitive.Step(new DialogueStep.TokenGive(release)),
                new SessionPrimitive.Step(new DialogueStep.TokenPlease(data), Octets.EMPTY),
                new SessionPrimitive.Step(new DialogueStep.TokenPlease(release), Octets.EMPTY),
                RELEASE,
                YES,
                new SessionPrimitive.ReleaseAnswer(false, Octets.EMPTY),
                ABORT);
        for (Situation situation : situations()) {
            if (situation.state == State.STA01C || situation.state == State.STA01D) {
                continue; // there is no user yet
            }
            for (SessionPrimitive primitive : primitives) {
                Bench bench = bench(situation);
                primitive(situation, bench, primitive);
            }
            Bench bench = bench(situation);
            data(situation, bench);
        }
    }

    private void primitive(Situation situation, Bench bench, SessionPrimitive primitive) {
        String what = situation + " " + primitive;
        boolean halfDuplexOnly = situation.name.contains("half-duplex");
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer
                && answer.isAccepted()
                && situation.state == State.STA08
                && halfDuplexOnly) {
            bench.close(); // what is wanted cannot be had: see NegotiationTest
            return;
        }
        if (bench.machine.user().isEnded()) {
            bench.request(primitive);
            check(what, bench, null, null, situation.state, List.of());
            return;
        }
        Event event = PRIMITIVES.get(Bench.nameOf(primitive));
        if (primitive instanceof SessionPrimitive.Step step && step.step() instanceof DialogueStep.TokenGive give) {
            bench.machine.variables().tokens = give.tokens().bits();
        } else if (primitive instanceof SessionPrimitive.Step step
                && step.step() instanceof DialogueStep.TokenPlease please) {
            bench.machine.variables().tokens = please.tokens().bits();
        }
        Row row = bench.machine.match(event);
        if (row.rule() == Rule.R3
                && situation.name.startsWith("responder")
                && situation.name.endsWith("collision")
                && event == Event.S_RELEASE_ACCEPT) {
            bench.request(primitive); // kept until the peer's DISCONNECT has come
            check(what, bench, null, null, situation.state, List.of());
            return;
        }
        if (row.rule() == Rule.R3) {
            assertThatThrownBy(() -> bench.machine.user().request(primitive))
                    .as(what)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(situation.state.name());
            bench.run();
            check(what, bench, row, event, situation.state, List.of());
            return;
        }
        List<String> expected = expected(row, situation.state, true);
        if (event == Event.S_RELEASE_ACCEPT && situation.name.endsWith("answered")) {
            expected.add("SRELcnf+"); // that was kept
        }
        if (situation.state == State.STA01B) {
            expected.remove("TDISreq"); // the peer has not taken the connection yet
        }
        bench.request(primitive);
        if (situation.state == State.STA01B) {
            bench.seen.remove("TDISreq");
        }
        check(what, bench, row, event, situation.state, expected);
    }

    private static final Map<String, Event> PRIMITIVES = Map.ofEntries(
            Map.entry("SCONcnf+", Event.S_CONNECT_ACCEPT),
            Map.entry("SCONcnf-", Event.S_CONNECT_REFUSE),
            Map.entry("STDind", Event.S_TYPED_DATA_REQUEST),
            Map.entry("SGTind", Event.S_TOKEN_GIVE_REQUEST),
            Map.entry("SPTind", Event.S_TOKEN_PLEASE_REQUEST),
            Map.entry("SRELind", Event.S_RELEASE_REQUEST),
            Map.entry("SRELcnf+", Event.S_RELEASE_ACCEPT),
            Map.entry("SRELcnf-", Event.S_RELEASE_REFUSE),
            Map.entry("abort", Event.S_U_ABORT_REQUEST));

    private void data(Situation situation, Bench bench) {
        String what = situation + " S-DATA";
        Pdu pdu = Samples.pdu(bench.ours.pool(), Octets.ofText("d"));
        if (bench.machine.user().isEnded()) {
            bench.machine.user().dataRequest(pdu);
            bench.run();
            check(what, bench, null, null, situation.state, List.of());
            return;
        }
        Row row = bench.machine.match(Event.S_DATA_REQUEST);
        if (row.rule() == Rule.R3) {
            assertThatThrownBy(() -> bench.machine.user().dataRequest(pdu)).isInstanceOf(IllegalStateException.class);
            pdu.release();
            check(what, bench, row, Event.S_DATA_REQUEST, situation.state, List.of());
            return;
        }
        assertThat(bench.machine.user().dataRequest(pdu)).isTrue();
        bench.run();
        check(what, bench, row, Event.S_DATA_REQUEST, situation.state, expected(row, situation.state, true));
    }

    @Test
    void theEndOfTheTransportConnectionAndOfTimHaveTheReactionOfTheTable() {
        everyEnd();
        assertThat(events).isGreaterThan(60);
    }

    private void everyEnd() {
        for (Situation situation : situations()) {
            Bench bench = bench(situation);
            Row row = bench.machine.match(Event.T_DISCONNECT_INDICATION);
            boolean userIsThere = !bench.machine.user().isEnded()
                    && situation.state != State.STA01C
                    && situation.state != State.STA01D;
            List<String> expected = expected(row, situation.state, userIsThere);
            bench.peer.disconnectRequest();
            bench.run();
            check(situation + " T-DISCONNECT", bench, row, Event.T_DISCONNECT_INDICATION, situation.state, expected);
            if (situation.state == State.STA16) {
                Bench waiting = bench(situation);
                Row tim = waiting.machine.match(Event.TIM);
                waiting.simulation.run(Duration.ofSeconds(29));
                assertThat(waiting.machine.state()).isEqualTo(State.STA16);
                waiting.simulation.run(Duration.ofSeconds(1));
                check(situation + " TIM", waiting, tim, Event.TIM, State.STA16, List.of("TDISreq"));
            }
        }
    }
}
