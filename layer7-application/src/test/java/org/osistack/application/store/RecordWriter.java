package org.osistack.application.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.osistack.core.Octets;

/**
 * A program that commits numbered records to a store until it is killed, and says after each commit which one is kept.
 * Each record is in two maps, and changes a third.
 */
final class RecordWriter {
    static final int COUNTERS = 50;
    /** Earlier records are removed, so that there is something to clear away. */
    static final int KEPT = 300;

    private static final String LAST = "last";

    private RecordWriter() {}

    public static void main(String[] args) throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                Store store = Store.open(Path.of(args[0]), Long.parseLong(args[1]))) {
            for (int number = last(store) + 1; ; number++) {
                write(store, number);
                store.commit();
                out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (StoreException e) {
            System.err.println(e.getMessage());
        }
    }

    static int last(Store store) throws StoreException {
        Octets last = store.map("state").get(LAST);
        return last == null ? 0 : Integer.parseInt(text(last));
    }

    static String text(Octets octets) {
        return new String(octets.toByteArray(), StandardCharsets.US_ASCII);
    }

    static Octets record(int number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] octets = new byte[random.nextInt(1 << random.nextInt(1, 15))];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private static void write(Store store, int number) throws StoreException {
        Octets record = record(number);
        store.map("records").put("" + number, record);
        store.map("copies").put("" + number, record);
        store.map("records").remove("" + (number - KEPT));
        store.map("copies").remove("" + (number - KEPT));
        store.map("counters").put("" + number % COUNTERS, Octets.ofText("" + number));
        store.map("state").put(LAST, Octets.ofText("" + number));
    }
}
