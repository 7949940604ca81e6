package org.osistack.application.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.osistack.application.rtse.SessionConnectionIdentifier;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What the ledger knows of items that have not arrived whole: where they are to go, and what surrounds their contents. The
 * contents are in files under provisional names, of which none is left behind that no transfer goes on with.
 */
final class Parts {
    private static final String MAP = "parts";

    private Parts() {}

    /**
     * An item that has not arrived whole.
     *
     * @param folder where its path begins
     * @param prefix as much of the APDU before the contents as is here
     * @param suffix as much of the APDU behind the contents as is here
     */
    record Part(String folder, Octets prefix, Octets suffix) {}

    /**
     * Where the names of a peer's transfers are unambiguous: peers choose names as they like, and one must not hit upon
     * another's.
     *
     * @param isInitiator whether this side has asked for the association
     */
    static String scope(boolean isInitiator, SessionConnectionIdentifier association) {
        return isInitiator ? "" : Ledger.keyOf(association);
    }

    /** By what a part is known, and its file called. */
    static String key(String scope, TransferName name) {
        return Digests.shortName(scope + " " + Ledger.keyOf(name.connection()) + " "
                + name.activity().octets());
    }

    /** Null if there is none. */
    static Part get(Ledger ledger, String key) {
        Octets known = ledger.get(MAP, key);
        if (known == null) {
            return null;
        }
        BerReader in = new BerReader(known);
        in.enter(Tag.SEQUENCE);
        String folder = in.utf8String(Tag.UTF8_STRING);
        Octets prefix = in.octetString(Tag.OCTET_STRING);
        Octets suffix = in.octetString(Tag.OCTET_STRING);
        in.leave();
        in.end();
        boolean isPart =
                !in.isMalformed() && prefix.length() <= ItemApdu.MAX_PREFIX && suffix.length() <= ItemApdu.SUFFIX;
        return isPart ? new Part(folder, prefix, suffix) : null;
    }

    static void put(Ledger ledger, String key, Part part) {
        ledger.put(
                MAP,
                key,
                new BerWriter()
                        .octetString(Tag.OCTET_STRING, part.suffix)
                        .octetString(Tag.OCTET_STRING, part.prefix)
                        .utf8String(Tag.UTF8_STRING, part.folder)
                        .wrap(Tag.SEQUENCE, 0)
                        .toOctets());
    }

    static void remove(Ledger ledger, String key) {
        ledger.remove(MAP, key);
    }

    /**
     * Discard what no transfer goes on with: a process was killed before RTSE knew of it, or when it had forgotten it
     * already. To be called before any transfer is gone on with.
     */
    static void discardOrphans(Ledger ledger) {
        Set<String> known = new HashSet<>();
        for (TransferState state : ledger.all()) {
            if (state.incoming() != null) {
                String scope = scope(state.isInitiator(), state.association());
                known.add(key(scope, state.incoming().name()));
            }
        }
        for (String key : ledger.keys(MAP, "")) {
            if (!known.contains(key)) {
                discard(key, get(ledger, key));
                remove(ledger, key);
            }
        }
        ledger.commit();
    }

    private static void discard(String key, Part part) {
        if (part == null) {
            return;
        }
        try {
            ItemApdu apdu = ItemApdu.parse(part.prefix.toByteArray(), part.prefix.length());
            if (apdu != null && !apdu.item().isFolder()) {
                try (Inbox inbox = new Inbox(Path.of(part.folder), key)) {
                    inbox.reopen(apdu.item());
                }
            }
        } catch (TransferException | InvalidPathException e) {
            return; // its place has become another: there is nothing of ours
        }
    }
}
