package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.SyncMajor;
import org.osistack.core.dialogue.DialogueStep.SyncMajorAnswer;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionPrimitive.ExpeditedData;
import org.osistack.session.SessionPrimitive.UserAbort;

/** The expedited flow of the transport: expedited data, PREPARE, short ABORTs (X.225 §6.3.5, §7.12, §7.26). */
class ExpeditedTest {
    @Test
    void expeditedDataOvertakesData() {
        Pair pair = Pair.expedited().connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA);
        assertThat(pair.caller.connection.functionalUnits().has(FunctionalUnit.EXPEDITED_DATA))
                .isTrue();
        pair.send(pair.caller, "slow");
        pair.caller.connection.request(new ExpeditedData(Octets.ofText("fourteen octet")));
        pair.simulation.runUntil(() -> pair.called.heard.size() == 2, java.time.Duration.ofSeconds(1));
        assertThat(pair.called.last()).isEqualTo(new ExpeditedData(Octets.ofText("fourteen octet")));
        assertThat(pair.called.data).isEmpty();
        pair.run();
        assertThat(pair.called.data).containsExactly(Octets.ofText("slow"));
        for (Octets wrong : List.of(Octets.EMPTY, Octets.of(new byte[15]))) {
            assertThatThrownBy(() -> pair.caller.connection.request(new ExpeditedData(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 14 octets");
        }
        pair.end();
    }

    @Test
    void expeditedDataWaitsWhenTheTransportTakesNoMore() {
        Pair pair = Pair.expedited().connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA);
        int taken = 0;
        while (pair.caller.connection.request(new ExpeditedData(Octets.of((byte) taken)))) {
            taken++;
        }
        assertThat(taken).isEqualTo(2);
        pair.run();
        assertThat(pair.caller.ready).isEqualTo(1);
        assertThat(pair.called.heard).hasSize(3);
        pair.end();
    }

    @ParameterizedTest
    @CsvSource({
        // option of the caller, option of the called, whether the unit is wanted; whether there is an expedited flow
        "auto, auto, false, false",
        "auto, auto, true,  true",
        "yes,  auto, false, true",
        "yes,  no,   false, false",
        "yes,  no,   true,  false",
        "no,   yes,  false, false"
    })
    void bothSidesHaveToWantTheFlow(String callers, String calleds, boolean wanted, boolean there) {
        Pair pair = new Pair(
                new RecordNetwork(() -> 1000, 8, () -> true),
                new String[] {"expedited", callers},
                new String[] {"expedited", calleds});
        if (wanted) {
            pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA);
        } else {
            pair.connect(FunctionalUnit.DUPLEX);
        }
        assertThat(pair.alices.machines().get(0).variables().texp).isEqualTo(there);
        assertThat(pair.bobs.machines().get(0).variables().texp).isEqualTo(there);
        assertThat(pair.caller.connection.functionalUnits().has(FunctionalUnit.EXPEDITED_DATA))
                .isEqualTo(wanted && there);
        pair.end();
    }

    @Test
    void withoutTheFlowTheUnitIsNegotiatedAwayAndForbiddenItIsRefused() {
        Pair pair = new Pair().connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA);
        assertThat(pair.called.last(SessionPrimitive.Connect.class).requirements())
                .isEqualTo(Primitives.DUPLEX);
        assertThatThrownBy(() -> pair.caller.connection.request(new ExpeditedData(Octets.ofText("x"))))
                .isInstanceOf(IllegalStateException.class);
        pair.end();
        Pair never = Pair.expedited("expedited", "no");
        assertThatThrownBy(() -> never.connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expedited=no");
        never.end();
    }

    @Test
    void whatWasSentAfterAMajorAcknowledgementIsHeardAfterIt() {
        Pair pair = Pair.expedited()
                .connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXPEDITED_DATA, FunctionalUnit.MAJOR_SYNCHRONIZE);
        pair.step(pair.caller, new SyncMajor(NEXT));
        pair.step(pair.called, new SyncMajorAnswer(), Octets.EMPTY);
        pair.called.connection.request(new ExpeditedData(Octets.ofText("after"))); // overtakes the acknowledgement
        pair.run();
        int heard = pair.caller.heard.size();
        assertThat(pair.caller.heard.get(heard - 2)).isEqualTo(new SessionPrimitive.Step(new SyncMajorAnswer()));
        assertThat(pair.caller.last()).isEqualTo(new ExpeditedData(Octets.ofText("after")));
        pair.end();
    }

    @Test
    void whoKeepsTooMuchForLaterIsSentAway() {
        Bench bench = majorSync();
        for (int i = 0; i < 256; i++) {
            bench.receiveExpedited("05 00 41");
        }
        assertThat(bench.machine.state()).isEqualTo(State.STA15A);
        bench.receiveExpedited("05 00 41");
        assertThat(bench.machine.state()).isEqualTo(State.STA16);
        assertThat(bench.octetsExpedited).containsExactly("1903110111"); // implementation restriction
        close(bench);
    }

    /** A machine that has heard of a major acknowledgement to come. */
    private static Bench majorSync() {
        Bench bench = new Bench(true, "expedited", "yes");
        bench.called();
        bench.receive(Stimuli.connect(0x16, 0x55));
        bench.request(Primitives.accept(new FunctionalUnits(0x16)));
        bench.request(new SessionPrimitive.Step(new SyncMajor(NEXT)));
        bench.receiveExpedited("07 03 18 01 01");
        assertThat(bench.machine.state()).isEqualTo(State.STA15A);
        return bench;
    }

    private static void close(Bench bench) {
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }

    @Test
    void aShortAbortTakesTheExpeditedFlowAndALongOneIsPrepared() {
        Bench bench = majorSync();
        bench.request(new UserAbort(Octets.ofText("nine octe")));
        assertThat(bench.octetsExpedited).containsExactly("190e110103c1096e696e65206f637465");
        close(bench);
        Bench another = majorSync();
        int before = another.octets.size();
        another.request(new UserAbort(Octets.ofText("more than nine")));
        assertThat(another.octetsExpedited).containsExactly("0703180104");
        assertThat(another.octets.subList(before, before + 1))
                .containsExactly("1913110103c10e6d6f7265207468616e206e696e65");
        close(another);
    }

    @Test
    void anAbortThatIsPreparedAndDoesNotComeIsNotAwaitedForEver() {
        Bench bench = majorSync();
        bench.receiveExpedited("07 03 18 01 04");
        assertThat(bench.machine.state()).isEqualTo(State.STA15D);
        bench.simulation.run(java.time.Duration.ofSeconds(31));
        assertThat(bench.entity.sessions()).isEmpty();
        assertThat(bench.primitives).last().isInstanceOf(SessionPrimitive.ProviderAbort.class);
        close(bench);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 00 01 00 41", "05 00", "07 03 18 01 07", "63 00", "07 00"})
    void whatHasNoPlaceOnTheExpeditedFlowIsAProtocolError(String hex) {
        Bench bench = majorSync();
        bench.receiveExpedited(hex);
        assertThat(bench.octetsExpedited).containsExactly("1903110105");
        close(bench);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05 00 41", "07 03 18 01 01"})
    void whatBelongsOnTheExpeditedFlowHasNoPlaceOnTheNormalOne(String hex) {
        Bench bench = majorSync();
        bench.receive(hex);
        assertThat(bench.octetsExpedited).containsExactly("1903110105");
        close(bench);
    }
}
