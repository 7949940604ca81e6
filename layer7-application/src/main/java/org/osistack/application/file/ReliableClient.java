package org.osistack.application.file;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.osistack.application.AssociationRequest;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.application.rtse.TransferSource;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

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
    private static final int MAX_FRUITLESS = 20;
    static final String LATER = "the same command goes on with it";

    private final Setting setting;
    private final TransferListener listener;
    private final Job job;
    private final RtseService service;
    private final Timer patience;
    private final boolean isSending;
    private final FileApdu.Ask ask; // null when sending
    private final Path destination; // null when sending
    private final List<Path> sources;
    private Sending sending; // null when getting
    private Receiving receiving; // null when sending
    private ReliableTransfer transfer;
    private boolean isDiscarding;
    private boolean isReported;
    private boolean isFinished;
    private String trouble = ""; // by which the association was lost
    private long confirmedOctets; // of what is sent
    private int fruitless; // losses without progress between them
    private int beginnings;
    private Runnable onFinished = () -> {};

    private ReliableClient(
            Setting setting, List<Path> sources, String wanted, Path destination, TransferListener listener) {
        this.setting = setting;
        this.listener = listener;
        this.isSending = wanted == null;
        this.sources = sources;
        this.ask = isSending ? null : new FileApdu.Ask(wanted);
        this.destination = destination;
        this.job = new Job(setting.ledger(), what(setting.serverName(), sources, wanted, destination));
        this.service = new RtseService(
                setting.host(),
                setting.associations(),
                setting.ledger(),
                setting.settings().rtse(),
                FileApplication.clock(setting.host()));
        this.patience = setting.host().newTimer(this::giveUp);
    }

    private static String what(String server, List<Path> sources, String wanted, Path destination) {
        return wanted == null
                ? "send " + server + " "
                        + sources.stream()
                                .map(source ->
                                        source.toAbsolutePath().normalize().toString())
                                .collect(Collectors.joining("\n"))
                : "get " + server + " " + wanted + "\n"
                        + destination.toAbsolutePath().normalize();
    }

    /** Send files and folders. */
    static ReliableClient send(Setting setting, List<Path> sources, TransferListener listener) {
        ReliableClient client = new ReliableClient(setting, sources, null, null, listener);
        client.start(client::begin);
        return client;
    }

    /** Get a file or folder. */
    static ReliableClient get(Setting setting, String wanted, Path destination, TransferListener listener) {
        ReliableClient client = new ReliableClient(setting, List.of(), wanted, destination, listener);
        client.start(client::begin);
        return client;
    }

    /** Give up, at both sides, what was asked for before. */
    static ReliableClient discard(
            Setting setting, List<Path> sources, String wanted, Path destination, TransferListener listener) {
        ReliableClient client = new ReliableClient(setting, sources, wanted, destination, listener);
        client.isDiscarding = true;
        client.start(client::begin);
        return client;
    }

    /** Whether what was asked for can be gone on with, so that nobody has to prove again who asks. */
    static boolean isKnown(Ledger ledger, String serverName, List<Path> sources, String wanted, Path destination) {
        return new Job(ledger, what(serverName, sources, wanted, destination)).state() != null;
    }

    // ---- to begin ---------------------------------------------------------------------------------------------------

    /** Nobody hears anything before the call returns. */
    private void start(Runnable task) {
        setting.host().loop().defer(task);
    }

    private void begin() {
        try {
            prepare();
        } catch (TransferException e) {
            failed(e.getMessage());
            finish();
            return;
        }
        TransferState known = job.state();
        if (known != null) {
            if (sending != null) {
                sending.restore(known.sent());
                begunSending();
            }
            if (!isDiscarding) {
                listener.resumed();
            }
            patience.arm(setting.settings().patienceNanos());
            transfer = service.recoverRequest(known, openRequest(Octets.EMPTY), this);
        } else if (isDiscarding) {
            failed("there is nothing to discard");
            finish();
        } else {
            open();
        }
    }

    private void prepare() throws TransferException {
        if (isSending) {
            sending = new Sending(setting.host(), setting.disk(), Outbox.of(sources), new Sender());
        } else {
            receiving = new Receiving("", destination, setting.disk(), setting.ledger(), new Receiver());
        }
    }

    private void open() {
        Octets apdu = ask != null ? ask.toOctets() : offer().toOctets();
        transfer = service.openRequest(openRequest(apdu), this);
        job.goesBy(transfer.association());
    }

    private FileApdu.Offer offer() {
        Outbox outbox = sending.outbox();
        return new FileApdu.Offer(outbox.name(), outbox.items(), outbox.octets());
    }

    private OpenRequest openRequest(Octets apdu) {
        AssociationRequest request = new AssociationRequest(
                FileApplication.CONTEXT, setting.server(), FunctionalUnits.KERNEL, TokenSetting.INITIATOR);
        return isSending
                ? new OpenRequest(request, DialogueMode.MONOLOGUE, true, apdu)
                : new OpenRequest(request, DialogueMode.TWO_WAY_ALTERNATE, false, apdu);
    }

    private void begunSending() {
        Outbox outbox = sending.outbox();
        listener.begun(outbox.name(), outbox.items(), outbox.octets());
    }

    @Override
    public void openConfirm(ReliableTransfer confirmed, Octets userData) {
        transfer = confirmed;
        if (isSending) {
            begunSending();
            sending.begin(confirmed);
        } else if (FileApdu.parse(userData) instanceof FileApdu.Offer offered) {
            listener.begun(offered.path(), offered.items(), offered.octets());
        } else {
            refuse(new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "the server offers nothing"));
        }
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        job.end();
        failed(userData.isEmpty() ? reason : refusal(userData, reason));
        finish();
    }

    private static String refusal(Octets userData, String otherwise) {
        return FileApdu.parse(userData) instanceof FileApdu.Refuse refuse ? refuse.text() : otherwise;
    }

    // ---- to send ----------------------------------------------------------------------------------------------------

    private final class Sender implements Sending.Owner {
        @Override
        public boolean isSent(FileApdu.Item item) {
            return job.isSent(item);
        }

        @Override
        public void sent(FileApdu.Item item) {
            job.sent(item);
        }

        @Override
        public void item(FileApdu.Item item) {
            listener.item(item.path());
        }

        @Override
        public void progress(long confirmed, long sent) {
            if (confirmed > confirmedOctets) {
                fruitless = 0;
            }
            confirmedOctets = confirmed;
            listener.confirmed(confirmed);
            listener.progress(sent);
        }

        @Override
        public void notice(String sentence) {
            listener.notice(sentence);
        }

        @Override
        public void allSent() {
            stored(sending.outbox().items(), sending.outbox().octets());
            close();
        }

        @Override
        public void failed(TransferException why) {
            refuse(why);
        }
    }

    @Override
    public TransferSource source(TransferName name, Octets label) {
        return sending == null ? null : sending.source(label);
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        if (isDiscarding) {
            discarded(transferred ? "it had arrived already" : "");
        } else if (sending != null) {
            sending.confirm(transferred);
        }
    }

    // ---- to receive -------------------------------------------------------------------------------------------------

    private final class Receiver implements Receiving.Owner {
        @Override
        public boolean isWanted(FileApdu.Item item) {
            String name = ask.path().substring(ask.path().lastIndexOf('/') + 1);
            return item.path().equals(name) || item.path().startsWith(name + "/");
        }

        @Override
        public void item(FileApdu.Item item) {
            listener.item(item.path());
        }

        @Override
        public void progress(long octets) {
            fruitless = 0;
            listener.progress(octets);
        }

        @Override
        public void failed(TransferException why) {
            setting.host().loop().defer(() -> refuse(why)); // RTSE is in the middle of something
        }
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return receiving == null ? null : receiving.sink(name, secured);
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        if (receiving != null) {
            receiving.received();
            listener.confirmed(receiving.octets());
        }
    }

    /** The server has sent all. */
    @Override
    public void turnGiveIndication() {
        if (receiving == null || isReported) {
            return;
        }
        stored(receiving.items(), receiving.octets());
        close();
    }

    // ---- cuts -------------------------------------------------------------------------------------------------------

    @Override
    public void recovering(String detail) {
        trouble = detail;
        listener.recovering(detail);
        if (++fruitless > MAX_FRUITLESS) {
            setting.host()
                    .loop()
                    .defer(() -> suspend(
                            "lost " + setting.serverName() + " again and again, at last by: " + detail + "; " + LATER));
        }
        patience.armNoLaterThan(setting.settings().patienceNanos());
    }

    @Override
    public void recovered() {
        patience.disarm();
        if (isDiscarding) {
            discardAll();
            return;
        }
        listener.recovered();
        if (sending != null) {
            sending.recovered(transfer);
        }
    }

    /** Discard the activity, if there is one, and what the server knows of it; in the next turn, since it is resumed in this. */
    private void discardAll() {
        setting.host().loop().defer(() -> {
            if (transfer.isTransferring()) {
                transfer.transferDiscardRequest();
            } else {
                discarded("");
            }
        });
    }

    private void discarded(String remark) {
        job.end();
        listener.notice("discarded" + (remark.isEmpty() ? "" : ": " + remark));
        stored(0, 0);
        abortQuietly(new FileApdu.Refuse(FileApdu.Reason.OTHER, "given up").toOctets());
    }

    private void giveUp() {
        String peer = setting.serverName();
        suspend("gave up to look for " + peer + (trouble.isEmpty() ? "" : " (" + trouble + ")") + "; " + LATER);
    }

    private void suspend(String why) {
        if (isFinished) {
            return;
        }
        transfer.suspendRequest();
        if (receiving != null) {
            receiving.leave();
        }
        setting.ledger().commit();
        failed(confirmedOctets == 0 ? why : String.format("%s; %,d octets are safe there", why, confirmedOctets));
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
        suspend("interrupted; " + LATER);
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    /** All is done: end the association, if it is this side's turn to do so. */
    private void close() {
        if (transfer.hasTurn()) {
            transfer.closeRequest(Octets.EMPTY);
        } else {
            abortQuietly(Octets.EMPTY);
        }
    }

    private void abortQuietly(Octets apdu) {
        transfer.userAbortRequest(apdu);
        finish();
    }

    /** Tell the server why it can't go on, and forget it. */
    private void refuse(TransferException why) {
        if (isFinished) {
            return;
        }
        transfer.userAbortRequest(new FileApdu.Refuse(why.reason(), why.getMessage()).toOctets());
        if (why.reason() == FileApdu.Reason.GONE && mayBeginAnew()) {
            beginAnew(why.getMessage());
            return;
        }
        job.end();
        failed(why.getMessage());
        finish();
    }

    private boolean mayBeginAnew() {
        return !isReported && !isDiscarding && beginnings < MAX_NEW_BEGINNINGS;
    }

    /** The association cannot be continued: ask for another, and send what has not arrived. */
    private void beginAnew(String why) {
        beginnings++;
        patience.disarm();
        if (sending != null) {
            sending.close();
        }
        listener.notice(why + ": it begins anew");
        try {
            prepare();
        } catch (TransferException e) {
            failed(e.getMessage());
            finish();
            return;
        }
        start(this::open);
    }

    @Override
    public void abort() {
        if (!isFinished) {
            if (transfer != null) {
                transfer.userAbortRequest(new FileApdu.Refuse(FileApdu.Reason.OTHER, "given up").toOctets());
            }
            job.end();
            failed("given up");
            finish();
        }
    }

    @Override
    public void closeIndication(Octets userData) {
        transfer.closeResponse(Octets.EMPTY);
        over("the server has ended it");
    }

    @Override
    public void closeConfirm(Octets userData) {
        over("");
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
        over(refusal(userData, "the server has given it up"));
    }

    @Override
    public void providerAbortIndication(String detail) {
        if (mayBeginAnew()) {
            beginAnew(setting.serverName() + " does not know of it any more (" + detail + ")");
        } else {
            over(detail);
        }
    }

    private void over(String why) {
        if (!isReported) {
            failed(why);
        }
        finish();
    }

    private void stored(long items, long octets) {
        if (!isReported) {
            isReported = true;
            job.end();
            listener.stored(items, octets);
        }
    }

    private void failed(String why) {
        if (!isReported) {
            isReported = true;
            listener.failed(why);
        }
    }

    private void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        patience.disarm();
        if (sending != null) {
            sending.close();
        }
        setting.close();
        onFinished.run();
    }

    /** The process is killed: let go of what is open, and write nothing. */
    void letGo() {
        isFinished = true;
        setting.ledger().close();
        if (receiving != null) {
            receiving.leave();
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
