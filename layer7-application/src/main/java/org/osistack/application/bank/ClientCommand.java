package org.osistack.application.bank;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.osistack.application.ForeignText;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.rose.ApduMeter;
import org.osistack.application.security.Credentials;
import org.osistack.application.store.StoreException;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What all commands to a bank have in common. */
abstract class ClientCommand extends OsiCommand {
    @ParentCommand
    private BankCommand bank;

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where orders are kept until they are answered (${DEFAULT-VALUE}).")
    private String journalFile = "bank-journal.store";

    final String journalFile() {
        return journalFile;
    }

    final String server() {
        return bank.server();
    }

    /** What is done with a client. */
    interface Conversation {
        /** Hold it; waits for what it asks. */
        void hold(Asking asking) throws InterruptedException;
    }

    /** Something to do with the journal. */
    interface JournalTask<T> {
        T run() throws StoreException;
    }

    /** A client, on which one waits. */
    final class Asking {
        private final OpenSystem system;
        private final BankClient client;

        Asking(OpenSystem system, BankClient client) {
            this.system = system;
            this.client = client;
        }

        /** Do this on the host's thread, to which the journal belongs while there is a host. */
        <T> T onThread(JournalTask<T> task) {
            return system.call(() -> {
                try {
                    return task.run();
                } catch (StoreException e) {
                    throw new CommandFailure(e.getMessage(), e);
                }
            });
        }

        /** Ask something that changes nothing. */
        Statement ask(BankOperation operation, Question question) throws InterruptedException {
            Waiting waiting = new Waiting(answer -> {});
            system.call(() -> {
                client.ask(operation, question, waiting);
                return null;
            });
            return waiting.statement();
        }

        /**
         * Have an order done, or hear why it is not.
         *
         * @param told is given the answer before it is forgotten that it was asked for
         */
        Answer order(Journal.Pending order, boolean isNew, Consumer<Answer> told) throws InterruptedException {
            Waiting waiting = new Waiting(told);
            system.call(() -> {
                client.order(order, isNew, waiting);
                return null;
            });
            return waiting.answer();
        }
    }

    /**
     * Finish the order that a process before this one has given to the bank, and has not told the answer to.
     *
     * @return the order with its answer; null if there is none
     */
    final Finished finish(Journal journal, Asking asking) throws InterruptedException {
        Journal.Pending pending = asking.onThread(() -> journal.pending(server()));
        if (pending == null) {
            return null;
        }
        err().println("request " + pending.order().number() + " was not answered yet: " + pending.text()
                + "; it is finished now");
        return new Finished(pending, asking.order(pending, false, answer -> tell(pending, answer)));
    }

    /** An order and what became of it. */
    record Finished(Journal.Pending order, Answer answer) {}

    /** Say what has become of an order. */
    final void tell(Journal.Pending order, Answer answer) {
        if (answer.error() == null) {
            Statement now = answer.statement();
            out().println(order.done() + ForeignText.harmless(now.account()) + " has "
                    + BankApplication.money(now.balance()));
        } else {
            err().println("request " + order.order().number() + " is not done: "
                    + ForeignText.harmless(answer.sentence()));
        }
    }

    private final class Waiting implements BankClient.Listener {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final Consumer<Answer> told;

        Waiting(Consumer<Answer> told) {
            this.told = told;
        }

        @Override
        public void answered(Answer heard) {
            told.accept(heard);
            answer.complete(heard);
        }

        @Override
        public void gaveUp(String why, boolean isKept) {
            answer.completeExceptionally(new CommandFailure(why
                    + (isKept
                            ? "; the bank may have done it or not: type the same again, and it is finished once"
                            : "; nothing was ordered")));
        }

        @Override
        public void tryingAgain(String why) {
            err().println("no answer yet: " + why + "; trying again");
        }

        @Override
        public void notForgotten(String why) {
            err().println("the answer could not be noted, so the order will be asked for again, without harm: " + why);
        }

        Statement statement() throws InterruptedException {
            Answer heard = answer();
            if (heard.error() != null) {
                throw new CommandFailure("not done: " + heard.sentence());
            }
            return heard.statement();
        }

        Answer answer() throws InterruptedException {
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw new CommandFailure(e.getCause().getMessage(), e);
            }
        }
    }

    /**
     * Open a host and hold a conversation with the bank.
     *
     * @param journal null if nothing is ordered
     */
    final void hold(Journal journal, Conversation conversation) throws InterruptedException {
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, BankDissector::new)) {
            NetworkAddress address = running.resolve(server());
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            BankClient client = system.call(() -> new BankClient(
                    system.host(),
                    system.associations(),
                    InstantSource.system(),
                    address,
                    journal,
                    server(),
                    ApduMeter.NONE));
            system.onClose(client::abort);
            conversation.hold(new Asking(system, client));
            CompletableFuture<Void> closed = new CompletableFuture<>();
            system.call(() -> {
                client.close(() -> closed.complete(null));
                return null;
            });
            closed.join(); // the client gives up by itself
        }
    }
}
