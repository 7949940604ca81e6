package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void whatIsNotGivenHasItsDefault() {
        Options none = Options.none("test");

        assertThat(none.main()).isNull();
        assertThat(none.has("key")).isFalse();
        assertThat(none.text("key", "x")).isEqualTo("x");
        assertThat(none.flag("key", true)).isTrue();
        assertThat(none.choice("key", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.DAYS);
        assertThat(none.integer("key", 7, 0, 1)).isEqualTo(7);
        assertThat(none.octets("key", 7, 0, 1)).isEqualTo(7);
        assertThat(none.nanos("key", Duration.ofNanos(3))).isEqualTo(3);
        assertThat(none.probability("key", 0.5)).isEqualTo(0.5);
        assertThat(none.bitsPerSecond("key")).isEmpty();
    }

    @Test
    void keepsTheOrderOfItsPairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 20; i > 0; i--) {
            pairs.put("key" + i, "x");
        }

        assertThat(new Options("test", null, pairs).values().keySet()).containsExactlyElementsOf(pairs.keySet());
    }

    @ParameterizedTest
    @CsvSource({"on,true", "yes,true", "TRUE,true", "off,false", "no,false", "false,false"})
    void readsFlags(String value, boolean expected) {
        assertThat(of(value).flag("key", !expected)).isEqualTo(expected);
    }

    @Test
    void readsOneOfSeveralWords() {
        assertThat(of("milliseconds").choice("key", TimeUnit.class, null)).isEqualTo(TimeUnit.MILLISECONDS);
        refuses(
                "weeks",
                o -> o.choice("key", TimeUnit.class, null),
                "one of nanoseconds, microseconds," + " milliseconds, seconds, minutes, hours, days");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-5,-5", "010,10", "0x1f,31", "100,100"})
    void readsWholeNumbers(String value, int expected) {
        assertThat(of(value).integer("key", 1, -5, 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-6", "101", "1.5", "x", "0x", "#1", "99999999999999999999999999"})
    void refusesWhatIsNoWholeNumberInItsRange(String value) {
        refuses(value, o -> o.integer("key", 1, -5, 100), "a whole number from -5 to 100");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1500,1500", "64k,65536", "1.5KiB,1536", "1M,1048576", "2GiB,2147483648"})
    void readsSizes(String value, long expected) {
        assertThat(of(value).octets("key", 1, 0, 1L << 40)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "3G", "1500 apples"})
    void refusesWhatIsNoSize(String value) {
        refuses(value, o -> o.octets("key", 1, 1, 1L << 30), "a size from 1 to 1073741824 octets, such as 64k");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1ns,1", "10us,10000", "10µs,10000", "10μs,10000", "5ms,5000000", "0.5s,500000000"})
    void readsTimes(String value, long expected) {
        assertThat(of(value).nanos("key", Duration.ZERO)).isEqualTo(expected);
    }

    @Test
    void readsLongTimes() {
        assertThat(of("2m").nanos("key", Duration.ZERO))
                .isEqualTo(Duration.ofMinutes(2).toNanos());
        assertThat(of("1h").nanos("key", Duration.ZERO))
                .isEqualTo(Duration.ofHours(1).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 weeks", "-1s", "s", "99999999999h"})
    void refusesWhatIsNoTime(String value) {
        refuses(value, o -> o.nanos("key", Duration.ZERO), "a time, such as 5ms or 2s");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "0.25,0.25", "1%,0.01", "100%,1"})
    void readsProbabilities(String value, double expected) {
        assertThat(of(value).probability("key", 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.01", "101%", "-1%", "50%%", "half"})
    void refusesWhatIsNoProbability(String value) {
        refuses(value, o -> o.probability("key", 0), "a probability, such as 1% or 0.01");
    }

    @ParameterizedTest
    @CsvSource({"9600,9600", "100M,100000000", "1.5Gbit/s,1500000000", "64kbit,64000", "10Mbps,10000000", "8bit/s,8"})
    void readsRates(String value, long expected) {
        assertThat(of(value).bitsPerSecond("key")).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "fast", "100T", "100000G", "100M/s"})
    void refusesWhatIsNoRate(String value) {
        refuses(value, o -> o.bitsPerSecond("key"), "a rate in bits a second, such as 100M");
    }

    private static Options of(String value) {
        return new Options("test", null, Map.of("key", value));
    }

    private static void refuses(String value, Function<Options, Object> getter, String expected) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> getter.apply(of(value)))
                .withMessage("test: key=" + value + " is not " + expected);
    }
}
