package org.osistack.application.echo;

import java.util.Arrays;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** The client of the echo application: sends messages one after another and measures how long each takes. */
public final class EchoClient implements AssociationUser {
    /** Hears how it goes. */
    public interface Listener {
        /** The association is there. */
        void open(Association association);

        /** A message has come back as it went. */
        void echoed(int number, int octets, long roundTripNanos);

        /**
         * It is over.
         *
         * @param problem for a person; null if all went well
         */
        void finished(String problem);
    }

    private final Host host;
    private final int count;
    private final int size;
    private final long intervalNanos;
    private final Listener listener;
    private final Timer next;
    private Association association;
    private Octets sent; // the message that is under way; null between two
    private boolean refused; // it has yet to be taken
    private long sentAt;
    private int number;
    private boolean over;

    private EchoClient(Host host, int count, int size, long intervalNanos, Listener listener) {
        this.host = host;
        this.count = count;
        this.size = size;
        this.intervalNanos = intervalNanos;
        this.listener = listener;
        this.next = host.newTimer(this::send);
    }

    /**
     * Send messages of random octets. To be called on the host's thread.
     *
     * @param count how many
     * @param size of each, in octets
     * @param intervalNanos from one answer to the next message
     */
    public static EchoClient open(
            Host host,
            AssociationService service,
            NetworkAddress server,
            int count,
            int size,
            long intervalNanos,
            Listener listener) {
        EchoClient client = new EchoClient(host, count, size, intervalNanos, listener);
        client.association = service.associateRequest(
                new AssociationRequest(
                        EchoServer.CONTEXT, server, FunctionalUnits.of(FunctionalUnit.DUPLEX), TokenSetting.INITIATOR),
                client);
        return client;
    }

    @Override
    public void associateConfirm(Association confirmed) {
        listener.open(confirmed);
        send();
    }

    private void send() {
        if (sent == null) {
            byte[] octets = new byte[size];
            host.random().nextBytes(octets);
            sent = new BerWriter()
                    .octetString(Tag.OCTET_STRING, Octets.of(octets))
                    .toOctets();
            sentAt = host.now();
        }
        Pdu apdu = host.pool().take(sent.length());
        sent.appendTo(apdu);
        refused = !association.dataRequest(apdu);
        if (refused) {
            apdu.release(); // readyIndication() sends it again
        }
    }

    @Override
    public void readyIndication() {
        if (refused) {
            send();
        }
    }

    @Override
    public void dataIndication(Pdu apdu) {
        byte[] received = apdu.toByteArray();
        apdu.release();
        if (sent == null || !Arrays.equals(received, sent.toByteArray())) {
            association.abortRequest();
            finish("what came back is not what was sent");
            return;
        }
        sent = null;
        listener.echoed(++number, size, host.now() - sentAt);
        if (number == count) {
            association.releaseRequest();
        } else {
            next.arm(intervalNanos);
        }
    }

    /** Give up at once. */
    public void abort() {
        association.abortRequest();
        finish("given up");
    }

    @Override
    public void releaseIndication() {
        association.releaseResponse(true);
    }

    @Override
    public void ended(Ending ending, String detail) {
        finish(ending == Ending.RELEASED ? null : detail);
    }

    private void finish(String problem) {
        next.disarm();
        if (!over) {
            over = true;
            listener.finished(problem);
        }
    }
}
