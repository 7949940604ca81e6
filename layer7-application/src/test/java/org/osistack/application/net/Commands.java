package org.osistack.application.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs programs of the machine to their end. */
public final class Commands {
    /** How long a command may take that nobody gave a time. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /**
     * How a command ended.
     *
     * @param output what it wrote to its standard output
     * @param errors what it wrote to its standard error output
     */
    public record Result(List<String> command, int exitCode, String output, String errors) {
        /** Its output without white space around it. */
        public String text() {
            return output.strip();
        }

        /** Its output by lines. */
        public List<String> lines() {
            return output.lines().toList();
        }

        /** This result, if the command ended well; a failure that shows all it wrote, if it did not. */
        public Result orFail() {
            if (exitCode != 0) {
                throw new AssertionError(
                        String.join(" ", command) + "\nended with " + exitCode + "\n" + output + errors);
            }
            return this;
        }
    }

    private Commands() {}

    /** Run a command that has to end well within the usual time. */
    public static Result run(String... command) {
        return attempt(TIME_LIMIT, List.of(command)).orFail();
    }

    /** Run a command that may end as it likes, but in time. */
    public static Result attempt(Duration limit, List<String> command) {
        try (Program program = Program.start(command)) {
            int exitCode = program.awaitEnd(limit);
            return new Result(command, exitCode, program.output(), program.errors());
        }
    }

    /** Whether there is a program of that name. */
    public static boolean exists(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }
}
