package org.osistack.application.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/**
 * {@code osi warm-up}: touches the classes that most commands need, so that the launcher can archive them for the starts
 * to come.
 */
@Command(name = "warm-up", hidden = true, description = "Touch the classes that most commands need.")
final class WarmUpCommand extends OsiCommand {
    @Override
    public Integer call() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Main.run(nowhere, nowhere, "help", "serve");
        Main.run(nowhere, nowhere, "stack", "--stack", "internet");
        Main.run(nowhere, nowhere, "stack");
        Main.run(nowhere, nowhere, "demo");
        return Main.SUCCESS;
    }
}
