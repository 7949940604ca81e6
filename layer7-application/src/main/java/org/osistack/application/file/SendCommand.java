package org.osistack.application.file;

import java.nio.file.Path;
import org.osistack.application.AssociationService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code osi send}: a file or folder to a server. */
@Command(
        name = "send",
        description = "Send a file or folder to a host that serves 'file'.",
        footer = {
            "",
            "It arrives whole, checked by its SHA-256, or not at all.",
            "",
            "Examples:",
            "  osi send bob report.pdf",
            "  osi send 10.4.0.1 photos --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24"
        })
public final class SendCommand extends TransferCommand {
    @Parameters(index = "1", paramLabel = "PATH", description = "The file or folder to send.")
    private Path path;

    @Override
    FileClient begin(Host host, AssociationService associations, NetworkAddress address, TransferListener listener) {
        return FileClient.send(host, associations, address, path, listener);
    }

    @Override
    String verb() {
        return "sent";
    }
}
