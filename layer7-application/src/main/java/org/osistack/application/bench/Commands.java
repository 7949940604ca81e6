package org.osistack.application.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Short commands of the machine, such as {@code ip}. */
final class Commands {
    private Commands() {}

    /**
     * Run a command to its end.
     *
     * @return what it wrote
     * @throws IOException if there is no such command, or it fails; with what it wrote
     */
    static String run(String... command) throws IOException {
        return run(Arrays.asList(command));
    }

    /** As {@link #run(String...)}. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + ": interrupted", e);
        }
        return output;
    }

    /** Whether there is such a command, and it does what it is told. */
    static boolean succeeds(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
