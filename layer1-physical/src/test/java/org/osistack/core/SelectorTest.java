package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SelectorTest {
    @Test
    void readsTextAndHexadecimal() {
        assertThat(Selector.parse("chat").toByteArray()).containsExactly('c', 'h', 'a', 't');
        assertThat(Selector.parse("0x0080").toByteArray()).containsExactly(0, 0x80);
        assertThat(Selector.parse("")).isSameAs(Selector.EMPTY);
        assertThat(Selector.parse("0x")).isSameAs(Selector.EMPTY);
        assertThatIllegalArgumentException().isThrownBy(() -> Selector.parse("0x123"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selector.of(new byte[33]))
                .withMessage("a selector of 33 octets");
    }

    @Test
    void isAValue() {
        byte[] octets = {1, 2};
        Selector selector = Selector.of(octets);
        octets[0] = 9;

        assertThat(selector).isEqualTo(Selector.parse("0x0102")).hasSameHashCodeAs(Selector.parse("0x0102"));
        assertThat(selector).isNotEqualTo(Selector.parse("0x0902"));
        assertThat(selector.length()).isEqualTo(2);
    }

    @Test
    void printsAsAPersonWritesIt() {
        assertThat(Selector.EMPTY).hasToString("(empty)");
        assertThat(Selector.ofText("chat")).hasToString("\"chat\"");
        assertThat(Selector.of((byte) 0, (byte) 1)).hasToString("0x0001");
    }
}
