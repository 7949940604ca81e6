package org.osistack.application.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osi session list}: the sessions of this user's servers. */
@Command(
        name = "list",
        description = {
            "List the sessions of the servers ('osi serve') that you have running on this machine:",
            "who, since when, in which state, with which tokens and serial numbers."
        },
        footer = {"", "Examples:", "  osi session list", "  osi session list --server bob --json"})
final class SessionListCommand extends OsiCommand {
    @Option(names = "--server", paramLabel = "NAME", description = "Only those of this server.")
    private String server;

    @Option(names = "--json", description = "Write a line of JSON for each server.")
    private boolean json;

    @Override
    public Integer call() {
        LocalServers servers = new LocalServers(ControlPlace.ofUser());
        Map<String, String> answers = servers.askAll(server, json ? SessionControl.LIST_JSON : SessionControl.LIST);
        answers.forEach((name, answer) -> {
            if (!json && answers.size() > 1) {
                out().println(name + ":");
            }
            out().print(answer);
        });
        out().flush();
        return Main.SUCCESS;
    }
}
