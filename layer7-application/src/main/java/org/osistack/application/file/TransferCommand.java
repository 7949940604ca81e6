package org.osistack.application.file;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.osistack.application.AssociationService;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Credentials;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the two commands that transfer files have in common. */
abstract class TransferCommand extends OsiCommand {
    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Parameters(index = "0", paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    /** Begin the transfer, on the host's thread. */
    abstract FileClient begin(
            Host host, AssociationService associations, NetworkAddress address, TransferListener listener);

    /** What has been done when it is done, such as {@code sent}. */
    abstract String verb();

    @Override
    public final Integer call() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, FileDissector::new);
                ConsoleListener listener = new ConsoleListener(verb(), err(), System.console() != null)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            FileClient client = system.call(() -> {
                FileClient begun = begin(system.host(), system.associations(), address, listener);
                begun.whenFinished(over::countDown);
                return begun;
            });
            system.onClose(client::abort);
            String outcome = listener.outcome().get();
            over.await();
            out().println(outcome);
            return 0;
        } catch (ExecutionException e) {
            throw new CommandFailure("not " + verb() + ": " + e.getCause().getMessage(), e);
        }
    }
}
