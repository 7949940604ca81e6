package org.osistack.application.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.osistack.application.cli.OsiCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osi demo}: two hosts in one process, and what happens between them. */
@Command(
        name = "demo",
        description = "Watch a chat line and a file go down seven layers, across a link, and up again.",
        footer = {
            "",
            "Two hosts, alice and bob, on a virtual Ethernet, in virtual time: nothing leaves this process.",
            "",
            "Examples:",
            "  osi demo",
            "  osi demo --say 'How do you do?' --seed 7"
        })
public final class DemoCommand extends OsiCommand {
    private static final int FILE_SIZE = 1_000_000;

    @Option(
            names = "--say",
            paramLabel = "TEXT",
            defaultValue = "Hello, Bob",
            description = "What alice says (default: ${DEFAULT-VALUE}).")
    private String text;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Makes all chances; the same seed gives the same octets (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        if (text.isBlank() || text.length() > 1000) {
            throw usage("alice says something of 1 to 1000 characters");
        }
        try {
            Path folder = Files.createTempDirectory("osi-demo");
            try {
                new Demo(out(), new Paint(isColoured()), seed, folder).run(text, FILE_SIZE);
            } finally {
                delete(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
