package org.osistack.application.file;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osistack.application.AssociationService;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseListener;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** The server by reliable transfer: one {@link ReliableServerPeer} for each association, also for those that were cut. */
final class ReliableServer implements RtseListener {
    private static final String SERVED = "served";
    private static final int MAX_CONNECTED = 100;
    private static final int MAX_WAITING = 1000;
    private static final long MAX_ITEMS = 1_000_000;

    private final Host host;
    private final Path folder;
    private final Disk disk;
    private final Ledger ledger;
    private final Consumer<String> log;
    private final Set<ReliableServerPeer> connected = new LinkedHashSet<>();
    private final Set<ReliableServerPeer> waiting = new LinkedHashSet<>(); // those that were cut; the longest first

    private Runnable onItem = () -> {};

    ReliableServer(Host host, Path folder, Disk disk, Ledger ledger, Consumer<String> log) {
        this.host = host;
        this.folder = folder;
        this.disk = disk;
        this.ledger = ledger;
        this.log = log;
        forgetOrphans();
    }

    /**
     * A process may have been killed when RTSE had forgotten an association, and the server had not. Nor is an association
     * missed by which nothing has come yet: its client may have been killed before it knew of it, and begins anew if not.
     */
    private void forgetOrphans() {
        ledger.all().stream()
                .filter(state -> !state.isInitiator() && state.isUnused())
                .forEach(ledger::remove);
        Set<String> known = ledger.all().stream()
                .filter(state -> !state.isInitiator())
                .map(state -> Ledger.keyOf(state.association()))
                .collect(Collectors.toSet());
        for (String key : ledger.keys(SERVED, "")) {
            if (!known.contains(key)) {
                ledger.remove(SERVED, key);
            }
        }
        ledger.commit();
    }

    /** Serve these associations. */
    void attach(AssociationService associations) {
        new RtseService(host, associations, ledger, FileSettings.ofServer(), FileApplication.clock(host))
                .attach(FileApplication.CONTEXT, this);
    }

    /** Be told of each item that has arrived. */
    void onItem(Runnable listener) {
        onItem = listener;
    }

    void itemReceived() {
        onItem.run();
    }

    Host host() {
        return host;
    }

    Path folder() {
        return folder;
    }

    Disk disk() {
        return disk;
    }

    Ledger ledger() {
        return ledger;
    }

    Consumer<String> log() {
        return log;
    }

    @Override
    public ReliableTransferUser openIndication(ReliableTransfer transfer, DialogueMode mode, Octets userData) {
        FileApdu apdu = FileApdu.parse(userData);
        try {
            if (connected.size() >= MAX_CONNECTED) {
                throw new TransferException(FileApdu.Reason.BUSY, MAX_CONNECTED + " transfers are under way");
            }
            if (transfer.association() == null) {
                throw new TransferException(
                        FileApdu.Reason.NOT_ALLOWED,
                        "the association has no name of its own by which it could be gone on with");
            }
            ReliableServerPeer peer = peer(transfer, mode, apdu);
            ledger.put(SERVED, Ledger.keyOf(transfer.association()), apdu.toOctets());
            connected.add(peer);
            peer.begin();
            return peer;
        } catch (TransferException e) {
            transfer.openRefusal(e.getMessage(), new FileApdu.Refuse(e.reason(), e.getMessage()).toOctets());
            return null;
        }
    }

    private ReliableServerPeer peer(ReliableTransfer transfer, DialogueMode mode, FileApdu apdu)
            throws TransferException {
        if (apdu instanceof FileApdu.Offer offer) {
            if (offer.items() > MAX_ITEMS) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "an offer that is not allowed");
            }
            return ReliableServerPeer.receiving(this, transfer, offer);
        } else if (apdu instanceof FileApdu.Ask ask && mode == DialogueMode.TWO_WAY_ALTERNATE) {
            if (!ItemPath.isSafe(ask.path())) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "that path is not allowed");
            }
            return ReliableServerPeer.sending(this, transfer, ask, Outbox.inside(folder, ask.path()));
        }
        throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "neither an offer nor a question");
    }

    @Override
    public ReliableTransferUser recoverIndication(ReliableTransfer transfer, TransferState state) {
        Octets served = ledger.get(SERVED, Ledger.keyOf(state.association()));
        if (served == null || connected.size() >= MAX_CONNECTED) {
            return null;
        }
        try {
            ReliableServerPeer peer = peer(transfer, state.mode(), FileApdu.parse(served));
            peer.restore(state);
            connected.add(peer);
            return peer;
        } catch (TransferException e) {
            log.accept("cannot go on with a transfer: " + e.getMessage());
            return null;
        }
    }

    /** A peer is lost, and may come again. */
    void lost(ReliableServerPeer peer) {
        connected.remove(peer);
        waiting.add(peer);
        if (waiting.size() > MAX_WAITING) {
            Iterator<ReliableServerPeer> longest = waiting.iterator();
            host.loop().defer(longest.next()::giveUp);
            longest.remove();
        }
    }

    /** A peer has come again. */
    void found(ReliableServerPeer peer) {
        waiting.remove(peer);
        connected.add(peer);
    }

    /** An association is over, and forgotten. */
    void ended(ReliableServerPeer peer, ReliableTransfer transfer) {
        connected.remove(peer);
        waiting.remove(peer);
        ledger.remove(SERVED, Ledger.keyOf(transfer.association()));
        ledger.commitSoon();
    }

    /** The process is killed: let go of what is open, and write nothing. */
    void letGo() {
        ledger.close();
        connected.forEach(ReliableServerPeer::leave);
        waiting.forEach(ReliableServerPeer::leave);
    }
}
