package org.osistack.application.bank;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
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
         * Have an order done.
         *
         * @param told says what has been done, before it is forgotten that it was asked for
         */
        void order(Journal.Pending order, boolean isNew, Consumer<Answer> told) throws InterruptedException {
            Waiting waiting = new Waiting(told);
            system.call(() -> {
                client.order(order, isNew, waiting);
                return null;
            });
            waiting.statement();
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
            try {
                Answer heard = answer.get();
                if (heard.error() != null) {
                    throw new CommandFailure("not done: " + heard.sentence());
                }
                return heard.statement();
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
