package org.osistack.application.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files that tests transfer. */
final class TestFiles {
    private TestFiles() {}

    /** Write a file of that size; files of the same size have the same octets. */
    static Path file(Path path, int size) throws IOException {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return Files.write(path, octets);
    }

    /** The paths of all that is below a folder, relative to it, sorted. */
    static List<String> paths(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
