package org.osistack.application.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Octets;

class StoreTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("my store");
    }

    @Test
    void findsAgainWhatWasCommittedAndNothingElse() throws Exception {
        try (Store store = Store.open(file())) {
            store.map("a").put("x", Octets.ofHex("01"));
            store.map("b").put(Octets.ofHex("00ff"), Octets.EMPTY);
            store.commit();
            store.map("a").put("x", Octets.ofHex("02"));
            store.map("c").put("y", Octets.ofHex("03"));
            assertThat(store.map("a").get("x")).isEqualTo(Octets.ofHex("02"));
        }
        try (Store store = Store.open(file())) {
            assertThat(store.map("a").get("x")).isEqualTo(Octets.ofHex("01"));
            assertThat(store.map("b").get(Octets.ofHex("00ff"))).isEqualTo(Octets.EMPTY);
            assertThat(store.map("c").get("y")).isNull();
            assertThat(store.map("a").size()).isEqualTo(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void forgetsWhatIsTakenBack() throws Exception {
        try (Store store = Store.open(file())) {
            StoreMap map = store.map("new");
            map.put("x", Octets.ofHex("01"));
            store.rollback();
            assertThat(map.get("x")).isNull();
            map.put("y", Octets.ofHex("02"));
            store.commit();
            map.remove("y");
            store.rollback();
            assertThat(map.get("y")).isEqualTo(Octets.ofHex("02"));
            map.remove("y");
            store.commit();
        }
        try (Store store = Store.open(file())) {
            assertThat(store.map("new").size()).isZero();
        }
    }

    @Test
    void keysStandInTheOrderOfTheirOctets() throws Exception {
        try (Store store = Store.open(file())) {
            StoreMap map = store.map("m");
            for (String key : List.of("ff", "00", "7f", "80", "7f00", "")) {
                map.put(Octets.ofHex(key), Octets.ofHex(key));
            }
            List<String> keys = new ArrayList<>();
            for (Octets key = map.ceilingKey(Octets.EMPTY); key != null; key = map.higherKey(key)) {
                keys.add(key.toString());
            }
            assertThat(keys).containsExactly("", "00", "7f", "7f00", "80", "ff");
        }
    }

    @Test
    void doesWhatAMapDoes() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        Map<String, Octets> model = new TreeMap<>();
        Map<String, Octets> committed = new TreeMap<>();
        Store store = Store.open(file());
        for (int i = 0; i < 3000; i++) {
            String key = "k" + random.nextInt(200);
            switch (random.nextInt(40)) {
                case 0 -> {
                    store.close();
                    store = Store.open(file());
                    model = new TreeMap<>(committed);
                }
                case 1, 2, 3 -> {
                    store.commit();
                    committed = new TreeMap<>(model);
                }
                case 4 -> {
                    store.rollback();
                    model = new TreeMap<>(committed);
                }
                case 5, 6, 7, 8, 9, 10 -> {
                    store.map("m").remove(key);
                    model.remove(key);
                }
                default -> {
                    Octets value = RecordWriter.record(i);
                    store.map("m").put(key, value);
                    model.put(key, value);
                }
            }
            assertThat(store.map("m").get(key)).isEqualTo(model.get(key));
            assertThat(store.map("m").size()).isEqualTo(model.size());
        }
        store.close();
    }

    @Test
    void doesNotGrowWhenTheSameIsWrittenAgain() throws Exception {
        try (Store store = Store.open(file())) {
            byte[] value = new byte[500];
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 2500; i++) {
                random.nextBytes(value);
                store.map("m").put("k" + random.nextInt(200), Octets.of(value)); // 100 KB in all
                store.commit();
            }
            assertThat(store.length()).isLessThan(6 << 20);
            assertThat(store.map("m").size()).isEqualTo(200);
        }
        assertThat(folder).isDirectoryContaining("glob:**my store").isDirectoryNotContaining("glob:**.new");
        Files.writeString(folder.resolve("my store.new"), "left by a process that was killed");
        try (Store store = Store.open(file())) {
            assertThat(store.map("m").size()).isEqualTo(200);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void refusesToGrowBeyondItsLimitAndGoesOn() throws Exception {
        try (Store store = Store.open(file(), 1 << 20)) {
            byte[] value = new byte[100_000];
            new SplittableRandom(1).nextBytes(value);
            int kept = 0;
            try {
                for (; kept < 20; kept++) {
                    store.map("m").put("k" + kept, Octets.of(value));
                    store.commit();
                }
            } catch (StoreException e) {
                assertThat(e).hasMessage("the store " + file() + " is full: 1048576 octets are allowed");
            }
            assertThat(kept).isBetween(5, 10);
            assertThat(store.map("m").size()).isEqualTo(kept);
            for (int i = 0; i < kept; i++) {
                store.map("m").remove("k" + i);
            }
            store.map("m").put("small", Octets.ofHex("01"));
            store.commit();
            assertThat(store.map("m").size()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        try (Store store = Store.open(file())) {
            StoreMap map = store.map("m");
            Octets longest = Octets.of(new byte[StoreMap.MAX_VALUE]);
            assertThatThrownBy(() -> map.put("k", Octets.of(new byte[StoreMap.MAX_VALUE + 1])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> map.put(Octets.of(new byte[StoreMap.MAX_KEY + 1]), Octets.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            map.put("k" + i, longest);
                        }
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessage("too much waits for a commit to the store " + file());
            store.rollback();
            assertThat(map.size()).isZero();
            map.put("k", longest);
            store.commit();
            assertThat(map.get("k")).isEqualTo(longest);
        }
    }

    @Test
    void belongsToOneAtATime() throws Exception {
        try (Store store = Store.open(file())) {
            assertThatThrownBy(() -> Store.open(file()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the store " + file() + " is in use by another process");
            store.map("m").put("x", Octets.ofHex("01"));
            store.commit();
        }
        Store.open(file()).close();
    }

    @Test
    void saysInASentenceWhatIsWrong() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "this is a text, and no store\n".repeat(1000));
        assertThatThrownBy(() -> Store.open(text))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store " + text + " is damaged, or no store; move it away to begin with an empty one");
        assertThatThrownBy(() -> Store.open(folder)).hasMessageEndingWith(" cannot be opened: it is a folder");
        assertThatThrownBy(() -> Store.open(folder.resolve("no/store")))
                .hasMessageEndingWith(" cannot be made: there is no such folder");
        assertThatThrownBy(() -> Store.open(text.resolve("store"))).isInstanceOf(StoreException.class);

        Store closed = Store.open(file());
        closed.close();
        closed.close();
        assertThatThrownBy(closed::commit).hasMessage("the store " + file() + " is closed");
        assertThatThrownBy(() -> closed.map("m").get("x")).isInstanceOf(StoreException.class);
    }

    @Test
    void isDamagedOrGoesBackToAnEarlierCommitWhenItsFileWasDamaged() throws Exception {
        Path original = file();
        try (Store store = Store.open(original)) {
            for (int number = 1; number <= 60; number++) {
                store.map("m").put("k" + number, RecordWriter.record(number));
                store.map("m").put("last", Octets.ofText("" + number));
                store.commit();
            }
        }
        byte[] whole = Files.readAllBytes(original);
        SplittableRandom random = new SplittableRandom(3);
        int opened = 0;
        for (int i = 0; i < 100; i++) {
            byte[] damaged = whole.clone();
            int from = random.nextInt(damaged.length);
            for (int at = from; at < Math.min(from + 512, damaged.length); at++) {
                damaged[at] = (byte) random.nextInt();
            }
            opened += readsOrRefuses(Files.write(folder.resolve("damaged" + i), damaged));
        }
        assertThat(opened).isBetween(1, 100);
    }

    /** Nothing but the two: 1 if it could be read to its end, 0 if it was refused. */
    private static int readsOrRefuses(Path file) throws IOException {
        try (Store store = Store.open(file)) {
            StoreMap map = store.map("m");
            for (Octets key = map.ceilingKey(Octets.EMPTY); key != null; key = map.higherKey(key)) {
                map.get(key);
            }
            return 1;
        } catch (StoreException e) {
            assertThat(e.getMessage()).startsWith("the store " + file).doesNotContain("Exception");
            return 0;
        }
    }
}
