package org.osistack.application.bank;

import java.time.InstantSource;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.rose.ApduMeter;
import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseSettings;
import org.osistack.application.rose.RoseUser;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.TransferLog;
import org.osistack.application.rtse.TransferState;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * The client of a bank: invokes one operation after another. If the association ends before the answer is there, it binds
 * anew and asks again, with the same number, until its patience is at an end. To be used on the host's thread.
 */
final class BankClient implements RoseUser {
    private static final long RETRY_NANOS = 1_000_000_000L;
    /** Longer than RTSE needs to go on after a cut. */
    private static final long ANSWER_NANOS = 120_000_000_000L;

    private static final long PATIENCE_NANOS = 300_000_000_000L;
    private static final long UNBIND_NANOS = 10_000_000_000L;

    /** Hears what becomes of an operation: that it was answered, or that there is no answer. */
    interface Listener {
        /** It was answered. The next thing may be asked for from here. */
        void answered(Answer answer);

        /**
         * There is no answer.
         *
         * @param isKept whether it is an order that the bank may have done, so that it stays in the journal
         */
        void gaveUp(String why, boolean isKept);

        /** There is no answer yet, and it is asked for again. */
        default void tryingAgain(String why) {}

        /** The journal cannot be written: an order that was answered will be asked for again, which does no harm. */
        default void notForgotten(String why) {}
    }

    /** What is asked for. */
    private static final class Call {
        final BankOperation operation;
        final Octets argument;
        final Order order; // null if it changes nothing
        final Listener listener;
        boolean mayBeSent; // or have been sent by a process before this one

        Call(BankOperation operation, Octets argument, Order order, boolean mayBeSent, Listener listener) {
            this.operation = operation;
            this.argument = argument;
            this.order = order;
            this.mayBeSent = mayBeSent;
            this.listener = listener;
        }
    }

    private final Host host;
    private final TransferLog log;
    private final RoseService operations;
    private final AssociationRequest association;
    private final Journal journal;
    private final String bank;
    private final Timer retryTimer;
    private final Timer answerTimer;
    private final Timer unbindTimer;
    private RoseConnection connection; // null if there is none, nor is one asked for
    private boolean isBound;
    private boolean isInvoked; // what is asked for, by a process before this one
    private Call call; // null if nothing is asked for
    private long askedAt;
    private Runnable onClosed; // null unless it is to be closed
    private boolean isClosed;

    /**
     * Prepare to talk to a bank.
     *
     * @param bank what it is called in the journal
     */
    BankClient(
            Host host,
            AssociationService associations,
            InstantSource clock,
            NetworkAddress address,
            Journal journal,
            String bank,
            ApduMeter meter) {
        this.host = host;
        this.log = journal == null ? new MemoryTransferLog() : journal.transfers(bank, this::complain);
        this.operations = RoseService.over(host, BankApplication.transfers(host, associations, clock, log), meter);
        this.association = new AssociationRequest(
                BankApplication.CONTEXT, address, FunctionalUnits.KERNEL, TokenSetting.INITIATOR);
        this.journal = journal;
        this.bank = bank;
        this.retryTimer = host.newTimer(this::go);
        this.answerTimer = host.newTimer(() -> startAnew("the bank does not answer"));
        this.unbindTimer = host.newTimer(this::abort);
    }

    // ---- requests ----

    /** Ask for something that changes nothing. */
    void ask(BankOperation operation, Question question, Listener listener) {
        begin(new Call(operation, question.emit(), null, false, listener));
    }

    /**
     * Have an order done that is in the journal, and take it from there when the listener has heard the answer.
     *
     * @param isNew whether it was never sent
     */
    void order(Journal.Pending pending, boolean isNew, Listener listener) {
        Order order = pending.order();
        begin(new Call(pending.operation(), order.emit(), order, !isNew, listener));
    }

    private void begin(Call newCall) {
        if (call != null || isClosed || onClosed != null) {
            throw new IllegalStateException("one thing at a time, and none after the end");
        }
        call = newCall;
        askedAt = host.now();
        go();
    }

    private void go() {
        if (connection == null) {
            TransferState interrupted = interrupted();
            answerTimer.arm(ANSWER_NANOS);
            if (interrupted == null) {
                connection = operations.bindRequest(association, settings(), Octets.EMPTY, this);
            } else {
                recover(interrupted);
            }
        } else if (isBound) {
            answerTimer.arm(ANSWER_NANOS);
            invoke();
        }
    }

    private void invoke() {
        call.mayBeSent = true;
        connection.invoke(call.operation.operation(), call.argument);
    }

    private RoseSettings settings() {
        return BankApplication.settings(call.order == null ? 1 : call.order.number());
    }

    /**
     * The association of a process that was killed, if what it asked for is asked for now; null if there is none. Others are
     * forgotten: the bank waits for them for a minute, and then does too.
     */
    private TransferState interrupted() {
        TransferState last = null;
        for (TransferState state : log.all()) {
            if (last != null) {
                log.remove(last);
            }
            last = state;
        }
        if (last != null && !(call.order != null && call.mayBeSent)) {
            log.remove(last);
            return null;
        }
        return last;
    }

    /** Go on with an association, and with what was asked for there; if it was not asked for yet, ask for it. */
    private void recover(TransferState interrupted) {
        isBound = true;
        isInvoked = false;
        connection = operations.recoverRequest(interrupted, association, settings(), this);
        if (!isInvoked) {
            invoke();
        }
    }

    private void complain(String what) {
        if (call != null) {
            call.listener.notForgotten(what);
        }
    }

    /** End the association, if there is one. */
    void close(Runnable whenClosed) {
        onClosed = whenClosed;
        if (!isBound || call != null) {
            abort();
        } else {
            unbindTimer.arm(UNBIND_NANOS);
            connection.unbindRequest(Octets.EMPTY);
        }
    }

    /** End at once: nobody hears anything more. */
    void abort() {
        dropConnection();
        retryTimer.disarm();
        call = null;
        closed();
    }

    private void closed() {
        unbindTimer.disarm();
        isClosed = true;
        Runnable hears = onClosed;
        onClosed = null;
        if (hears != null) {
            hears.run();
        }
    }

    private void dropConnection() {
        answerTimer.disarm();
        RoseConnection dropped = connection;
        connection = null;
        isBound = false;
        if (dropped != null) {
            dropped.abortRequest();
        }
    }

    private void startAnew(String why) {
        dropConnection();
        if (call == null) {
            if (onClosed != null) {
                closed();
            }
        } else if (!call.mayBeSent || host.now() - askedAt >= PATIENCE_NANOS) {
            giveUp(why);
        } else {
            retryTimer.arm(RETRY_NANOS);
            call.listener.tryingAgain(why);
        }
    }

    private void giveUp(String why) {
        Call given = call;
        call = null;
        boolean isKept = given.order != null && given.mayBeSent;
        if (!isKept) {
            forget(given);
        }
        given.listener.gaveUp(why, isKept);
    }

    private void forget(Call done) {
        if (done.order != null) {
            try {
                journal.remove(bank, done.order);
            } catch (StoreException e) {
                done.listener.notForgotten(e.getMessage());
            }
        }
    }

    // ---- what is heard ----

    @Override
    public void bindConfirm(RoseConnection bound, Octets result) {
        isBound = true;
        go();
    }

    @Override
    public void bindRefused(String reason, Octets error) {
        connection = null;
        startAnew(reason.isEmpty() ? "the bank refuses" : reason);
    }

    @Override
    public Operation invoked(long invokeId, Code code, Octets argument) {
        Operation operation = call.operation.operation();
        if (!code.equals(operation.code()) || !argument.equals(call.argument)) {
            return null;
        }
        isInvoked = true;
        return operation;
    }

    @Override
    public Operation operation(Code code) {
        return null; // the bank asks for nothing
    }

    @Override
    public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
        throw new IllegalStateException("there is no operation that could be invoked");
    }

    @Override
    public boolean isError(Code code) {
        return BankError.of(code) != null;
    }

    @Override
    public void resultIndication(long invokeId, Operation operation, Octets result) {
        Statement statement = Statement.parse(result);
        if (statement == null) {
            connection.reject(invokeId, Problem.MISTYPED_RESULT);
            startAnew("the bank's answer cannot be read");
        } else {
            answered(Answer.of(statement));
        }
    }

    @Override
    public void errorIndication(long invokeId, Operation operation, Code error, Octets parameter) {
        Answer answer = Answer.ofParameter(BankError.of(error), parameter);
        if (answer.error() == BankError.UNAVAILABLE) {
            startAnew(answer.sentence());
        } else {
            answered(answer);
        }
    }

    /** Tell it, and only then forget the order: who is killed in between is told again. */
    private void answered(Answer answer) {
        answerTimer.disarm();
        Call done = call;
        if (done == null) {
            return;
        }
        call = null;
        done.listener.answered(answer);
        forget(done);
    }

    @Override
    public void rejectIndication(long invokeId, Problem problem) {
        startAnew("the bank rejects the request: " + problem.text());
    }

    @Override
    public void providerRejectIndication(Long invokeId, Problem problem, Octets apdu) {
        startAnew(problem == null ? "the request could not be delivered" : problem.text());
    }

    @Override
    public void unbindIndication(Octets argument) {
        connection.unbindResponse(Octets.EMPTY);
    }

    @Override
    public void ended(boolean orderly, String detail, Octets unbindResult) {
        connection = null;
        startAnew(detail.isEmpty() ? "the bank has ended the association" : detail);
    }
}
