package org.osistack.application.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Octets;

/** What a killed process leaves behind that no transfer goes on with. */
class PartsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private Ledger open() throws Exception {
        return Ledger.open(folder.resolve("states"), complaint -> {});
    }

    private void leaveBehind(Octets prefix) throws Exception {
        try (Ledger killed = open()) {
            Parts.put(killed, KEY, new Parts.Part(folder.toString(), prefix, Octets.EMPTY));
            killed.commit();
        }
    }

    @Test
    void whatNoTransferGoesOnWithIsDiscardedByTheNextProcess() throws Exception {
        Path part = Files.writeString(folder.resolve("." + KEY + ".osi-part"), "half of it");
        Path other = Files.writeString(folder.resolve("film"), "of before");
        leaveBehind(Octets.of(ItemApdu.prefix(FileApdu.Item.file("film", 1000, 5))));

        try (Ledger next = open()) {
            assertThat(Parts.get(next, KEY)).isNull();
        }
        assertThat(part).doesNotExist();
        assertThat(other).hasContent("of before");
    }

    @Test
    void whatWasNotBegunIsOnlyForgotten() throws Exception {
        leaveBehind(Octets.EMPTY);
        try (Ledger next = open()) {
            assertThat(Parts.get(next, KEY)).isNull();
        }
    }

    @Test
    void whatIsNoPartIsForgotten() throws Exception {
        leaveBehind(Octets.of(new byte[ItemApdu.MAX_PREFIX + 1]));
        try (Ledger next = open()) {
            assertThat(Parts.get(next, KEY)).isNull();
        }
    }
}
