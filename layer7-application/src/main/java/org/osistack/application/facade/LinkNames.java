package org.osistack.application.facade;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osistack.application.naming.MulticastDns;
import org.osistack.core.NetworkAddress;
import org.osistack.core.management.AddressManagement;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationService;

/** How a system is known on its link, and knows others there: by addresses, and by names if it has multicast DNS. */
final class LinkNames {
    private static final Duration NAME_LIMIT = Duration.ofSeconds(10);

    private final OpenSystem system;
    private MulticastDns naming; // null for no names

    LinkNames(OpenSystem system) {
        this.system = system;
    }

    /** Claim the host's name by these datagrams, and find others from now on. On the host's thread. */
    void claim(ConnectionlessPresentation datagrams) {
        naming = new MulticastDns(
                system.host(), datagrams, system.host().name(), system.stack().management(AddressManagement.class));
        naming.start();
    }

    /** As {@link OpenSystem#name}. */
    String own() {
        return naming == null ? system.host().name() : system.call(naming::name);
    }

    /** As {@link OpenSystem#awaitAddress}. */
    NetworkAddress awaitAddress(Duration limit) throws IOException {
        AddressManagement addresses =
                system.stack().management(AddressManagement.class).orElse(null);
        if (addresses == null) {
            return null;
        }
        CompletableFuture<NetworkAddress> found = new CompletableFuture<>();
        system.thread()
                .execute(() -> addresses.watch((state, address) -> {
                    if (address != null) {
                        found.complete(address);
                    } else if (state == AddressManagement.State.CONFLICT) {
                        found.completeExceptionally(
                                new IOException("another host on the link has the address that this one was given"));
                    }
                }));
        return Waits.await(found, limit, "no address on the link after " + limit.toSeconds() + " s; is the link up?");
    }

    /** As {@link OpenSystem#awaitName}. */
    void awaitOwn() {
        if (naming != null) {
            CompletableFuture<Void> claimed = new CompletableFuture<>();
            system.thread().execute(() -> naming.whenClaimed(() -> claimed.complete(null)));
            claimed.completeOnTimeout(null, NAME_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }
    }

    /** As {@link OpenSystem#resolve}. */
    NetworkAddress resolve(String hostOrAddress) throws IOException {
        try {
            PresentationService service = system.hasPlain() ? system.plain() : system.presentation();
            return system.call(() -> service.parseAddress(hostOrAddress));
        } catch (IllegalArgumentException e) {
            if (naming == null) {
                throw new IOException(hostOrAddress + " is not an address, and there are no names without udp", e);
            }
        }
        CompletableFuture<NetworkAddress> found = new CompletableFuture<>();
        system.thread().execute(() -> naming.resolve(hostOrAddress, found::complete));
        String nobody = "nobody on the link answers to the name " + hostOrAddress;
        NetworkAddress address = Waits.await(found, NAME_LIMIT, nobody);
        if (address == null) {
            throw new IOException(nobody);
        }
        return address;
    }

    /** Give the name up. On the host's thread. */
    void close() {
        if (naming != null) {
            naming.close();
        }
    }
}
