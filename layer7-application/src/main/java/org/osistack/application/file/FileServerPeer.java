package org.osistack.application.file;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.osistack.core.PduPool;

/** The server's side of one association: stores what is offered and sends what is asked for, inside one folder. */
final class FileServerPeer extends FilePeer {
    private static final int MAX_ITEMS = 1_000_000;

    private final Path folder;
    private final Consumer<String> log;
    private final Runnable onEnd;

    FileServerPeer(Path folder, PduPool pool, Consumer<String> log, Runnable onEnd) {
        super(pool);
        this.folder = folder;
        this.log = log;
        this.onEnd = onEnd;
    }

    @Override
    void outsideTransfer(FileApdu apdu) throws TransferException {
        if (apdu instanceof FileApdu.Offer offer) {
            if (!ItemPath.isSafe(offer.path()) || offer.path().contains("/") || offer.items() > MAX_ITEMS) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "an offer that is not allowed");
            }
            begin(new FileReceiver(offer, new Inbox(folder), queue(), new LoggingListener("received", offer.path())));
        } else if (apdu instanceof FileApdu.Ask ask) {
            if (!ItemPath.isSafe(ask.path())) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "that path is not allowed");
            }
            begin(new FileSender(Outbox.inside(folder, ask.path()), queue(), new LoggingListener("sent", ask.path())));
        } else if (!(apdu instanceof FileApdu.Refuse)) {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected " + apdu.name());
        }
    }

    @Override
    public void releaseIndication() {
        association().releaseResponse(true);
    }

    @Override
    public void ended(Ending ending, String detail) {
        super.ended(ending, detail);
        onEnd.run();
    }

    private final class LoggingListener implements TransferListener {
        private final String verb;
        private final String path;

        LoggingListener(String verb, String path) {
            this.verb = verb;
            this.path = path;
        }

        @Override
        public void stored(long items, long octets) {
            log.accept(verb + " " + path + ", " + octets + " octets in " + items + (items == 1 ? " item" : " items")
                    + ", " + association().peer());
        }

        @Override
        public void failed(String why) {
            log.accept("not " + verb + ": " + path + ", " + association().peer() + ": " + why);
        }
    }
}
