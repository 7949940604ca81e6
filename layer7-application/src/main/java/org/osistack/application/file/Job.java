package org.osistack.application.file;

import org.osistack.application.rtse.SessionConnectionIdentifier;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What was asked for by one command, as the ledger knows it: by which association it goes, and which items have arrived. The
 * same command is known again by what it asks for.
 */
final class Job {
    private static final String JOBS = "jobs";
    private static final String SENT = "sent";
    private static final String OFFERS = "offers";

    private final Ledger ledger;
    private final String key;

    /**
     * Find or make a job.
     *
     * @param what in a text that is the same for the same command
     */
    Job(Ledger ledger, String what) {
        this.ledger = ledger;
        this.key = Digests.shortName(what);
    }

    /** How far RTSE was with it; null if it can't be gone on with. */
    TransferState state() {
        Octets known = ledger.get(JOBS, key);
        if (known == null) {
            return null;
        }
        BerReader in = new BerReader(known);
        in.enter(Tag.SEQUENCE);
        Octets calling = in.octetString(Tag.OCTET_STRING);
        Octets common = in.octetString(Tag.OCTET_STRING);
        Octets additional = in.octetString(Tag.OCTET_STRING);
        in.leave();
        in.end();
        return in.isMalformed()
                ? null
                : ledger.load(true, new SessionConnectionIdentifier(calling, common, additional));
    }

    /** It goes by this association. */
    void goesBy(SessionConnectionIdentifier association) {
        ledger.put(
                JOBS,
                key,
                new BerWriter()
                        .octetString(Tag.OCTET_STRING, association.additionalInformation())
                        .octetString(Tag.OCTET_STRING, association.commonReference())
                        .octetString(Tag.OCTET_STRING, association.callingReference())
                        .wrap(Tag.SEQUENCE, 0)
                        .toOctets());
    }

    /** The server has offered this. */
    void offered(FileApdu.Offer offer) {
        ledger.put(OFFERS, key, offer.toOctets());
    }

    /** What the server has offered; null if that is not known. */
    FileApdu.Offer offer() {
        Octets known = ledger.get(OFFERS, key);
        return known != null && FileApdu.parse(known) instanceof FileApdu.Offer offer ? offer : null;
    }

    boolean isSent(FileApdu.Item item) {
        return value(item).equals(ledger.get(SENT, keyOf(item)));
    }

    void sent(FileApdu.Item item) {
        ledger.put(SENT, keyOf(item), value(item));
    }

    private String keyOf(FileApdu.Item item) {
        return key + " " + Digests.shortName(item.path());
    }

    private static Octets value(FileApdu.Item item) {
        return new BerWriter()
                .integer(Tag.INTEGER, item.isFolder() ? 0 : item.modified())
                .integer(Tag.INTEGER, item.size())
                .toOctets();
    }

    /** All of it has arrived; what has is remembered until whoever asked for it knows. */
    void arrived() {
        ledger.remove(JOBS, key);
        ledger.remove(OFFERS, key);
        ledger.commit();
    }

    /** Forget it. */
    void end() {
        ledger.remove(JOBS, key);
        ledger.remove(OFFERS, key);
        ledger.keys(SENT, key + " ").forEach(each -> ledger.remove(SENT, each));
        ledger.commit();
    }
}
