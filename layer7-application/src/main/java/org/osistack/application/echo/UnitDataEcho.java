package org.osistack.application.echo;

import org.osistack.application.UnitDataService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The client of the echo application without an association: sends messages one after another, each as one unit, and
 * counts those that don't come back in time. Nothing is sent again.
 */
public final class UnitDataEcho {
    /**
     * What is to be sent.
     *
     * @param count how many messages
     * @param size of each, in octets
     * @param intervalNanos from one answer, or its absence, to the next message
     * @param waitNanos how long to wait for an answer
     */
    public record Plan(int count, int size, long intervalNanos, long waitNanos) {}

    /**
     * What became of the messages.
     *
     * @param stray units that came and answer nothing that is waited for: doubled, or late
     */
    public record Tally(int sent, int echoed, int lost, int stray) {}

    /** Hears how it goes. */
    public interface Listener {
        /** A message has come back as it went. */
        void echoed(int number, int octets, long roundTripNanos);

        /** A message has not come back in time. */
        void lost(int number);

        /**
         * It is over.
         *
         * @param problem for a person, if it could not be done at all; null otherwise
         */
        void finished(Tally tally, String problem);
    }

    private final Host host;
    private final Plan plan;
    private final Listener listener;
    private final UnitDataService.AccessPoint accessPoint;
    private final PresentationAddress server;
    private final Timer next;
    private final Timer patience;
    private Octets awaited; // the message that is under way; null between two
    private long sentAt;
    private int sent;
    private int echoed;
    private int lost;
    private int stray;
    private boolean over;

    private UnitDataEcho(Host host, UnitDataService units, NetworkAddress server, Plan plan, Listener listener) {
        this.host = host;
        this.plan = plan;
        this.listener = listener;
        this.accessPoint = units.attachAnywhere(EchoServer.CONTEXT, this::unitDataIndication);
        this.server = units.server(EchoServer.CONTEXT, server);
        this.next = host.newTimer(this::send);
        this.patience = host.newTimer(this::giveUp);
    }

    /** Send messages of random octets. To be called on the host's thread; the listener hears nothing before it returns. */
    public static UnitDataEcho open(
            Host host, UnitDataService units, NetworkAddress server, Plan plan, Listener listener) {
        UnitDataEcho echo = new UnitDataEcho(host, units, server, plan, listener);
        echo.next.arm(0);
        return echo;
    }

    private void send() {
        byte[] octets = new byte[plan.size()];
        host.random().nextBytes(octets);
        awaited =
                new BerWriter().octetString(Tag.OCTET_STRING, Octets.of(octets)).toOctets();
        sentAt = host.now();
        sent++;
        patience.arm(plan.waitNanos());
        Pdu apdu = host.pool().take(awaited.length());
        awaited.appendTo(apdu);
        try {
            accessPoint.unitDataRequest(server, apdu);
        } catch (IllegalArgumentException e) { // too long
            sent--;
            finish(e.getMessage());
        }
    }

    private void unitDataIndication(PresentationAddress source, Pdu apdu) {
        boolean isAnswer = awaited != null && source.host().equals(server.host()) && awaited.equals(Octets.of(apdu));
        apdu.release();
        if (!isAnswer) {
            stray++;
            return;
        }
        patience.disarm();
        echoed++;
        long roundTripNanos = host.now() - sentAt;
        goOn();
        listener.echoed(sent, plan.size(), roundTripNanos);
        endIfDone();
    }

    private void giveUp() {
        lost++;
        goOn();
        listener.lost(sent);
        endIfDone();
    }

    private void goOn() {
        awaited = null;
        if (sent < plan.count()) {
            next.arm(plan.intervalNanos());
        }
    }

    private void endIfDone() {
        if (awaited == null && sent == plan.count() && !next.isArmed()) {
            finish(null);
        }
    }

    /** Send no more. */
    public void stop() {
        finish(null);
    }

    private void finish(String problem) {
        next.disarm();
        patience.disarm();
        if (!over) {
            over = true;
            accessPoint.detach();
            listener.finished(new Tally(sent, echoed, lost, stray), problem);
        }
    }
}
