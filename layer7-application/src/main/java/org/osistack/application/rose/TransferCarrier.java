package org.osistack.application.rose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osistack.application.rtse.MemorySink;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;

/**
 * APDUs by reliable transfer, the most urgent first, and one after another (X.229 §7.3, Annex A states 20 to 23).
 *
 * <pre>
 *   20 turn here, idle  -- send: RT-TRANSFER --&gt;      21 turn here, transferring  -- confirm --&gt; 20
 *   22 no turn, idle    -- send: RT-TURN-PLEASE --&gt;   23 no turn, something to send
 *   20 -- RT-TURN-PLEASE: RT-TURN-GIVE --&gt; 22         23 -- RT-TURN-GIVE: RT-TRANSFER --&gt; 21
 * </pre>
 *
 * <p>An APDU that arrives is handed over while its transfer is being committed. So what the user does about it is done
 * before the peer is told that it has arrived, and after a crash in between it arrives again.
 */
final class TransferCarrier implements Carrier, ReliableTransferUser {
    private static final int CLOSING = 0;
    private static final int NOBODY = Integer.MAX_VALUE;

    /**
     * An APDU that waits.
     *
     * @param number in the tray
     */
    private record Waiting(Octets apdu, int priority, boolean isAwaited, long number) {
        Waiting(Tray.Kept kept) {
            this(kept.apdu(), Operation.USUAL_PRIORITY, false, kept.number());
        }
    }

    private final RoseConnection connection;
    private final int maxApduLength;
    private final ApduMeter meter;
    private final Tray tray;
    private final List<Waiting> queue = new ArrayList<>(); // the most urgent first
    private ReliableTransfer transfer;
    private Waiting underWay; // null if nothing is
    private int asked = NOBODY; // with which priority for the turn
    private int peerAsks = NOBODY; // with which priority for the turn
    private Octets unbinding; // when all has been sent; null if it is not wanted
    private Waiting resumed; // was under way before a restart; null if nothing was
    private TransferName forgotten; // was being handed over when the process ended; null if nothing was
    private boolean isRestored;

    TransferCarrier(RoseConnection connection, int maxApduLength, ApduMeter meter, Tray tray) {
        this.connection = connection;
        this.maxApduLength = maxApduLength;
        this.meter = meter;
        this.tray = tray;
    }

    /** Go on after a restart: with what was under way, then with what waited. */
    void restore(TransferState state) {
        isRestored = true;
        if (state.incoming() != null && state.incoming().isCommitting()) {
            forgotten = state.incoming().name();
        }
        Tray.Contents contents = tray.restore(state);
        resumed = contents.underWay() == null ? null : new Waiting(contents.underWay());
        contents.waiting().forEach(kept -> queue.add(new Waiting(kept)));
        contents.own().forEach(connection::goOnWith);
    }

    void transfer(ReliableTransfer newTransfer) {
        transfer = newTransfer;
    }

    // ---- requests ----

    @Override
    public void send(Octets apdu, int priority, boolean isAwaited) {
        int at = queue.size();
        while (at > 0 && queue.get(at - 1).priority > priority) {
            at--;
        }
        queue.add(at, new Waiting(apdu, priority, isAwaited, tray.put(transfer.association(), apdu)));
        goOn();
    }

    /** Send what is next, or ask for the turn, or give it. */
    private void goOn() {
        if (underWay != null) {
            return;
        }
        if (!transfer.hasTurn()) {
            int urgency = queue.isEmpty() ? unbinding == null ? NOBODY : CLOSING : queue.get(0).priority;
            if (urgency < asked) {
                asked = urgency;
                transfer.turnPleaseRequest(urgency);
            }
        } else if (peerAsks < NOBODY && (queue.isEmpty() || queue.get(0).priority > peerAsks)) {
            giveTurn();
        } else if (!queue.isEmpty()) {
            underWay = queue.remove(0);
            transfer.transferRequest(new Source(underWay), Long.MAX_VALUE);
        } else if (unbinding != null) {
            Octets argument = unbinding;
            unbinding = null;
            transfer.closeRequest(argument);
        }
    }

    private void giveTurn() {
        peerAsks = NOBODY;
        asked = NOBODY;
        transfer.turnGiveRequest();
        goOn(); // what waits is less urgent: the turn is asked for again
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public String peerUser() {
        return transfer.user();
    }

    @Override
    public int sessionNumber() {
        return 0; // an association is recovered on another session connection
    }

    @Override
    public void bindResponse(Octets result) {
        transfer.openResponse(BindValue.BIND_RESULT.wrapped(result));
    }

    @Override
    public void bindRefusal(String reason, Octets error) {
        transfer.openRefusal(reason, BindValue.BIND_ERROR.wrapped(error));
    }

    @Override
    public void unbindRequest(Octets argument) {
        unbinding = BindValue.UNBIND_ARGUMENT.wrapped(argument);
        goOn();
    }

    @Override
    public void unbindResponse(Octets result) {
        transfer.closeResponse(BindValue.UNBIND_RESULT.wrapped(result));
        connection.ended(true, "", Octets.EMPTY);
    }

    @Override
    public void abort() {
        if (underWay != null) {
            meter.over(underWay.apdu);
        }
        transfer.userAbortRequest(Octets.EMPTY);
    }

    // ---- indications ----

    @Override
    public void openConfirm(ReliableTransfer confirmed, Octets userData) {
        transfer = confirmed;
        connection.bindConfirm(BindValue.BIND_RESULT.unwrapped(userData));
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        connection.bindRefused(reason, BindValue.BIND_ERROR.unwrapped(userData));
    }

    /** Memory does not survive a restart: what was in it is sent again by the peer. */
    @Override
    public TransferSink sink(TransferName name, long secured) {
        return secured == 0 && !name.equals(forgotten) ? new Sink() : null;
    }

    @Override
    public TransferSource source(TransferName name, Octets label) {
        underWay = resumed;
        return underWay == null ? null : new Source(underWay);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        // the sink has handed it over
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        Waiting done = underWay;
        underWay = null;
        meter.over(done.apdu);
        tray.take(transfer.association(), done.number);
        if (!transferred) {
            connection.notDelivered(done.apdu);
        }
        if (transferred && done.isAwaited && queue.isEmpty() && unbinding == null && transfer.hasTurn()) {
            giveTurn(); // the answer will need it
        } else {
            goOn();
        }
    }

    @Override
    public void turnPleaseIndication(int priority) {
        peerAsks = Math.min(peerAsks, priority);
        goOn();
    }

    @Override
    public void turnGiveIndication() {
        asked = NOBODY;
        goOn();
    }

    @Override
    public void recovering(String detail) {
        meter.lost();
    }

    @Override
    public void recovered() {
        if (isRestored) {
            isRestored = false;
            goOn();
        }
    }

    @Override
    public void closeIndication(Octets userData) {
        connection.unbindIndication(BindValue.UNBIND_ARGUMENT.unwrapped(userData));
    }

    @Override
    public void closeConfirm(Octets userData) {
        connection.ended(true, "", BindValue.UNBIND_RESULT.unwrapped(userData));
    }

    @Override
    public void userAbortIndication(Octets userData) {
        over("aborted by the peer");
    }

    @Override
    public void providerAbortIndication(String detail) {
        over(detail);
    }

    private void over(String detail) {
        List<Waiting> left = List.copyOf(queue);
        queue.clear();
        for (Waiting waiting : left) {
            connection.notDelivered(waiting.apdu);
        }
        connection.ended(false, detail, Octets.EMPTY);
    }

    /** An APDU on its way. */
    private final class Source implements TransferSource {
        private final Octets apdu;
        private final long number;

        Source(Waiting waiting) {
            this.apdu = waiting.apdu;
            this.number = waiting.number;
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) {
            int rest = (int) Math.min(length, apdu.length() - offset);
            if (rest <= 0) {
                return -1;
            }
            byte[] part = apdu.slice((int) offset, (int) offset + rest).toByteArray();
            System.arraycopy(part, 0, into, at, rest);
            return rest;
        }

        @Override
        public void sent(long offset, int octets) {
            meter.sent(apdu, offset, offset + octets);
        }

        @Override
        public Octets label() {
            return Tray.label(number, apdu);
        }
    }

    /** Hands an APDU over when it is committed. */
    private final class Sink implements TransferSink {
        private final MemorySink memory = new MemorySink(maxApduLength);

        @Override
        public void append(byte[] octets, int offset, int length) throws IOException {
            memory.append(octets, offset, length);
        }

        @Override
        public void secure(Completion completion) {
            memory.secure(completion);
        }

        @Override
        public void rollBack(long length) {
            memory.rollBack(length);
        }

        @Override
        public void commit(Completion completion) {
            connection.received(memory.apdu());
            completion.done();
        }

        @Override
        public void discard() {
            memory.discard();
        }
    }
}
