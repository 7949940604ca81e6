package org.osistack.application.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.StateFolder;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.security.Credentials;
import org.osistack.application.security.Identity;
import org.osistack.application.security.Ticket;
import org.osistack.application.store.StoreException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the two commands that transfer files have in common. */
abstract class TransferCommand extends OsiCommand {
    private static final String TICKETS = "tickets";
    private static final String NAME = "alice";

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "OCTETS",
            defaultValue = "64k",
            description = "How far apart checkpoints are, a multiple of 1k; 0 leaves it to the server (default:"
                    + " ${DEFAULT-VALUE}).")
    private String interval;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many checkpoints may be unconfirmed (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long to look for a server that is lost in the middle (default: ${DEFAULT-VALUE}).")
    private String patience;

    @Option(
            names = "--store",
            paramLabel = "FOLDER",
            description = "Where to remember how far it is, so that the same command can go on with it after it was"
                    + " interrupted (default: ~/.local/state/osistack/NAME).")
    private Path store;

    @Option(names = "--discard", description = "Give up, on both sides, what the same command without this has begun.")
    private boolean discard;

    @Parameters(index = "0", paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    /** What is asked for. */
    abstract Errand errand();

    /** What has been done when it is done, such as {@code sent}. */
    abstract String verb();

    @Override
    public final Integer call() throws InterruptedException {
        FileSettings settings = settings();
        Ledger ledger = ledger();
        try {
            call(settings, ledger);
            return 0;
        } finally {
            ledger.close();
        }
    }

    private FileSettings settings() {
        try {
            Options options = new Options("", null, Map.of("checkpoint-interval", interval, "patience", patience));
            long octets = options.octets("checkpoint-interval", 0, 0, FileSettings.MAX_INTERVAL);
            return new FileSettings((int) octets, window, options.nanos("patience", java.time.Duration.ZERO));
        } catch (IllegalArgumentException | ConfigurationException e) {
            throw usage(e.getMessage());
        }
    }

    /** The ledger that was asked for; one of this process if another has it. */
    private Ledger ledger() {
        Path folder = store != null ? store : StateFolder.of(hostOptions.name(NAME));
        try {
            try {
                return Ledger.open(folder, complaint -> err().println(complaint));
            } catch (StoreException | IOException e) {
                err().println(e.getMessage() + ": what is begun now can be resumed only while this command runs");
                return Ledger.ofProcess(null, complaint -> err().println(complaint));
            }
        } catch (StoreException | IOException e) {
            throw new CommandFailure("there is no place to remember transfers: " + e.getMessage(), e);
        }
    }

    private void call(FileSettings settings, Ledger ledger) throws InterruptedException {
        Credentials credentials = userOptions.ask(user -> ticket(ledger, user));
        try (RunningHost running = hostOptions.open(NAME, Preset.ISO_ON_TCP, FileDissector::new)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            if (credentials instanceof Identity identity) {
                system.call(() -> {
                    identity.onTicket(ticket -> ledger.put(TICKETS, key(identity.user()), ticket.toOctets()));
                    return null;
                });
            }
            boolean isReliable = system.call(() -> RtseService.isPossibleOver(system.associations()));
            if (isReliable) {
                Disk disk = new Disk(system.host());
                ledger.use(disk);
                Setting setting = new Setting(
                        system.host(), system.associations(), address, server, disk, ledger, false, settings);
                run(system, listener -> reliable(setting, listener));
                disk.close();
            } else if (discard) {
                throw new CommandFailure("there is nothing to discard: this stack's session layer has no activities");
            } else if (!errand().isSending()) {
                run(
                        system,
                        listener -> FileClient.get(
                                system.host(),
                                system.associations(),
                                address,
                                errand().wanted(),
                                errand().destination(),
                                listener));
            } else {
                for (Path source : errand().sources()) {
                    run(
                            system,
                            listener ->
                                    FileClient.send(system.host(), system.associations(), address, source, listener));
                }
            }
        }
    }

    private FileClient reliable(Setting setting, TransferListener listener) {
        return discard
                ? ReliableClient.discard(setting, errand(), listener)
                : ReliableClient.start(setting, errand(), listener);
    }

    /** The ticket to go on with what was interrupted; null if there is none, or nothing to go on with. */
    private Ticket ticket(Ledger ledger, String user) {
        Octets kept = ledger.get(TICKETS, key(user));
        boolean isKnown = errand().job(ledger, server).state() != null;
        return kept == null || !isKnown ? null : Ticket.of(kept);
    }

    private String key(String user) {
        return Digests.shortName(server + "\n" + user);
    }

    private interface Beginning {
        FileClient begin(TransferListener listener);
    }

    /** Begin it, on the host's thread, and wait for its end. */
    private void run(OpenSystem system, Beginning beginning) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (ConsoleListener listener = new ConsoleListener(verb(), err(), System.console() != null && !discard)) {
            FileClient client = system.call(() -> {
                FileClient begun = beginning.begin(listener);
                begun.whenFinished(over::countDown);
                return begun;
            });
            system.onClose(client::interrupt);
            String outcome = listener.outcome().get();
            over.await();
            out().println(discard ? "nothing is left of it on either side" : outcome);
            out().flush();
            system.call(() -> {
                client.told();
                return null;
            });
        } catch (ExecutionException e) {
            throw new CommandFailure("not " + verb() + ": " + e.getCause().getMessage(), e);
        }
    }
}
