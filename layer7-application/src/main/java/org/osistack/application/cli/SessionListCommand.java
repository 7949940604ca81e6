package org.osistack.application.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi session list}: the sessions of this user's servers, or of a server on another host. */
@Command(
        name = "list",
        description =
                "List the sessions of the servers ('osi serve') that you have running on this machine, or of the server on "
                        + "another host: who, since when, in which state, with which tokens and serial numbers.",
        footer = {
            "",
            "On another host you have to be a user with the right of an operator ('osi user grant'). All options but",
            "--server and --json are for that.",
            "",
            "Examples:",
            "  osi session list",
            "  osi session list --server bob --json",
            "  osi session list bob --user carol"
        })
final class SessionListCommand extends OsiCommand {
    @Parameters(paramLabel = "HOST", arity = "0..1", description = "A name on the link, or an address.")
    private String host;

    @Mixin
    private OperatorOptions operator;

    @Option(names = "--server", paramLabel = "NAME", description = "Only those of this server on this machine.")
    private String server;

    @Option(names = "--json", description = "Write a line of JSON for each server.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (host == null) {
            listLocal();
        } else if (server != null) {
            throw usage("--server is for servers on this machine, and " + host + " is another host");
        } else {
            OperatorOptions.Answer answer = operator.list(host);
            out().print(
                            json
                                    ? SessionTable.json(answer.server(), answer.sessions())
                                    : SessionTable.table(answer.sessions()));
        }
        out().flush();
        return Main.SUCCESS;
    }

    private void listLocal() {
        LocalServers servers = new LocalServers(ControlPlace.ofUser());
        Map<String, String> answers = servers.askAll(server, json ? SessionControl.LIST_JSON : SessionControl.LIST);
        answers.forEach((name, answer) -> {
            if (!json && answers.size() > 1) {
                out().println(name + ":");
            }
            out().print(answer);
        });
    }
}
