package org.osistack.application.file;

import java.util.HashSet;
import java.util.Set;
import org.osistack.application.ForeignText;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;

/** The server's side of one association by reliable transfer. */
final class ReliableServerPeer implements ReliableTransferUser {
    private final ReliableServer server;
    private final ReliableTransfer transfer;
    private final String title; // of what is transferred, for a person
    private final FileApdu.Offer offer; // the client's, or the answer to its question
    private final Sending sending; // null when receiving
    private final Receiving receiving; // null when sending
    private final Set<Octets> sent = new HashSet<>(); // names of items
    private String peer = "";
    private boolean isReported;
    private boolean isOver;

    private ReliableServerPeer(
            ReliableServer server, ReliableTransfer transfer, String title, FileApdu.Offer offer, Outbox outbox) {
        this.server = server;
        this.transfer = transfer;
        this.title = ForeignText.harmless(title);
        this.offer = offer;
        this.peer = transfer.peer();
        sending = outbox == null ? null : new Sending(server.host(), server.disk(), outbox, new Sender());
        receiving = outbox != null
                ? null
                : new Receiving(
                        Parts.scope(false, transfer.association()),
                        server.folder(),
                        server.disk(),
                        server.ledger(),
                        new Receiver());
    }

    /** What a client offers. */
    static ReliableServerPeer receiving(ReliableServer server, ReliableTransfer transfer, FileApdu.Offer offer) {
        return new ReliableServerPeer(server, transfer, offer.path(), offer, null);
    }

    /** What a client asks for. */
    static ReliableServerPeer sending(
            ReliableServer server, ReliableTransfer transfer, FileApdu.Ask ask, Outbox outbox) {
        FileApdu.Offer offer = new FileApdu.Offer(outbox.name(), outbox.items(), outbox.octets());
        return new ReliableServerPeer(server, transfer, ask.path(), offer, outbox);
    }

    /** Accept, and begin. */
    void begin() {
        if (sending == null) {
            transfer.openResponse(new FileApdu.Accept().toOctets());
        } else {
            transfer.openResponse(offer.toOctets());
            server.host().loop().defer(() -> {
                if (!isOver) {
                    sending.begin(transfer);
                }
            });
        }
    }

    /** Go on after a restart, as soon as the association has recovered. */
    void restore(TransferState state) {
        if (sending != null) {
            sending.restore(state.sent());
        }
    }

    private final class Sender implements Sending.Owner {
        @Override
        public boolean isSent(FileApdu.Item item) {
            return sent.contains(ItemSource.nameOf(item.path()));
        }

        @Override
        public void sent(FileApdu.Item item) {
            sent.add(ItemSource.nameOf(item.path()));
        }

        @Override
        public void item(FileApdu.Item item) {}

        @Override
        public void progress(long confirmed, long handedOver) {}

        @Override
        public void onTheirWay(long octets) {}

        @Override
        public void notice(String sentence) {
            server.log().accept(sentence);
        }

        @Override
        public void allSent() {
            log("sent");
            isReported = true;
            transfer.turnGiveRequest();
        }

        @Override
        public void failed(TransferException why) {
            refuse(why);
        }
    }

    private final class Receiver implements Receiving.Owner {
        @Override
        public boolean isWanted(FileApdu.Item item) {
            return receiving.items() < offer.items();
        }

        @Override
        public void item(FileApdu.Item item) {}

        @Override
        public void progress(long octets) {}

        @Override
        public void failed(TransferException why) {
            server.host().loop().defer(() -> refuse(why)); // RTSE is in the middle of something
        }
    }

    private void log(String verb) {
        server.log()
                .accept(verb + " " + title + ", " + offer.octets() + " octets in " + offer.items()
                        + (offer.items() == 1 ? " item" : " items") + ", " + peer);
    }

    private void logFailure(String why) {
        if (!isReported) {
            isReported = true;
            server.log()
                    .accept("not " + (sending == null ? "received" : "sent") + ": " + title + ", " + peer + ": " + why);
        }
    }

    private void refuse(TransferException why) {
        if (!isOver) {
            transfer.userAbortRequest(new FileApdu.Refuse(why.reason(), why.getMessage()).toOctets());
            logFailure(why.getMessage());
            over();
        }
    }

    /** It has waited for long enough. */
    void giveUp() {
        refuse(new TransferException(FileApdu.Reason.BUSY, "too many others are waited for"));
    }

    private void over() {
        isOver = true;
        if (sending != null) {
            sending.close();
        }
        server.ended(this, transfer);
    }

    /** Let go of the file that is arriving. */
    void leave() {
        if (receiving != null) {
            receiving.leave();
        } else {
            sending.close();
        }
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return receiving == null ? null : receiving.sink(name, secured);
    }

    @Override
    public TransferSource source(TransferName name, Octets label) {
        return sending == null ? null : sending.source(label);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        if (receiving != null) {
            receiving.received();
            server.itemReceived();
        }
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        if (sending != null) {
            sending.confirm(transferred);
        }
    }

    @Override
    public void recovering(String detail) {
        server.lost(this);
        if (!isReported) {
            server.log().accept(title + ": " + peer + " is lost (" + detail + "), and may come again");
        }
    }

    @Override
    public void recovered() {
        server.found(this);
        peer = transfer.peer();
        if (!isReported) {
            server.log().accept(title + ": " + peer + " is there again");
        }
        if (sending != null) {
            sending.recovered(transfer);
        }
    }

    @Override
    public void closeIndication(Octets userData) {
        if (receiving != null) {
            isReported = true;
            log("received");
        }
        transfer.closeResponse(Octets.EMPTY);
        over();
    }

    @Override
    public void userAbortIndication(Octets userData) {
        logFailure(
                FileApdu.parse(userData) instanceof FileApdu.Refuse refuse
                        ? refuse.text()
                        : "the client has given it up");
        over();
    }

    @Override
    public void providerAbortIndication(String detail) {
        logFailure(detail);
        over();
    }
}
