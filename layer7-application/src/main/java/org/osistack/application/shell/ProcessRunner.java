package org.osistack.application.shell;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osistack.core.Host;

/**
 * Runs programs as processes of this machine. No shell is asked: a program gets its words as they are. It has an empty
 * standard input, of the server's environment only what is listed in {@code ENVIRONMENT}, and the server's rights.
 */
final class ProcessRunner implements CommandRunner {
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private static final Running NOTHING = new Running() {
        @Override
        public void kill() {}

        @Override
        public void hold() {}

        @Override
        public void goOn() {}
    };

    private final Host host;
    private final Set<Process> alive = ConcurrentHashMap.newKeySet();
    private boolean hooked;

    ProcessRunner(Host host) {
        this.host = host;
    }

    @Override
    public Running start(Program program, List<String> arguments, Listener listener) {
        List<String> words = new ArrayList<>(program.words());
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(nothing());
        if (!program.folder().isEmpty()) {
            builder.directory(new File(program.folder()));
        }
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("TERM", "dumb");
        try {
            Process process = builder.start();
            watch(process);
            return new RunningProcess(host, process, listener);
        } catch (IOException | IllegalArgumentException e) { // a NUL in an argument is an illegal one
            String why = "it cannot be started: " + e.getMessage();
            host.loop().defer(() -> listener.failed(why));
            return NOTHING;
        }
    }

    private static ProcessBuilder.Redirect nothing() {
        boolean isWindows = File.separatorChar == '\\';
        return ProcessBuilder.Redirect.from(new File(isWindows ? "NUL" : "/dev/null"));
    }

    /** No process is left behind when ours ends. */
    private void watch(Process process) {
        alive.add(process);
        process.onExit().thenRun(() -> alive.remove(process));
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> alive.forEach(RunningProcess::killAtOnce), "stop commands"));
        }
    }
}
