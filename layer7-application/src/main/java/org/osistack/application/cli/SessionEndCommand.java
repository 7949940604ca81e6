package org.osistack.application.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi session end}: ends a session of one of this user's servers, or of a server on another host. */
@Command(
        name = "end",
        description =
                "End a session of a server that you have running on this machine, or of the server on another host: by a "
                        + "release, to which the peer has to agree within 10 s, or by an abort.",
        footer = {
            "",
            "On another host you have to be a user with the right of an operator ('osi user grant'). All options but",
            "--server and --abrupt are for that.",
            "",
            "Examples:",
            "  osi session end 3",
            "  osi session end 3 --server bob --abrupt",
            "  osi session end 3 bob --user carol"
        })
final class SessionEndCommand extends OsiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "Its number, as 'osi session list' has it.")
    private int number;

    @Parameters(index = "1", paramLabel = "HOST", arity = "0..1", description = "A name on the link, or an address.")
    private String host;

    @Mixin
    private OperatorOptions operator;

    @Option(names = "--server", paramLabel = "NAME", description = "The server, if there are several.")
    private String server;

    @Option(names = "--abrupt", description = "Abort it; what is under way is lost.")
    private boolean abrupt;

    @Override
    public Integer call() throws InterruptedException {
        if (number < 0) {
            throw usage(number + " is no number of a session");
        }
        if (host != null && server != null) {
            throw usage("--server is for servers on this machine, and " + host + " is another host");
        }
        if (host == null) {
            LocalServers servers = new LocalServers(ControlPlace.ofUser());
            out().print(servers.askOne(server, (abrupt ? SessionControl.END_ABRUPTLY : SessionControl.END) + number));
        } else {
            operator.end(host, number, abrupt);
            out().print("session " + number + " of " + host + (abrupt ? " was aborted\n" : " was released\n"));
        }
        out().flush();
        return Main.SUCCESS;
    }
}
