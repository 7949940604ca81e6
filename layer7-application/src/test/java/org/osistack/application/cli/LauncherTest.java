package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code osi} in a project that is not there, with a Maven and a Java that only write down their calls. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String MAIN = "org.osistack.application/org.osistack.application.cli.Main";

    @TempDir
    private Path temporary;

    private Path project;
    private Path tools;
    private Path jdk;
    private Path calls;
    private String errors;

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectory(temporary.resolve("my project"));
        tools = Files.createDirectory(temporary.resolve("bin"));
        jdk = temporary.resolve("jdk 17");
        calls = temporary.resolve("calls");
        Files.copy(Path.of("..", "osi"), project.resolve("osi"));
        Files.writeString(project.resolve("pom.xml"), "");
        for (String layer : List.of("layer1-physical", "layer7-application")) {
            Files.createDirectories(project.resolve(layer).resolve("src/main/java"));
            Files.writeString(project.resolve(layer).resolve("pom.xml"), "");
            Files.writeString(project.resolve(layer).resolve("src/main/java/A.java"), "");
        }
        for (String command :
                List.of("cat", "dirname", "readlink", "find", "head", "mkdir", "rm", "mv", "grep", "sed", "sleep")) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(folder, command);
                if (Files.exists(real) && !Files.exists(tools.resolve(command))) {
                    script(tools.resolve(command), "exec " + real + " \"$@\"");
                }
            }
        }
        installJava("17.0.15");
        installMaven("mkdir -p layer7-application/target/osi/lib; echo '[INFO] BUILD SUCCESS'");
    }

    private void installJava(String version) throws IOException {
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/java"), "printf '<%s>' java \"$@\" >> '" + calls + "'; echo >> '" + calls + "'");
        script(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private void installMaven(String body) throws IOException {
        script(tools.resolve("mvn"), "echo \"mvn $*\" >> '" + calls + "'\n" + body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String... arguments) throws Exception {
        return run(project.resolve("osi"), Map.of("JAVA_HOME", jdk.toString()), arguments);
    }

    private int run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        Files.deleteIfExists(calls);
        File output = temporary.resolve("output").toFile();
        Process process =
                builder.redirectErrorStream(true).redirectOutput(output).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        errors = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        return process.exitValue();
    }

    private List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void buildsThenPreparesFastStartsThenRuns() throws Exception {
        assertThat(run("chat", "a b", "--name", "it's")).as(errors).isZero();

        Path osi = project.toRealPath().resolve("layer7-application/target/osi");
        assertThat(calls()).hasSize(3);
        assertThat(calls().get(0))
                .startsWith("mvn ")
                .contains("-Dmaven.test.skip=true")
                .endsWith(" package");
        assertThat(calls().get(1))
                .contains("<-XX:ArchiveClassesAtExit=" + osi + "/classes-17.0.15.jsa>")
                .endsWith("<-p><" + osi + "/lib><-m><" + MAIN + "><warm-up>");
        assertThat(calls().get(2))
                .startsWith("<java><-XX:+UseSerialGC>")
                .contains("<-XX:TieredStopAtLevel=1>")
                .doesNotContain("--enable-native-access")
                .endsWith("<-p><" + osi + "/lib><-m><" + MAIN + "><chat><a b><--name><it's>");
        assertThat(errors).isEmpty();
    }

    @Test
    void buildsNothingWhenNothingHasChanged() throws Exception {
        run("stack");
        Files.writeString(project.resolve("layer7-application/target/osi/classes-17.0.15.jsa"), "archive");

        assertThat(run("serve", "http")).isZero();

        assertThat(calls()).hasSize(1);
        assertThat(calls().get(0))
                .contains("/classes-17.0.15.jsa><-p>")
                .doesNotContain("TieredStopAtLevel")
                .endsWith("<serve><http>");
    }

    @Test
    void buildsAgainWhenASourceHasChangedOrIsGone() throws Exception {
        run("stack");
        Path source = project.resolve("layer1-physical/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("stack");
        assertThat(calls().get(0)).startsWith("mvn ");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(100)));
        run("stack");
        run("stack");
        assertThat(calls()).hasSize(1);

        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
        run("stack");
        assertThat(calls().get(0)).startsWith("mvn ");
    }

    @Test
    void showsWhyABuildFailedAndRunsNothing() throws Exception {
        installMaven("echo '[INFO] Building'; echo '[ERROR] A.java:[1,1] something wrong'; exit 1");

        assertThat(run("stack")).isEqualTo(1);

        assertThat(errors).contains("[ERROR] A.java:[1,1] something wrong", "osi: the build failed", "build.log");
        assertThat(calls()).noneMatch(call -> call.startsWith("<java>"));
        assertThat(run("stack")).as("it is not taken for built").isEqualTo(1);
    }

    @Test
    void saysHowToGetAMavenThatIsNewEnough() throws Exception {
        installMaven("[ \"$1\" = -v ] && echo 'Apache Maven 3.6.3 (x)'; exit 1");
        assertThat(run("stack")).isEqualTo(1);
        assertThat(errors).contains("osi: this Maven is too old: install 3.8.7 or newer");

        Files.delete(tools.resolve("mvn"));
        assertThat(run("stack")).isEqualTo(1);
        assertThat(errors).contains("osi: Maven is missing", "sudo apt install maven");
    }

    @Test
    void saysHowToGetAJavaThatIsNewEnough() throws Exception {
        installJava("11.0.2");
        assertThat(run("stack")).isEqualTo(1);
        assertThat(errors).contains("osi: Java 11.0.2 is too old", "JDK 17 or newer");

        assertThat(run(project.resolve("osi"), Map.of("JAVA_HOME", "/nonsense"), "stack"))
                .isEqualTo(1);
        assertThat(errors).contains("osi: JAVA_HOME is /nonsense, and there is no bin/java in it");

        assertThat(run(project.resolve("osi"), Map.of(), "stack")).isEqualTo(1);
        assertThat(errors).contains("osi: Java is missing", "openjdk-17-jdk");

        installJava("17");
        Files.delete(jdk.resolve("bin/javac"));
        assertThat(run("stack")).isEqualTo(1);
        assertThat(errors).contains("Set JAVA_HOME to a JDK, not a JRE");
    }

    @Test
    void findsItsProjectThroughALinkAndJavaOnThePath() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("osi"), project.resolve("osi"));
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        Files.createSymbolicLink(tools.resolve("javac"), jdk.resolve("bin/javac"));

        assertThat(run(link, Map.of(), "stack")).as(errors).isZero();

        assertThat(calls().get(2)).contains("/my project/layer7-application/target/osi/lib>");
    }

    @Test
    void putsModulesOfOthersOnTheModulePath() throws Exception {
        Files.createDirectory(project.resolve("plugins"));

        run("stack");

        assertThat(calls().get(2)).contains("/osi/lib:" + project.toRealPath() + "/plugins>");
    }

    @Test
    void allowsNativeAccessWhereJavaWantsToBeAsked() throws Exception {
        installJava("25.0.3");

        run("stack");

        assertThat(calls().get(2)).contains("<--enable-native-access=com.sun.jna>");
    }

    @Test
    void buildsOnceWhenTwoStartTogether() throws Exception {
        installMaven("sleep 1; mkdir -p layer7-application/target/osi/lib; echo '[INFO] BUILD SUCCESS'");
        Process[] starts = new Process[3];
        for (int i = 0; i < starts.length; i++) {
            ProcessBuilder builder =
                    new ProcessBuilder("/bin/sh", project.resolve("osi").toString(), "stack");
            builder.environment().clear();
            builder.environment().put("PATH", tools.toString());
            builder.environment().put("JAVA_HOME", jdk.toString());
            starts[i] = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        for (Process start : starts) {
            assertThat(start.waitFor()).isZero();
        }

        assertThat(calls()).filteredOn(call -> call.startsWith("mvn ")).hasSize(1);
        assertThat(calls()).filteredOn(call -> call.endsWith("<stack>")).hasSize(3);
        assertThat(project.resolve("layer7-application/target/osi.lock")).doesNotExist();
    }

    @Test
    void takesTheLockOfAStartThatWasKilled() throws Exception {
        Path lock = Files.createDirectories(project.resolve("layer7-application/target/osi.lock"));
        Files.writeString(lock.resolve("pid"), "999999999");

        assertThat(run("stack")).isZero();
    }
}
