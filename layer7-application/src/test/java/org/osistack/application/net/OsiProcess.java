package org.osistack.application.net;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts a program of ours in a Java process of its own, with what this test runs on: of a module as the launcher does,
 * or of the class path.
 */
public final class OsiProcess {
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    private OsiProcess() {}

    /**
     * Start it in a namespace, where it ends with the namespace at the latest.
     *
     * @param main {@code module/class}, or a class of the class path, such as one of the tests
     */
    public static Program start(Namespace namespace, String main, String... arguments) {
        return namespace.start(command(OPTIONS, main, arguments));
    }

    /** Start it outside of any namespace. The caller closes it. */
    public static Program start(String main, String... arguments) {
        return Program.start(command(OPTIONS, main, arguments));
    }

    /** The command that starts it, with other options of the virtual machine. */
    public static List<String> command(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--enable-native-access=" + (main.contains("/") ? "com.sun.jna" : "ALL-UNNAMED"));
        if (main.contains("/")) {
            command.addAll(List.of("-p", modulePath(), "-m", main));
        } else {
            command.addAll(List.of("-cp", classPath(), main));
        }
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** The test's own module path: what our modules require, and no library of the tests. */
    private static String modulePath() {
        String path = System.getProperty("jdk.module.path");
        if (path == null) {
            throw new IllegalStateException("this test does not run on a module path");
        }
        Stream<String> silent = entries("java.class.path").filter(entry -> entry.contains("slf4j-nop"));
        return Stream.concat(Stream.of(path), silent).collect(Collectors.joining(File.pathSeparator));
    }

    private static String classPath() {
        String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
        return Stream.concat(Stream.of(tests), Stream.concat(entries("jdk.module.path"), entries("java.class.path")))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> entries(String property) {
        return Stream.of(System.getProperty(property, "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty());
    }
}
