package org.osistack.application.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi session end}: ends a session of one of this user's servers. */
@Command(
        name = "end",
        description = {
            "End a session of a server that you have running on this machine: by a release,",
            "to which the peer has to agree within 10 s, or by an abort."
        },
        footer = {"", "Examples:", "  osi session end 3", "  osi session end 3 --server bob --abrupt"})
final class SessionEndCommand extends OsiCommand {
    @Parameters(paramLabel = "ID", description = "Its number, as 'osi session list' has it.")
    private int number;

    @Option(names = "--server", paramLabel = "NAME", description = "The server, if there are several.")
    private String server;

    @Option(names = "--abrupt", description = "Abort it; what is under way is lost.")
    private boolean abrupt;

    @Override
    public Integer call() {
        if (number < 0) {
            throw usage(number + " is no number of a session");
        }
        LocalServers servers = new LocalServers(ControlPlace.ofUser());
        out().print(servers.askOne(server, (abrupt ? SessionControl.END_ABRUPTLY : SessionControl.END) + number));
        out().flush();
        return Main.SUCCESS;
    }
}
