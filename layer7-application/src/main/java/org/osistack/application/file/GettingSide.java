package org.osistack.application.file;

import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** A client that wants the files. */
final class GettingSide implements ClientSide, Receiving.Owner {
    private final ReliableClient client;
    private final Host host;
    private final ClientReport report;
    private final FileApdu.Ask ask;
    private final Receiving receiving;

    GettingSide(ReliableClient client, Setting setting, Errand errand, ClientReport report) {
        this.client = client;
        this.host = setting.host();
        this.report = report;
        this.ask = new FileApdu.Ask(errand.wanted());
        this.receiving =
                new Receiving(Parts.scope(true, null), errand.destination(), setting.disk(), setting.ledger(), this);
    }

    @Override
    public Octets opening() {
        return ask.toOctets();
    }

    @Override
    public void restore(Octets sent) {}

    @Override
    public void opened(ReliableTransfer transfer, Octets answer) {
        if (FileApdu.parse(answer) instanceof FileApdu.Offer offered) {
            report.listener().begun(offered.path(), offered.items(), offered.octets());
        } else {
            client.refuse(new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "the server offers nothing"));
        }
    }

    @Override
    public void recovered(ReliableTransfer transfer) {}

    @Override
    public TransferSink sink(TransferName name, long secured) {
        return receiving.sink(name, secured);
    }

    @Override
    public void received() {
        receiving.received();
        report.listener().confirmed(receiving.octets());
    }

    @Override
    public void turnGiven() {
        client.done(receiving.items(), receiving.octets());
    }

    @Override
    public void leave() {
        receiving.leave();
    }

    @Override
    public void close() {}

    // ---- how items arrive ----

    @Override
    public boolean isWanted(FileApdu.Item item) {
        String name = ask.path().substring(ask.path().lastIndexOf('/') + 1);
        return item.path().equals(name) || item.path().startsWith(name + "/");
    }

    @Override
    public void item(FileApdu.Item item) {
        report.listener().item(item.path());
    }

    @Override
    public void progress(long octets) {
        report.progress(octets);
    }

    @Override
    public void failed(TransferException why) {
        host.loop().defer(() -> client.refuse(why)); // RTSE is in the middle of something
    }
}
