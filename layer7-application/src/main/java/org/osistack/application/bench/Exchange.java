package org.osistack.application.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What the process that compares says to one that takes part: a line each way, words between spaces.
 *
 * <pre>
 *   goodput ADDRESS SIZE WARM-UP TIME       goodput OCTETS TIME FRAMES FRAME-OCTETS
 *   roundtrips ADDRESS SIZE WARM-UP TIME    roundtrips COUNT P50 P99
 *   connections ADDRESS SIZE WARM-UP TIME   connections COUNT TIME
 *   processor - 1 0 1                       processor TIME
 *                                           failed WHY
 * </pre>
 *
 * Times are in nanoseconds.
 */
final class Exchange {
    static final String READY = "ready";
    private static final String FAILED = "failed";

    private Exchange() {}

    /** Do what a line asks for, and return the line that answers. */
    static String answer(Participant participant, String line) {
        String[] words = line.split(" ");
        try {
            Window window = new Window(Integer.parseInt(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
            switch (words[0]) {
                case "goodput" -> {
                    Goodput figure = participant.goodput(words[1], window);
                    return line(words[0], figure.octets(), figure.nanos(), figure.frames(), figure.frameOctets());
                }
                case "roundtrips" -> {
                    RoundTrips figure = participant.roundTrips(words[1], window);
                    return line(words[0], figure.count(), figure.p50Nanos(), figure.p99Nanos());
                }
                case "connections" -> {
                    Connections figure = participant.connections(words[1], window);
                    return line(words[0], figure.count(), figure.nanos());
                }
                case "processor" -> {
                    return line(words[0], participant.processorNanos());
                }
                default -> {
                    return FAILED + " there is nothing called " + words[0];
                }
            }
        } catch (IOException e) {
            return FAILED + " " + e.getMessage();
        }
    }

    private static String line(String word, long... numbers) {
        StringBuilder line = new StringBuilder(word);
        for (long number : numbers) {
            line.append(' ').append(number);
        }
        return line.toString();
    }

    /**
     * Ask for a figure.
     *
     * @param transport takes the question and returns the answer
     * @return the numbers of the answer
     * @throws IOException if the answer says that there is none
     */
    static long[] ask(String word, String address, Window window, UnaryOperator<String> transport) throws IOException {
        String answer = transport.apply(String.format(
                Locale.ROOT, "%s %s %d %d %d", word, address, window.size(), window.warmUpNanos(), window.nanos()));
        if (!answer.startsWith(word + " ")) {
            throw new IOException(answer.startsWith(FAILED) ? answer.substring(FAILED.length() + 1) : answer);
        }
        String[] words = answer.split(" ");
        long[] numbers = new long[words.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(words[i + 1]);
        }
        return numbers;
    }
}
