package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DissectionTest {
    @Test
    void fieldsInsideAnotherAreDeeper() {
        Dissection dissection = new Dissection().pdu("TEST", "DT").summary("a summary");
        dissection
                .field("length", 0, 1, 2, "2 octets", "§1")
                .group("options", 1, 2, "one option")
                .bits("flag", 1, 1, 0, 1, 1, "set", "§2")
                .end()
                .field("checksum", 3, 2, 0, "none")
                .sdu(5, 10);

        assertThat(dissection.fields())
                .extracting(f -> f.depth() + " " + f.name() + " " + f.offset() + "+" + f.length() + " " + f.bits())
                .containsExactly("0 length 0+1 0", "0 options 1+2 0", "1 flag 1+1 1", "0 checksum 3+2 0");
        assertThat(dissection.protocol()).isEqualTo("TEST");
        assertThat(dissection.name()).isEqualTo("DT");
        assertThat(dissection.summary()).isEqualTo("a summary");
        assertThat(dissection.hasSdu()).isTrue();
        assertThat(dissection.sduOffset()).isEqualTo(5);
        assertThat(dissection.sduLength()).isEqualTo(10);
        assertThat(new Dissection().hasSdu()).isFalse();
    }
}
