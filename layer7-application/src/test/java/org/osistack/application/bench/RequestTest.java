package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void looksTheSameEverywhere() {
        Request request = new Request(Request.FLOOD, 16_000);

        assertThat(HexFormat.ofDelimiter(" ").formatHex(request.toByteArray())).isEqualTo("01 00 00 3e 80");
        assertThat(Request.parse(request.toByteArray())).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 3e 80", "03 00 00 3e 80", "01 00 00 00 00", "02 00 00 fd e9", "01 ff ff ff ff"})
    void makesSenseOrIsNone(String hex) {
        assertThat(Request.parse(HexFormat.ofDelimiter(" ").parseHex(hex))).isNull();
    }
}
