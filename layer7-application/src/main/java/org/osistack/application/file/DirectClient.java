package org.osistack.application.file;

import java.nio.file.Path;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** The client where the session layer has no activities: one association for one transfer, which a cut ends. */
final class DirectClient extends FilePeer implements FileClient {
    private final TransferListener listener;
    private final Path source; // null when getting
    private final String wanted; // null when sending
    private final Path destination;
    private boolean reported;
    private boolean finished;
    private Runnable onFinished = () -> {};

    private DirectClient(Host host, Path source, String wanted, Path destination, TransferListener listener) {
        super(host.pool());
        this.source = source;
        this.wanted = wanted;
        this.destination = destination;
        this.listener = new Reporting(listener);
    }

    /** As {@link FileClient#send(Host, AssociationService, NetworkAddress, Path, TransferListener)}. */
    static DirectClient send(
            Host host, AssociationService service, NetworkAddress server, Path source, TransferListener listener) {
        return new DirectClient(host, source, null, null, listener).open(service, server);
    }

    /** As {@link FileClient#get(Host, AssociationService, NetworkAddress, String, Path, TransferListener)}. */
    static DirectClient get(
            Host host,
            AssociationService service,
            NetworkAddress server,
            String wanted,
            Path destination,
            TransferListener listener) {
        return new DirectClient(host, null, wanted, destination, listener).open(service, server);
    }

    private DirectClient open(AssociationService service, NetworkAddress server) {
        use(service.associateRequest(
                new AssociationRequest(
                        FileApplication.CONTEXT,
                        server,
                        FunctionalUnits.of(FunctionalUnit.DUPLEX),
                        TokenSetting.INITIATOR),
                this));
        return this;
    }

    @Override
    public void abort() {
        if (!finished) {
            association().abortRequest();
            ended(Ending.ABORTED, "given up");
        }
    }

    @Override
    public void associateConfirm(Association association) {
        if (wanted != null) {
            queue().send(new FileApdu.Ask(wanted));
            return;
        }
        try {
            begin(new FileSender(Outbox.of(source), queue(), listener));
        } catch (TransferException e) {
            listener.failed(e.getMessage());
        }
    }

    @Override
    void outsideTransfer(FileApdu apdu) throws TransferException {
        if (apdu instanceof FileApdu.Refuse refuse) {
            listener.failed(refuse.text());
        } else if (apdu instanceof FileApdu.Offer offer && wanted != null && !reported) {
            if (!wanted.endsWith(offer.path()) || offer.path().contains("/") || !ItemPath.isSafe(offer.path())) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "the server offers something else");
            }
            begin(new FileReceiver(offer, new Inbox(destination), queue(), listener));
        } else {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected " + apdu.name());
        }
    }

    @Override
    void failedOutsideTransfer(String why) {
        listener.failed(why);
    }

    @Override
    public void releaseIndication() {
        association().releaseResponse(true); // the server ends it while we do: agree
    }

    @Override
    public void ended(Ending ending, String detail) {
        super.ended(ending, detail);
        if (!reported) {
            listener.failed(detail.isEmpty() ? "the association ended" : detail);
        }
        finished = true;
        onFinished.run();
    }

    @Override
    public void whenFinished(Runnable task) {
        if (finished) {
            task.run();
        } else {
            onFinished = task;
        }
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    /** Passes on what the transfer says, and releases the association when there is nothing left to do. */
    private final class Reporting implements TransferListener {
        private final TransferListener listener;

        Reporting(TransferListener listener) {
            this.listener = listener;
        }

        @Override
        public void begun(String name, long items, long octets) {
            listener.begun(name, items, octets);
        }

        @Override
        public void item(String path) {
            listener.item(path);
        }

        @Override
        public void progress(long octets) {
            listener.progress(octets);
        }

        @Override
        public void stored(long items, long octets) {
            if (!reported) {
                reported = true;
                listener.stored(items, octets);
                queue().release();
            }
        }

        @Override
        public void failed(String why) {
            if (!reported) {
                reported = true;
                listener.failed(why);
                queue().release();
            }
        }
    }
}
