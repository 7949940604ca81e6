package org.osistack.application.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osistack.application.ForeignText;
import org.osistack.application.facade.Connection;
import org.osistack.application.http.HttpClient;
import org.osistack.application.http.HttpDissector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi http}: fetches one thing from a web server. */
@Command(
        name = "http",
        description = "Fetch from a web server, to standard output or a file.",
        footer = {
            "",
            "Examples:",
            "  osi http bob",
            "  osi http bob/notes.txt -o notes.txt",
            "  osi http --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24 -r 0-99 10.4.0.1:8080/big"
        })
final class HttpCommand extends OsiCommand {
    private static final Pattern URL = Pattern.compile("(?:http://)?([^/:?#\\s]+)(?::([0-9]{1,5}))?([/?][!-~]*)?");
    private static final int PORT = 80;

    @Mixin
    private HostOptions hostOptions;

    @Parameters(paramLabel = "HOST[:PORT][/PATH]", description = "What to fetch.")
    private String url;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file; it gets its name when it is whole.")
    private Path output;

    @Option(
            names = {"-r", "--range"},
            paramLabel = "FIRST-LAST",
            description = "Fetch only these octets, counted from 0.")
    private String range;

    @Option(
            names = {"-I", "--head"},
            description = "Fetch only what is known of it, not the content.")
    private boolean headOnly;

    @Override
    public Integer call() {
        Matcher parts = URL.matcher(url);
        int port = parts.matches() && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : PORT;
        if (!parts.matches() || port < 1 || port > 0xffff) {
            throw usage(url + " is not of the form HOST[:PORT][/PATH]");
        }
        if (range != null && !range.matches("[0-9]+-[0-9]*|-[0-9]+")) {
            throw usage(range + " is not a range such as 0-99, 100- or -100");
        }
        String path = parts.group(3) == null ? "/" : parts.group(3);
        try (RunningHost running = hostOptions.open("alice", Preset.INTERNET, HttpDissector::new)) {
            running.awaitAddress();
            try (Connection connection = running.system().connect(parts.group(1), port)) {
                HttpClient client = new HttpClient(connection.input(), connection.output());
                client.request(
                        headOnly ? "HEAD" : "GET",
                        parts.group(1) + (port == PORT ? "" : ":" + port),
                        path.startsWith("/") ? path : "/" + path,
                        range == null ? null : "bytes=" + range);
                return receive(client);
            } catch (IOException e) {
                throw running.failure(e);
            }
        }
    }

    private int receive(HttpClient client) throws IOException {
        boolean good = client.status() / 100 == 2;
        if (headOnly) {
            out().println(ForeignText.harmless(client.statusLine()));
            for (String name : new String[] {"Content-Type", "Content-Length", "Last-Modified", "ETag", "Location"}) {
                if (client.field(name) != null) {
                    out().println(ForeignText.harmless(name + ": " + client.field(name)));
                }
            }
        } else if (!good) {
            throw new CommandFailure(ForeignText.harmless(
                    "the server says " + client.statusLine().substring(9)
                            + (client.field("Location") == null ? "" : ", see " + client.field("Location"))));
        } else if (output == null) {
            client.readContent(System.out);
            if (System.out.checkError()) { // which flushes, too
                throw new IOException("cannot write to the standard output");
            }
        } else {
            save(client);
        }
        return good ? Main.SUCCESS : Main.FAILURE;
    }

    private void save(HttpClient client) throws IOException {
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try {
            long length;
            try (OutputStream file = Files.newOutputStream(part)) {
                length = client.readContent(file);
            }
            Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
            err().println(output + ": " + length + " octets");
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
