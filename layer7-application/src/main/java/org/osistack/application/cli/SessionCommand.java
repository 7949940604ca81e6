package org.osistack.application.cli;

import org.osistack.application.cut.CompareCommand;
import org.osistack.application.cut.CutEverywhereCommand;
import org.osistack.application.cut.RunCommand;
import picocli.CommandLine.Command;

/** {@code osi session}: what concerns dialogues and their recovery. To add a subcommand, add its class. */
@Command(
        name = "session",
        description = "Dialogues: which there are, their rules, and what becomes of them when they are cut.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SessionListCommand.class,
            SessionEndCommand.class,
            CutEverywhereCommand.class,
            RunCommand.class,
            CompareCommand.class,
            StateTableCommand.class
        },
        footer = {
            "",
            "'osi session COMMAND --help' tells about a command.",
            "",
            "Examples:",
            "  osi session list",
            "  osi session cut-everywhere chat",
            "  osi session run chat --cut-at 'alice>CN'",
            "  osi session table --state 713 --event FN"
        })
final class SessionCommand extends OsiCommand {
    @Override
    public Integer call() {
        throw usage("session needs a command: list, end, cut-everywhere, run, compare or table");
    }
}
