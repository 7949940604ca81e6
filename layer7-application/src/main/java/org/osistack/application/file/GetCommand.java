package org.osistack.application.file;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code osi get}: a file or folder from a server. */
@Command(
        name = "get",
        description = "Get a file or folder from a host that serves 'file'.",
        footer = {
            "",
            "It arrives whole, checked by its SHA-256, or not at all. What is interrupted goes on with the same command.",
            "",
            "Examples:",
            "  osi get bob report.pdf",
            "  osi get bob photos/2026 ~/Pictures"
        })
public final class GetCommand extends TransferCommand {
    @Parameters(index = "1", paramLabel = "PATH", description = "The file or folder, inside the folder that is served.")
    private String path;

    @Parameters(
            index = "2",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where to put it (default: here).")
    private Path folder;

    @Override
    Errand errand() {
        return Errand.get(path, folder);
    }

    @Override
    String verb() {
        return "received";
    }
}
