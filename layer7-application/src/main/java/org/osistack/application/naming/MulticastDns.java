package org.osistack.application.naming;

import java.util.Optional;
import java.util.function.Consumer;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsName;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.management.AddressManagement;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;

/**
 * Multicast DNS (RFC 6762) for one host on one link: claims the host's name under {@code .local}, answers for it, and
 * finds other hosts by theirs.
 *
 * <p>Not part of it: names of services (RFC 6763), the known answers of a query that go on in further messages (§7.2),
 * and asking again before a record runs out (§5.2), since nobody here waits that long.
 */
public final class MulticastDns {
    /** The port of multicast DNS (RFC 6762 §3). */
    public static final int PORT = 5353;

    static final String GROUP = "224.0.0.251"; // RFC 6762 §3
    static final int LIFETIME = 255; // RFC 6762 §11

    private static final String DOMAIN = ".local";

    private final Host host;
    private final ConnectionlessPresentation datagrams;
    private final AddressManagement addresses; // null if the network has none
    private final Discards discards;
    private final PresentationAddress own = new PresentationAddress(null, PORT);
    private final PresentationAddress group;
    private final NameClaim claim;
    private final NameResolver resolver;
    private boolean open;

    /**
     * Make it; {@link #start} begins.
     *
     * @param wantedName without {@code .local}
     * @param addresses tells when the host has an address
     */
    public MulticastDns(
            Host host,
            ConnectionlessPresentation datagrams,
            String wantedName,
            Optional<? extends AddressManagement> addresses) {
        this.host = host;
        this.datagrams = datagrams;
        this.addresses = addresses.orElse(null);
        this.discards = host.discards(7, "MDNS");
        this.group = new PresentationAddress(datagrams.parseAddress(GROUP), PORT);
        this.claim = new NameClaim(host, wantedName, this::multicast, this::unicast);
        this.resolver = new NameResolver(host, this::multicast, datagrams::parseAddress);
    }

    /** Become the user of the port, and claim the name as soon as the host has an address. */
    public void start() {
        open = true;
        datagrams.attach(own, this::unitDataIndication);
        datagrams.joinGroup(group.host());
        if (addresses == null) {
            claim.addressIs(datagrams.sourceFor(group.host()));
        } else {
            addresses.watch((state, address) -> {
                if (open) {
                    claim.addressIs(address);
                }
            });
        }
    }

    /** The host's name without {@code .local}: the one it has, or is trying to get. */
    public String name() {
        return claim.name();
    }

    /** Run this, once, as soon as the name is the host's own; at once if it is already. */
    public void whenClaimed(Runnable task) {
        claim.whenClaimed(task);
    }

    /**
     * Find the host of that name.
     *
     * @param name with or without {@code .local}
     * @param found is given its address; null if nobody answers, or it cannot be a name on a link
     */
    public void resolve(String name, Consumer<NetworkAddress> found) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.regionMatches(true, bare.length() - DOMAIN.length(), DOMAIN, 0, DOMAIN.length())) {
            bare = bare.substring(0, bare.length() - DOMAIN.length());
        }
        if (!isHostName(bare)) {
            found.accept(null);
        } else if (bare.equalsIgnoreCase(claim.name()) && claim.address() != null) {
            found.accept(claim.address());
        } else {
            resolver.resolve(DnsName.of(bare + DOMAIN), found);
        }
    }

    /** How many other hosts' names are remembered. */
    int rememberedNames() {
        return resolver.cacheSize();
    }

    /** Whether it can be the name of a host on a link: one label (RFC 1123 §2.1 has its characters). */
    public static boolean isHostName(String text) {
        return text.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    }

    /** Tell the link that the name is free, and give the port back. */
    public void close() {
        if (open) {
            open = false;
            claim.giveUp();
            resolver.close();
            datagrams.leaveGroup(group.host());
            datagrams.detach(own);
        }
    }

    private void multicast(DnsMessage message) {
        datagrams.unitDataRequest(own, group, LIFETIME, message.emit(host.pool()));
    }

    private void unicast(PresentationAddress destination, DnsMessage message) {
        datagrams.unitDataRequest(own, destination, LIFETIME, message.emit(host.pool()));
    }

    private void unitDataIndication(PresentationAddress source, PresentationAddress destination, Pdu value) {
        DnsMessage message = DnsMessage.parse(value);
        if (message == null) {
            discards.drop(Discard.MALFORMED, value);
            return;
        }
        if (message.isResponse() && source.port() != PORT) { // RFC 6762 §6
            discards.drop(Discard.BAD_SOURCE, value);
            return;
        }
        value.release();
        if (message.isResponse()) {
            resolver.responseArrived(message);
            claim.responseArrived(message);
        } else {
            claim.queryArrived(source, message);
        }
    }
}
