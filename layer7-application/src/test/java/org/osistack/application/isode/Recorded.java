package org.osistack.application.isode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Octets;

/** A connection that two ISODE 8 had with each other. */
record Recorded(String name, List<Tsdu> tsdus) {
    /** What one of them sent. */
    record Tsdu(boolean fromInitiator, Octets octets) {}

    static Recorded of(String name) {
        Recorded found = null;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Recorded.class.getResourceAsStream("recorded-tsdus.txt"), StandardCharsets.UTF_8))) {
            for (String line : reader.lines().filter(l -> !l.startsWith("#")).toList()) {
                if (line.startsWith("= ")) {
                    if (found != null) {
                        return found;
                    }
                    found = line.equals("= " + name) ? new Recorded(name, new ArrayList<>()) : null;
                } else if (found != null) {
                    found.tsdus.add(new Tsdu(line.startsWith(">"), hex(line.substring(2))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assert found != null : name;
        return found;
    }

    private static Octets hex(String text) {
        StringBuilder all = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            int star = word.indexOf('*');
            all.append(star < 0 ? word : word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1))));
        }
        return Octets.ofHex(all.toString());
    }

    /** The parameters of an SPDU that is the only one in its TSDU, or the first: code to value, groups opened. */
    static Map<Integer, Octets> parameters(Octets tsdu) {
        Map<Integer, Octets> parameters = new LinkedHashMap<>();
        int[] at = {1};
        int length = length(tsdu, at);
        read(tsdu, at[0], at[0] + length, parameters);
        return parameters;
    }

    private static void read(Octets octets, int from, int to, Map<Integer, Octets> parameters) {
        int[] at = {from};
        while (at[0] < to) {
            int code = octets.at(at[0]++);
            int length = length(octets, at);
            if (code == 1 || code == 5 || code == 33) {
                read(octets, at[0], at[0] + length, parameters);
            } else {
                parameters.put(code, octets.slice(at[0], at[0] + length));
            }
            at[0] += length;
        }
    }

    private static int length(Octets octets, int[] at) {
        int length = octets.at(at[0]++);
        if (length == 255) {
            length = octets.at(at[0]) << 8 | octets.at(at[0] + 1);
            at[0] += 2;
        }
        return length;
    }
}
