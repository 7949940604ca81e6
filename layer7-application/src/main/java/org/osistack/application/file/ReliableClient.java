package org.osistack.application.file;

import java.nio.file.Path;
import java.util.List;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;

/**
 * The client by reliable transfer: each item is an activity. What was asked for before, and was not finished, is gone on
 * with.
 *
 * <pre>
 *   client                                  server
 *     │ RT-OPEN: offer, or ask                │
 *     │──────────────────────────────────────▶│
 *     │                accept, or offer       │
 *     │◀──────────────────────────────────────│
 *     │ RT-TRANSFER: ItemApdu (…)             │     in the other direction after ask; then
 *     │──────────────────────────────────────▶│     RT-TURN-GIVE by the server
 *     │ RT-CLOSE                              │
 *     │──────────────────────────────────────▶│
 * </pre>
 *
 * <p>Either side refuses in RT-OPEN's response, or later by RT-U-ABORT, with a {@link FileApdu.Refuse}.
 */
final class ReliableClient implements FileClient, ReliableTransferUser {
    private static final int MAX_NEW_BEGINNINGS = 3;

    private final Setting setting;
    private final Errand errand;
    private final boolean isDiscarding;
    private final TransferListener listener;
    private final Job job;
    private final RtseService service;
    private final Patience patience;
    private final ClientReport report;
    private ClientSide side; // null before it begins
    private ReliableTransfer transfer; // null before it begins
    private boolean isFinished;
    private int beginnings;
    private Runnable onFinished = () -> {};

    private ReliableClient(Setting setting, Errand errand, boolean isDiscarding, TransferListener listener) {
        this.setting = setting;
        this.errand = errand;
        this.isDiscarding = isDiscarding;
        this.listener = listener;
        this.job = errand.job(setting.ledger(), setting.serverName());
        this.service = new RtseService(
                setting.host(),
                setting.associations(),
                setting.ledger(),
                setting.settings().rtse(),
                FileApplication.clock(setting.host()));
        this.patience =
                new Patience(setting.host(), setting.settings().patienceNanos(), setting.serverName(), this::suspend);
        this.report = new ClientReport(listener, patience::progress);
    }

    /** Do it. */
    static ReliableClient start(Setting setting, Errand errand, TransferListener listener) {
        return start(new ReliableClient(setting, errand, false, listener));
    }

    /** Send files and folders. */
    static ReliableClient send(Setting setting, List<Path> sources, TransferListener listener) {
        return start(setting, Errand.send(sources), listener);
    }

    /** Give up, at both sides, what was begun before. */
    static ReliableClient discard(Setting setting, Errand errand, TransferListener listener) {
        return start(new ReliableClient(setting, errand, true, listener));
    }

    /** Nobody hears anything before the call returns. */
    private static ReliableClient start(ReliableClient client) {
        client.setting.host().loop().defer(client::begin);
        return client;
    }

    // ---- to begin ----

    private void begin() {
        if (isFinished || !prepare()) {
            return;
        }
        TransferState known = job.state();
        if (known != null) {
            side.restore(known.sent());
            if (!isDiscarding) {
                listener.resumed();
            }
            patience.begin();
            transfer = service.recoverRequest(known, errand.request(setting.server(), Octets.EMPTY), this);
        } else if (isDiscarding) {
            job.end(); // it may all have arrived
            end("there is nothing to discard");
        } else if (side.hadArrived()) {
            finish();
        } else {
            open();
        }
    }

    private boolean prepare() {
        try {
            side = errand.isSending()
                    ? new SendingSide(this, setting, errand, job, report)
                    : new GettingSide(this, setting, errand, job, report);
            return true;
        } catch (TransferException e) {
            end(e.getMessage());
            return false;
        }
    }

    private void open() {
        OpenRequest request = errand.request(setting.server(), side.opening());
        transfer = service.openRequest(request, this);
        job.goesBy(transfer.association());
    }

    @Override
    public void openConfirm(ReliableTransfer confirmed, Octets userData) {
        transfer = confirmed;
        side.opened(confirmed, userData);
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        job.end();
        end(userData.isEmpty() ? reason : refusal(userData, reason));
    }

    private static String refusal(Octets userData, String otherwise) {
        return FileApdu.parse(userData) instanceof FileApdu.Refuse refuse ? refuse.text() : otherwise;
    }

    // ---- items ----

    @Override
    public TransferSource source(TransferName name, Octets label) {
        return side.source(label);
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        if (isDiscarding) {
            discarded(transferred ? ": it had arrived already" : "");
        } else {
            side.confirm(transferred);
        }
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return side.sink(name, secured);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        side.received();
    }

    @Override
    public void turnGiveIndication() {
        if (!report.isOver()) {
            side.turnGiven();
        }
    }

    // ---- cuts ----

    @Override
    public void recovering(String detail) {
        listener.recovering(detail);
        patience.lost(detail);
    }

    @Override
    public void recovered() {
        patience.end();
        if (isDiscarding) {
            setting.host().loop().defer(this::discardAll); // the activity is resumed in this turn
            return;
        }
        listener.recovered();
        side.recovered(transfer);
    }

    /** Discard the activity, if there is one, and what the server knows of it. */
    private void discardAll() {
        if (isFinished) {
            return;
        }
        if (transfer.isTransferring()) {
            transfer.transferDiscardRequest();
        } else {
            discarded("");
        }
    }

    private void discarded(String remark) {
        listener.notice("discarded" + remark);
        stored(0, 0);
        abortQuietly(new FileApdu.Refuse(FileApdu.Reason.OTHER, "given up").toOctets());
    }

    private void suspend(String why) {
        if (isFinished) {
            return;
        }
        transfer.suspendRequest();
        side.leave();
        setting.ledger().commit();
        report.suspended(why);
        finish();
    }

    @Override
    public void interrupt() {
        if (transfer == null || transfer.association() == null) {
            abort();
            return;
        }
        if (!isFinished && transfer.isTransferring()) {
            transfer.transferInterruptRequest();
        }
        suspend("interrupted");
    }

    // ---- the end ----

    /** All is where it belongs: end the association, if it is this side's turn to do so. */
    void done(long items, long octets) {
        stored(items, octets);
        if (transfer.hasTurn()) {
            transfer.closeRequest(Octets.EMPTY);
        } else {
            abortQuietly(Octets.EMPTY);
        }
    }

    private void stored(long items, long octets) {
        if (report.isOver()) {
            return;
        }
        if (report.listener().tellsLater() && errand.isSending()) {
            job.arrived();
        } else {
            job.end();
        }
        report.stored(items, octets);
    }

    @Override
    public void told() {
        job.end();
    }

    private void abortQuietly(Octets apdu) {
        transfer.userAbortRequest(apdu);
        finish();
    }

    /** Tell the server why it can't go on, and forget it. */
    void refuse(TransferException why) {
        if (isFinished) {
            return;
        }
        transfer.userAbortRequest(new FileApdu.Refuse(why.reason(), why.getMessage()).toOctets());
        if (why.reason() == FileApdu.Reason.GONE && mayBeginAnew()) {
            beginAnew(why.getMessage());
            return;
        }
        job.end();
        end(why.getMessage());
    }

    private boolean mayBeginAnew() {
        return !report.isOver() && !isDiscarding && beginnings < MAX_NEW_BEGINNINGS;
    }

    /** The association cannot be continued: ask for another, and send what has not arrived. */
    private void beginAnew(String why) {
        beginnings++;
        patience.end();
        side.close();
        listener.notice(why + ": it begins anew");
        if (prepare()) {
            setting.host().loop().defer(() -> {
                if (!isFinished) {
                    open();
                }
            });
        }
    }

    @Override
    public void abort() {
        if (!isFinished) {
            if (transfer != null) {
                transfer.userAbortRequest(new FileApdu.Refuse(FileApdu.Reason.OTHER, "given up").toOctets());
            }
            job.end();
            end("given up");
        }
    }

    @Override
    public void closeIndication(Octets userData) {
        transfer.closeResponse(Octets.EMPTY);
        end("the server has ended it");
    }

    @Override
    public void closeConfirm(Octets userData) {
        end("");
    }

    @Override
    public void userAbortIndication(Octets userData) {
        if (FileApdu.parse(userData) instanceof FileApdu.Refuse refuse
                && refuse.reason() == FileApdu.Reason.GONE
                && mayBeginAnew()) {
            beginAnew(refuse.text());
            return;
        }
        job.end();
        end(refusal(userData, "the server has given it up"));
    }

    @Override
    public void providerAbortIndication(String detail) {
        if (mayBeginAnew()) {
            beginAnew(setting.serverName() + " does not know of it any more (" + detail + ")");
        } else {
            end(detail);
        }
    }

    /** It is over; if the user does not know yet how it has ended, then so. */
    private void end(String why) {
        report.failed(why);
        finish();
    }

    private void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        patience.end();
        if (side != null) {
            side.close();
        }
        setting.close();
        onFinished.run();
    }

    /** The process is killed: let go of what is open, and write nothing. */
    void letGo() {
        isFinished = true;
        setting.ledger().close();
        if (side != null) {
            side.leave();
        }
    }

    @Override
    public void whenFinished(Runnable task) {
        if (isFinished) {
            task.run();
        } else {
            onFinished = task;
        }
    }

    @Override
    public boolean isFinished() {
        return isFinished;
    }
}
