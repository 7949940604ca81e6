package org.osistack.application.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/**
 * What a test needs of the machine. Where it is missing the test is skipped with the reason; with the environment
 * variable {@code CI=true}, it fails instead, so that nobody takes a test for run that never was.
 */
public final class Needs {
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu");

    private Needs() {}

    /** The test needs to make network namespaces. */
    public static void namespaces() {
        that(isRoot(), "needs root, to make network namespaces");
        command("ip", "iproute2");
    }

    /** The test needs a command. */
    public static void command(String name, String debianPackage) {
        that(Commands.exists(name), "needs the command " + name + " (sudo apt install " + debianPackage + ")");
    }

    /** The test needs to open interfaces through libpcap. */
    public static void libpcap() {
        boolean there = LIBRARY_FOLDERS.stream()
                .anyMatch(folder -> Files.exists(Path.of(folder, "libpcap.so"))
                        || Files.exists(Path.of(folder, "libpcap.so.1"))
                        || Files.exists(Path.of(folder, "libpcap.so.0.8")));
        that(there, "needs libpcap (sudo apt install libpcap0.8)");
    }

    /** The test needs something else. */
    public static void that(boolean condition, String need) {
        if (!condition && "true".equals(System.getenv("CI"))) {
            throw new AssertionFailedError(need + "; CI has to have it");
        }
        assumeTrue(condition, need);
    }

    private static boolean isRoot() {
        return Commands.exists("id") && Commands.run("id", "-u").text().equals("0");
    }
}
