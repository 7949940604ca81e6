package org.osistack.application.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code osi completion}: a script that lets the shell complete what is typed. */
@Command(
        name = "completion",
        description = "Print a script that lets bash or zsh complete commands and options.",
        footer = {"", "Example:", "  source <(osi completion)"})
final class CompletionCommand extends OsiCommand {
    @Override
    public Integer call() {
        out().print(AutoComplete.bash("osi", Main.commandLine()));
        out().flush();
        return Main.SUCCESS;
    }
}
