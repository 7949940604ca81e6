package org.osistack.application.isode;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osistack.application.ApplicationContext;
import org.osistack.application.acse.AcseService;
import org.osistack.application.acse.AeTitle;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.MemorySink;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;

/**
 * The echo of reliable transfer: asks for the turn and transfers back what was transferred, or the answer to the remote
 * operation that it was; gives the turn when asked, as soon as nothing waits. A sink transfers nothing.
 */
final class TransferEcho implements ReliableTransferUser {
    /** The abstract syntax of RTSE as ISODE names it. */
    static final ObjectIdentifier RTSE = ObjectIdentifier.of("2.3.0");

    static final int MAX_APDU = 1 << 24; // octets

    private static final long TRANSFER_NANOS = 60_000_000_000L;
    private static final int MAX_WAITING = 16; // APDUs to transfer back
    private static final RtseSettings SETTINGS =
            RtseSettings.USUAL.withCheckpoints(1, 3).withRecovery(0);

    private final ReliableTransfer transfer;
    private final UnaryOperator<Octets> answers;
    private final boolean sink;
    private final Consumer<String> log;
    private final ArrayDeque<Octets> waiting = new ArrayDeque<>();
    private int priority;
    private boolean asked;
    private boolean isToGive;

    /**
     * Make the echo of one association.
     *
     * @param answers what to transfer back for what came; null for nothing
     */
    private TransferEcho(
            ReliableTransfer transfer,
            UnaryOperator<Octets> answers,
            boolean sink,
            int priority,
            Consumer<String> log) {
        this.transfer = transfer;
        this.answers = answers;
        this.sink = sink;
        this.priority = priority;
        this.log = log;
    }

    static RtseService service(Host host, NegotiatedPresentation presentation) {
        return new RtseService(
                host,
                new AcseService(host, presentation, AeTitle.NONE),
                new MemoryTransferLog(),
                SETTINGS,
                InstantSource.system());
    }

    static ApplicationContext context(ObjectIdentifier name, Selector transport) {
        return new ApplicationContext(
                "isode at " + transport,
                name,
                RTSE,
                new ApplicationContext.Selectors(Selector.EMPTY, Selector.EMPTY, transport),
                0);
    }

    static void serve(Host host, NegotiatedPresentation presentation, Consumer<String> log) {
        RtseService service = service(host, presentation);
        attach(service, Listening.TRANSFER_ECHO, false, 1, UnaryOperator::identity, Listening.named(log, "RT-echo"));
        attach(service, Listening.TRANSFER_SINK, true, 1, () -> apdu -> null, Listening.named(log, "RT-sink"));
        attach(
                service,
                Listening.OPERATION_TRANSFER_ECHO,
                false,
                0,
                () -> new OperationEcho(false)::answer,
                Listening.named(log, "RO-echo"));
        attach(
                service,
                Listening.OPERATION_TRANSFER_SINK,
                true,
                0,
                () -> new OperationEcho(true)::answer,
                Listening.named(log, "RO-sink"));
    }

    private static void attach(
            RtseService service,
            Selector selector,
            boolean sink,
            int priority,
            Supplier<UnaryOperator<Octets>> answers,
            Consumer<String> log) {
        service.attach(context(null, selector), (transfer, mode, userData) -> {
            log.accept(transfer.peer() + ": " + mode);
            TransferEcho echo = new TransferEcho(transfer, answers.get(), sink, priority, log);
            if (mode == DialogueMode.TWO_WAY_ALTERNATE) {
                transfer.openResponse(userData);
            } else {
                transfer.openRefusal("the echo is two-way alternate", Octets.EMPTY);
            }
            return echo;
        });
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return new MemorySink(MAX_APDU);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink from) {
        Octets apdu = ((MemorySink) from).apdu();
        Octets answer = answers.apply(apdu);
        if (answer == null) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            log.accept(transfer.peer() + ": aborted: it never gives the turn");
            waiting.clear();
            transfer.userAbortRequest(Octets.EMPTY);
            return;
        }
        waiting.add(answer);
        if (transfer.hasTurn()) {
            transferNext();
        } else if (!asked) {
            asked = true;
            transfer.turnPleaseRequest(priority == 0 ? 0 : priority++);
        }
    }

    @Override
    public void turnGiveIndication() {
        asked = false;
        transferNext();
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        if (!transferred) {
            log.accept(transfer.peer() + ": an APDU could not be transferred back");
        }
        transferNext();
    }

    private void transferNext() {
        if (transfer.isTransferring()) {
            return;
        }
        Octets next = waiting.poll();
        if (next != null) {
            transfer.transferRequest(TransferSource.of(next), TRANSFER_NANOS);
        } else if (isToGive) {
            isToGive = false;
            transfer.turnGiveRequest();
        }
    }

    @Override
    public void turnPleaseIndication(int theirPriority) {
        isToGive = true;
        transferNext();
    }

    @Override
    public void closeIndication(Octets userData) {
        log.accept(transfer.peer() + ": closed");
        transfer.closeResponse(sink ? Octets.EMPTY : userData);
    }

    @Override
    public void userAbortIndication(Octets userData) {
        waiting.clear();
        log.accept(transfer.peer() + ": aborted by the peer");
    }

    @Override
    public void providerAbortIndication(String detail) {
        waiting.clear();
        log.accept(transfer.peer() + ": lost: " + detail);
    }
}
