package org.osistack.application.file;

import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Octets;

/** A client that has the files. */
final class SendingSide implements ClientSide, Sending.Owner {
    private final ReliableClient client;
    private final Job job;
    private final ClientReport report;
    private final Sending sending;

    SendingSide(ReliableClient client, Setting setting, Errand errand, Job job, ClientReport report)
            throws TransferException {
        this.client = client;
        this.job = job;
        this.report = report;
        this.sending = new Sending(setting.host(), setting.disk(), Outbox.of(errand.sources()), this);
    }

    @Override
    public Octets opening() {
        Outbox outbox = sending.outbox();
        return new FileApdu.Offer(outbox.name(), outbox.items(), outbox.octets()).toOctets();
    }

    @Override
    public void restore(Octets sent) {
        sending.restore(sent);
        begun();
    }

    @Override
    public boolean hadArrived() {
        Outbox outbox = sending.outbox();
        if (!outbox.entries().stream().allMatch(entry -> job.isSent(entry.item()))) {
            return false;
        }
        begun();
        report.listener().notice("it had arrived already when that was interrupted; to send it anew, say it again");
        report.progress(outbox.octets(), outbox.octets());
        report.stored(outbox.items(), outbox.octets());
        return true;
    }

    private void begun() {
        Outbox outbox = sending.outbox();
        report.listener().begun(outbox.name(), outbox.items(), outbox.octets());
    }

    @Override
    public void opened(ReliableTransfer transfer, Octets answer) {
        begun();
        sending.begin(transfer);
    }

    @Override
    public void recovered(ReliableTransfer transfer) {
        sending.recovered(transfer);
    }

    @Override
    public TransferSource source(Octets label) {
        return sending.source(label);
    }

    @Override
    public void confirm(boolean transferred) {
        sending.confirm(transferred);
    }

    @Override
    public void leave() {
        sending.close();
    }

    @Override
    public void close() {
        sending.close();
    }

    // ---- how the queue goes ----

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
        report.listener().item(item.path());
    }

    @Override
    public void progress(long confirmed, long sent) {
        report.progress(confirmed, sent);
    }

    @Override
    public void onTheirWay(long octets) {
        report.listener().sent(octets);
    }

    @Override
    public void notice(String sentence) {
        report.listener().notice(sentence);
    }

    @Override
    public void allSent() {
        client.done(sending.outbox().items(), sending.outbox().octets());
    }

    @Override
    public void failed(TransferException why) {
        client.refuse(why);
    }
}
