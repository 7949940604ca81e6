package org.osistack.session.x225;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** Octets that tests read from files. */
final class Samples {
    private Samples() {}

    /**
     * An example of an SPDU.
     *
     * @param kinds the SPDUs in the TSDU
     */
    record Example(String kinds, Octets tsdu) {}

    /**
     * A TSDU of a recorded connection.
     *
     * @param fromInitiator who sent it
     * @param expedited whether it travelled on the expedited flow
     */
    record Recorded(boolean fromInitiator, boolean expedited, Octets tsdu) {}

    /** A recorded connection. */
    record Conversation(String name, List<Recorded> tsdus) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        return lines("spdu-examples.txt").stream()
                .map(line -> line.split(" \\| "))
                .map(parts -> new Example(parts[0], hex(parts[1])))
                .toList();
    }

    static List<Conversation> conversations() {
        List<Conversation> all = new ArrayList<>();
        for (String line : lines("recorded-tsdus.txt")) {
            if (line.startsWith("= ")) {
                all.add(new Conversation(line.substring(2), new ArrayList<>()));
            } else {
                String[] parts = line.split(" ", 2);
                all.get(all.size() - 1)
                        .tsdus()
                        .add(new Recorded(parts[0].startsWith(">"), parts[0].endsWith("x"), hex(parts[1])));
            }
        }
        return all;
    }

    static Conversation conversation(String name) {
        return conversations().stream()
                .filter(conversation -> conversation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(String file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Samples.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Octets in hexadecimal, where {@code 00*512} stands for 512 octets of 00. */
    static Octets hex(String text) {
        StringBuilder all = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            int star = word.indexOf('*');
            all.append(star < 0 ? word : word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1))));
        }
        return Octets.ofHex(all.toString());
    }

    static Pdu pdu(PduPool pool, Octets octets) {
        Pdu pdu = pool.take(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    /** The octets that our encoder makes of what our decoder read: the SPDUs, and behind them the user information. */
    static Octets again(PduPool pool, Tsdu read, Pdu original) {
        int length = original.length() - read.headerLength();
        for (Spdu spdu : read.spdus()) {
            length += spdu.length();
        }
        Pdu again = pool.take(length);
        read.spdus().forEach(spdu -> spdu.emit(again));
        again.append(original, read.headerLength(), original.length() - read.headerLength());
        Octets octets = Octets.of(again);
        again.release();
        return octets;
    }
}
