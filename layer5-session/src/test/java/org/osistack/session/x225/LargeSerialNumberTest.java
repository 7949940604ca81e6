package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Serial numbers of more, and of fewer, than six digits (X.225 §8.3.1.13, Upper Limit Serial Number). */
class LargeSerialNumberTest {
    private static final FunctionalUnits UNITS = FunctionalUnits.of(
            FunctionalUnit.DUPLEX, FunctionalUnit.SYMMETRIC_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);
    private static final FunctionalUnits MINOR =
            FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE);

    private Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    private void connect(FunctionalUnits units, long first, long second) {
        pair.caller.connection = pair.alices.connectRequest(
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        null,
                        Primitives.address("bob", "S"),
                        units,
                        first,
                        TokenSetting.INITIATOR,
                        Octets.EMPTY,
                        second),
                pair.caller);
        pair.run();
    }

    @Test
    void withTheOptionTheyHaveAnyNumberOfDigits() {
        pair = new Pair("large-serial-numbers", "yes");
        connect(UNITS, 999_999, 12_345_678_901L);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(1_000_000, true, false));
        pair.step(pair.called, new SyncMinor(NEXT, true, false));
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinor(12_345_678_901L, true, false));
    }

    @Test
    void thePeerNeedNotHaveTheOption() {
        pair = new Pair(new RecordNetwork(() -> 1000, 8), new String[] {"large-serial-numbers", "yes"}, new String[0]);
        connect(MINOR, 1_000_000, -1);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(1_000_000, true, false));
    }

    @Test
    void withoutItSixDigitsAreAll() {
        assertThatThrownBy(() -> connect(MINOR, 1_000_000, -1)).isInstanceOf(IllegalArgumentException.class);
        connect(MINOR, 999_999, -1);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThatThrownBy(() -> pair.step(pair.caller, new SyncMinor(NEXT, true, false), Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none is possible");
    }

    /** CONNECT with an Upper Limit Serial Number, and what an ACCEPT says to it. */
    @ParameterizedTest
    @CsvSource({
        "0d 15 05 0f 13 01 00 16 01 02 17 01 37 1a 01 00 38 01 00 14 02 00 0a, 38 01 00",
        "0d 15 05 0f 13 01 00 16 01 02 17 01 37 1a 01 00 38 01 02 14 02 00 0a, 38 01 02",
        "0d 1b 05 15 13 01 00 16 01 02 1a 01 00 38 01 00 39 07 31 32 33 34 35 36 37 14 02 00 0a, 39 07 31 32 33"
    })
    void thePeersLimitIsTaken(String connect, String part) {
        Bench bench = new Bench(false);
        bench.called();
        bench.receive(connect);
        bench.request(Primitives.accept(MINOR));
        assertThat(bench.octets.get(0).replace(" ", "")).contains(part.replace(" ", ""));
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0d 15 05 0f 13 01 00 16 01 02 17 01 37 1a 01 00 38 01 07 14 02 00 0a", // more than six is 0
        "0d 16 05 10 13 01 00 16 01 02 17 02 31 37 1a 01 00 38 01 01 14 02 00 0a" // 17 has two digits
    })
    void aLimitThatCannotBeIsRefused(String connect) {
        Bench bench = new Bench(false);
        bench.called();
        bench.receive(connect);
        assertThat(bench.seen).containsExactly("RF");
        assertThat(bench.octets.get(0).replace(" ", ""))
                .contains("3201%02x".formatted(SessionRefusal.NOT_SPECIFIED.code()));
        bench.close();
    }

    @Test
    void aNumberBeyondTheLimitIsAProtocolError() {
        Bench bench = new Bench(false);
        bench.called();
        bench.receive("0d 15 05 0f 13 01 00 16 01 02 17 01 39 1a 01 00 38 01 01 14 02 00 0a");
        bench.request(Primitives.accept(MINOR));
        bench.receive("01 00 31 03 2a 01 39");
        assertThat(bench.seen).contains("SSYNmind");
        bench.receive("01 00 31 04 2a 02 31 30");
        assertThat(bench.seen).contains("abort", "AB");
        bench.close();
    }
}
