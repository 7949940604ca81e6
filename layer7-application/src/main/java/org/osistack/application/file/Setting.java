package org.osistack.application.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.osistack.application.AssociationService;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;

/**
 * What a client by reliable transfer stands on.
 *
 * @param server where the server is
 * @param serverName how the server is called by whoever asks: with it the same is known again
 * @param disk of the ledger
 * @param ledger remembers how far it is
 * @param isOwn whether disk and ledger are to be closed with the client
 */
record Setting(
        Host host,
        AssociationService associations,
        NetworkAddress server,
        String serverName,
        Disk disk,
        Ledger ledger,
        boolean isOwn,
        FileSettings settings) {
    /** With a ledger that ends with the process. */
    static Setting ofProcess(Host host, AssociationService associations, NetworkAddress server) {
        Disk disk = new Disk(host);
        try {
            Ledger ledger = Ledger.ofProcess(disk, complaint -> {});
            return new Setting(
                    host, associations, server, String.valueOf(server), disk, ledger, true, FileSettings.USUAL);
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Let go of disk and ledger, if nobody else needs them. */
    void close() {
        if (isOwn) {
            disk.close();
            ledger.close();
        }
    }
}
