package org.osistack.application.shell;

import java.util.List;

/**
 * A program as the configuration names it.
 *
 * @param words the program, and the arguments that it gets always; no shell sees them
 * @param folder where it runs; empty for the server's own
 */
record Program(List<String> words, String folder) {
    Program {
        words = List.copyOf(words);
    }
}
