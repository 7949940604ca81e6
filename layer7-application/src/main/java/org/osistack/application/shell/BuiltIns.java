package org.osistack.application.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;

/** The commands that the server carries out itself: they run no program, and tell about server and session alone. */
final class BuiltIns {
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Host host;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ShellSettings settings;
    private final long begin;

    /** What they tell about a session. */
    interface About {
        /** Who it is of; empty if nobody had to say. */
        String user();

        /** A line for a person. */
        String session();
    }

    BuiltIns(Host host, InstantSource clock, ZoneId zone, ShellSettings settings) {
        this.host = host;
        this.clock = clock;
        this.zone = zone;
        this.settings = settings;
        this.begin = host.now();
    }

    /** All there are, with limits that do no harm. */
    static List<AllowedCommand> commands() {
        return List.of(
                command("help", "what can be run here", null, 0, 10),
                command("date", "the time at the server", null, 0, 10),
                command("uptime", "how long the server has been serving", null, 0, 10),
                command("whoami", "who you are to the server", null, 0, 10),
                command("session", "how this session stands", null, 0, 10),
                command("echo", "says again what you say", ANY, AllowedCommand.MAX_ARGUMENTS, 10),
                command(
                        "count",
                        "counts to a NUMBER, a line each second, or each [MILLISECONDS]",
                        NUMBER,
                        2,
                        24 * 3600));
    }

    private static AllowedCommand command(
            String name, String description, Pattern arguments, int maxArguments, long seconds) {
        return new AllowedCommand(
                name,
                description,
                null,
                arguments,
                maxArguments,
                seconds,
                AllowedCommand.DEFAULT_OCTETS * 16,
                Set.of());
    }

    /** Start one. As {@link CommandRunner#start}. */
    CommandRunner.Running start(String name, List<String> arguments, About about, CommandRunner.Listener listener) {
        return name.equals("count")
                ? new Count(arguments, listener)
                : new Answer(text(name, arguments, about), listener);
    }

    private String text(String name, List<String> arguments, About about) {
        return switch (name) {
            case "help" ->
                settings.commandsOf(about.user()).stream()
                        .map(each -> String.format(Locale.ROOT, "%-10s %s", each.name(), each.description()))
                        .collect(Collectors.joining("\n"));
            case "date" ->
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)
                        .format(ZonedDateTime.ofInstant(clock.instant(), zone));
            case "uptime" -> "up " + duration(host.now() - begin);
            case "whoami" -> about.user().isEmpty() ? "nobody asked who you are" : about.user();
            case "session" -> about.session();
            default -> String.join(" ", arguments);
        };
    }

    /** For a person, such as {@code 1:05:09}. */
    static String duration(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    private static Octets line(String text) {
        return Octets.ofText(text + "\n");
    }

    /** A command that has its answer at once. */
    private final class Answer implements CommandRunner.Running {
        private boolean killed;

        Answer(String text, CommandRunner.Listener listener) {
            Octets octets = line(text);
            host.loop().defer(() -> {
                for (int at = 0; at < octets.length() && !killed; at += ShellApdu.MAX_OUTPUT) {
                    int end = Math.min(octets.length(), at + ShellApdu.MAX_OUTPUT);
                    listener.output(false, octets.slice(at, end));
                }
                listener.ended(killed ? 1 : 0);
            });
        }

        @Override
        public void kill() {
            killed = true;
        }

        @Override
        public void hold() {}

        @Override
        public void goOn() {}
    }

    /** Counts, and so shows that a command goes on whoever looks at it. */
    private final class Count implements CommandRunner.Running {
        private final CommandRunner.Listener listener;
        private final Timer timer;
        private final int until;
        private final long pauseNanos;
        private int number;
        private boolean held;
        private boolean killed;
        private boolean over;

        Count(List<String> arguments, CommandRunner.Listener listener) {
            this.listener = listener;
            this.timer = host.newTimer(this::count);
            this.until = arguments.isEmpty() ? 10 : Integer.parseInt(arguments.get(0));
            this.pauseNanos =
                    arguments.size() < 2 ? SECOND_NANOS : Integer.parseInt(arguments.get(1)) * (SECOND_NANOS / 1000);
            timer.arm(until == 0 ? 0 : pauseNanos);
        }

        private void count() {
            if (over) {
                return;
            }
            if (number < until && !killed) {
                number++;
                listener.output(false, line(Integer.toString(number)));
            }
            if (number == until || killed) {
                over = true;
                listener.ended(killed ? 1 : 0);
            } else if (!held) {
                timer.arm(pauseNanos);
            }
        }

        @Override
        public void kill() {
            killed = true;
            timer.arm(0);
        }

        @Override
        public void hold() {
            held = true;
            timer.disarm();
        }

        @Override
        public void goOn() {
            if (held && !over) {
                held = false;
                timer.armNoLaterThan(pauseNanos);
            }
        }
    }
}
