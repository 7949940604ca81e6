package org.osistack.application.file;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code osi send}: files and folders to a server. */
@Command(
        name = "send",
        description = "Send files and folders to a host that serves 'file'.",
        footer = {
            "",
            "Each arrives whole, checked by its SHA-256, or not at all. What is interrupted, by Ctrl-C or a cut, goes on",
            "with the same command where it was; --discard gives it up.",
            "",
            "Examples:",
            "  osi send bob report.pdf",
            "  osi send bob photos letters.txt --checkpoint-interval 256k",
            "  osi send 10.4.0.1 photos --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24"
        })
public final class SendCommand extends TransferCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "The files and folders to send.")
    private List<Path> paths;

    @Override
    Errand errand() {
        return Errand.send(paths);
    }

    @Override
    String verb() {
        return "sent";
    }
}
