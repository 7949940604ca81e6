package org.osistack.application.file;

import java.nio.file.Path;
import java.util.List;
import org.osistack.application.AssociationService;
import org.osistack.application.rtse.RtseService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;

/**
 * The client of the file application: one association for what is to be sent, or got. Where the session layer has
 * activities, it goes by reliable transfer, and survives cuts.
 */
public interface FileClient {
    /**
     * Send a file or folder. To be called on the host's thread.
     *
     * @param listener hears exactly once how it ended; {@link #isFinished()} says when the association is over too
     */
    static FileClient send(
            Host host, AssociationService service, NetworkAddress server, Path source, TransferListener listener) {
        return RtseService.isPossibleOver(service)
                ? ReliableClient.send(Setting.ofProcess(host, service, server), List.of(source), listener)
                : DirectClient.send(host, service, server, source, listener);
    }

    /**
     * Get a file or folder. To be called on the host's thread.
     *
     * @param wanted its path in the server's folder
     * @param destination the folder that it is to arrive in, under its own name
     * @param listener as for {@link #send}
     */
    static FileClient get(
            Host host,
            AssociationService service,
            NetworkAddress server,
            String wanted,
            Path destination,
            TransferListener listener) {
        return RtseService.isPossibleOver(service)
                ? ReliableClient.start(
                        Setting.ofProcess(host, service, server), Errand.get(wanted, destination), listener)
                : DirectClient.get(host, service, server, wanted, destination, listener);
    }

    /** Give up: the transfer is over at once, and nothing is left of what had not arrived. */
    void abort();

    /** End for now. Where the session layer has activities, the same can be gone on with later. */
    default void interrupt() {
        abort();
    }

    /** Whoever asked for it knows how it has ended: it can be forgotten. Only if the listener tells later. */
    default void told() {}

    /** Be told when the association is over; at once if it is. */
    void whenFinished(Runnable task);

    /** Whether the association is over, and the listener has heard how the transfer ended. */
    boolean isFinished();
}
