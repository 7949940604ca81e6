package org.osistack.application.bank;

import org.osistack.application.cli.OsiCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code osi bank}: a client of a bank. To add a subcommand, add its class. */
@Command(
        name = "bank",
        description = "Open accounts at a host that serves 'bank', and move money between them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OrderCommand.Open.class,
            OrderCommand.Deposit.class,
            OrderCommand.Withdraw.class,
            OrderCommand.Transfer.class,
            QuestionCommand.Balance.class,
            QuestionCommand.Statements.class
        },
        footer = {
            "",
            "Each order is done exactly once. If this process, or the bank's, is killed in the middle, type the same again:"
                    + " the order is finished, not given twice.",
            "",
            "Examples:",
            "  osi bank bob open giro 'Alice Miller'",
            "  osi bank bob deposit giro 1000 salary",
            "  osi bank bob transfer giro savings 12.50 'piggy bank'",
            "  osi bank bob statement giro 5",
        })
public final class BankCommand extends OsiCommand {
    @Parameters(index = "0", paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    String server() {
        return server;
    }

    @Override
    public Integer call() {
        throw usage("bank needs a command: open, deposit, withdraw, transfer, balance or statement");
    }
}
