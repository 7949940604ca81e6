package org.osistack.application.isode;

import java.util.Iterator;
import java.util.List;
import org.osistack.application.AssociationRequest;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.MemorySink;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.ServiceEcho.Listener;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The initiator over reliable transfer: transfers a line, or the invocation of an operation with it, gives the turn when
 * asked, waits for what is transferred back, asks for the turn, and so on; then closes.
 */
final class TransferWalker implements ReliableTransferUser {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final Octets GREETING =
            new BerWriter().integer(Tag.INTEGER, 4097).toOctets(); // ISODE's echo wants a number

    private final Walk walk;
    private final boolean operates;
    private final Listener listener;
    private final Timer patience;
    private final Iterator<Octets> lines;
    private ReliableTransfer transfer;
    private Octets value; // what was transferred, or is the argument; null if nothing is expected back
    private long id;
    private int priority = 1;
    private int differences;
    private boolean closing;
    private boolean over;

    private TransferWalker(Host host, Walk walk, boolean operates, Listener listener) {
        this.walk = walk;
        this.operates = operates;
        this.listener = listener;
        this.lines = walk.lines().iterator();
        this.patience = host.newTimer(() -> fail("no answer in " + PATIENCE_NANOS / 1_000_000_000L + " s"));
    }

    /**
     * Set out.
     *
     * @param operates whether to invoke operations
     * @return aborts it when run
     */
    static Runnable walk(
            Host host, NegotiatedPresentation presentation, Walk walk, boolean operates, Listener listener) {
        TransferWalker walker = new TransferWalker(host, walk, operates, listener);
        RtseService service = TransferEcho.service(host, presentation);
        AssociationRequest association = new AssociationRequest(
                TransferEcho.context(
                        walk.sink() ? Listening.SINK_CONTEXT : Listening.ECHO_CONTEXT, selector(walk, operates)),
                walk.host(),
                FunctionalUnits.KERNEL,
                TokenSetting.INITIATOR);
        walker.patience.arm(PATIENCE_NANOS);
        walker.transfer = service.openRequest(
                new OpenRequest(association, DialogueMode.TWO_WAY_ALTERNATE, true, GREETING), walker);
        return walker::abort;
    }

    private static Selector selector(Walk walk, boolean operates) {
        List<Selector> selectors = operates
                ? List.of(Listening.OPERATION_TRANSFER_ECHO, Listening.OPERATION_TRANSFER_SINK)
                : List.of(Listening.TRANSFER_ECHO, Listening.TRANSFER_SINK);
        return selectors.get(walk.sink() ? 1 : 0);
    }

    @Override
    public void openConfirm(ReliableTransfer opened, Octets userData) {
        listener.step("RT-OPEN: " + (userData.isEmpty() ? "confirmed, without a greeting" : "confirmed"));
        next();
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        finish(reason);
    }

    /** Do what comes next, if the turn is here; otherwise ask for it. */
    private void next() {
        patience.arm(PATIENCE_NANOS);
        if (!transfer.hasTurn()) {
            transfer.turnPleaseRequest(priority++);
        } else if (lines.hasNext()) {
            value = new BerWriter().octetString(Tag.OCTET_STRING, lines.next()).toOctets();
            Octets apdu = operates ? OperationEcho.invoke(++id, id - 1, value) : value;
            transfer.transferRequest(TransferSource.of(apdu), PATIENCE_NANOS);
        } else {
            closing = true;
            transfer.closeRequest(GREETING);
        }
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        if (!transferred) {
            fail("an APDU could not be transferred");
        } else if (walk.sink() && !operates) {
            value = null;
            listener.step("RT-TRANSFER: confirmed");
            next();
        }
    }

    @Override
    public void turnPleaseIndication(int theirPriority) {
        transfer.turnGiveRequest();
    }

    @Override
    public void turnGiveIndication() {
        if (value == null) {
            next();
        }
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return new MemorySink(TransferEcho.MAX_APDU);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink from) {
        Octets apdu = ((MemorySink) from).apdu();
        if (value == null) {
            fail("an APDU that was not expected");
            return;
        }
        String outcome;
        if (operates) {
            Octets expected = walk.sink() ? Octets.of((byte) 5, (byte) 0) : value;
            outcome = OperationEcho.judge(apdu, id, id - 1, expected);
        } else {
            outcome = apdu.equals(value) ? "came back" : null;
        }
        value = null;
        differences += outcome == null ? 1 : 0;
        listener.step((operates ? "RO-INVOKE " + id : "RT-TRANSFER") + ": "
                + (outcome == null ? "came back, and was not right" : outcome));
        next();
    }

    @Override
    public void closeIndication(Octets userData) {
        fail("the echo wants to close");
    }

    @Override
    public void closeConfirm(Octets userData) {
        boolean same = userData.equals(walk.sink() ? Octets.EMPTY : GREETING);
        differences += same ? 0 : 1;
        listener.step("RT-CLOSE: " + (same ? "confirmed" : "confirmed, with other user data"));
        finish(closing ? null : "closed too early");
    }

    @Override
    public void userAbortIndication(Octets userData) {
        finish("aborted by the peer");
    }

    @Override
    public void providerAbortIndication(String detail) {
        finish("lost: " + detail);
    }

    private void abort() {
        fail("aborted on this side");
    }

    private void fail(String problem) {
        if (!over) {
            transfer.userAbortRequest(Octets.EMPTY);
            finish(problem);
        }
    }

    private void finish(String problem) {
        if (!over) {
            over = true;
            patience.disarm();
            listener.finished(differences, problem);
        }
    }
}
