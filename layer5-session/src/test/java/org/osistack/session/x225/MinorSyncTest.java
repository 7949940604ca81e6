package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.SyncMinorAnswer;
import org.osistack.core.dialogue.DialogueStep.TokenGive;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;

/** Minor synchronization points: who may set them, how they are numbered and confirmed (X.225 §7.18, §7.19). */
class MinorSyncTest {
    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    @Test
    void pointsAreCountedFromTheInitialSerialNumber() {
        pair.accepts = false;
        pair.caller.connection = pair.alices.connectRequest(
                new SessionPrimitive.Connect(
                        null,
                        null,
                        Primitives.address("bob", "S"),
                        FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE),
                        41,
                        TokenSetting.INITIATOR,
                        Octets.EMPTY),
                pair.caller);
        pair.run();
        assertThat(pair.called.last(SessionPrimitive.Connect.class).initialSerialNumber())
                .isEqualTo(41);
        pair.called.connection.request(new SessionPrimitive.ConnectAnswer(
                null,
                null,
                null,
                FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE),
                100,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                Octets.EMPTY)); // the responder has the last word
        pair.run();
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(100, 100, 0));
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(100, true, false));
        pair.step(pair.caller, new SyncMinor(101, false, false));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(101, false, false));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(102, 100, 0));
        assertThatThrownBy(() -> pair.step(pair.caller, new SyncMinor(101, true, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("S-SYNC-MINOR.request with the serial number 101, where 102 is possible");
    }

    @Test
    void oneConfirmationConfirmsAllPointsBeforeIt() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE);
        for (int i = 0; i < 4; i++) {
            pair.send(pair.caller, "part " + i);
            pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        }
        pair.step(pair.called, new SyncMinorAnswer(3), Octets.ofText("got three"));
        pair.run();
        assertThat(pair.caller.last())
                .isEqualTo(new SessionPrimitive.Step(new SyncMinorAnswer(3), Octets.ofText("got three")));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(5, 4, 0));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinorAnswer(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("S-SYNC-MINOR.response with the serial number 2, where 4 is possible");
        pair.step(pair.called, new SyncMinorAnswer(NEXT)); // the last of them
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinorAnswer(4));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinorAnswer(4)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(pair.told).contains("V(M) = 5, V(A) = 4, V(R) = 0", "V(M) = 5, V(A) = 5, V(R) = 0");
    }

    @Test
    void theTokenDecidesWhoSetsPointsAndThenWhoConfirms() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE);
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinor(NEXT, true, false)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("S-SYNC-MINOR.request is not allowed in STA713 (data transfer): the peer holds the token"
                        + " synchronize-minor");
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new TokenGive(Tokens.of(Token.SYNCHRONIZE_MINOR)));
        pair.step(pair.called, new SyncMinorAnswer(1));
        pair.step(pair.called, new SyncMinor(NEXT, true, false));
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinor(2, true, false));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinorAnswer(2)))
                .isInstanceOf(IllegalStateException.class);
        pair.step(pair.caller, new SyncMinorAnswer(2));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(3, 3, 0));
    }

    @Test
    void userDataOfConfirmationsTravelsInItsOwnParameter() {
        Bench bench = new Bench();
        bench.called();
        bench.receive(Stimuli.connect(0x0a, 0));
        bench.request(Primitives.accept(new FunctionalUnits(0x0a)));
        bench.receive("01 00 31 03 2a 01 31");
        bench.request(new SessionPrimitive.Step(new SyncMinorAnswer(1), Octets.ofText("ok")));
        assertThat(bench.octets.get(1)).isEqualTo("0200" + "3207" + "2a0131" + "2e026f6b");
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }

    @Test
    void serialNumbersEndWithSixDigits() {
        Bench bench = new Bench();
        bench.called();
        bench.receive("0d 17 05 11 13 01 00 16 01 02 17 06 39 39 39 39 39 39 1a 01 55 14 02 00 0a");
        bench.request(Primitives.accept(new FunctionalUnits(0x0a)));
        bench.request(new SessionPrimitive.Step(new SyncMinor(NEXT, true, false)));
        assertThat(bench.octets.get(1)).isEqualTo("0100" + "3108" + "2a06393939393939");
        assertThatThrownBy(() -> bench.request(new SessionPrimitive.Step(new SyncMinor(NEXT, true, false))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where none is possible");
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }
}
