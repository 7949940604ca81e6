package org.osistack.application.file;

import org.osistack.application.ForeignText;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * An APDU of the file application, in BER:
 *
 * <pre>
 *   FileApdu ::= CHOICE {
 *     offer    [0] SEQUENCE { path UTF8String, items INTEGER, octets INTEGER },   -- "I can send you this"
 *     ask      [1] UTF8String,                                                   -- "send me this"
 *     accept   [2] NULL,
 *     refuse   [3] SEQUENCE { reason ENUMERATED, text UTF8String },              -- ends the transfer
 *     item     [4] SEQUENCE { path UTF8String, folder BOOLEAN, size INTEGER, modified INTEGER },
 *     data     [5] OCTET STRING,                                                 -- of the present file
 *     itemEnd  [6] OCTET STRING (SIZE (32)),                                     -- its SHA-256
 *     complete [7] NULL,
 *     stored   [8] SEQUENCE { items INTEGER, octets INTEGER } }                  -- all is where it belongs
 *
 *   sending:  offer →, ← accept, (item →, data →…, itemEnd →)…, complete →, ← stored
 *   getting:  ask →, and the same in the other direction
 * </pre>
 *
 * <p>The tags are implicit. Data has no record of its own: {@link #pushDataHeader} and {@link #pullDataHeader} put it
 * in front of the octets and take it off.
 */
sealed interface FileApdu {
    /** How many octets of a file one data APDU carries at most. */
    int MAX_DATA = 32 * 1024;

    /** The longest APDU that is taken from a peer, in octets. */
    int MAX_LENGTH = MAX_DATA + 16;

    int OFFER = Tag.contextConstructed(0);
    int ASK = Tag.context(1);
    int ACCEPT = Tag.context(2);
    int REFUSE = Tag.contextConstructed(3);
    int ITEM = Tag.contextConstructed(4);
    int DATA = Tag.context(5);
    int ITEM_END = Tag.context(6);
    int COMPLETE = Tag.context(7);
    int STORED = Tag.contextConstructed(8);

    /** Why a transfer does not happen or ends; the number is the ENUMERATED value. */
    enum Reason {
        OTHER,
        NOT_FOUND,
        NOT_ALLOWED,
        READ_ERROR,
        STORAGE,
        DAMAGED,
        BUSY,
        PROTOCOL_ERROR,
        /** What had arrived is lost: it may be sent anew. */
        GONE
    }

    /** Its name, for a person. */
    String name();

    void write(BerWriter out);

    default Pdu toPdu(PduPool pool) {
        BerWriter out = new BerWriter();
        write(out);
        return out.toPdu(pool);
    }

    /** The APDU as octets. */
    default Octets toOctets() {
        BerWriter out = new BerWriter();
        write(out);
        return out.toOctets();
    }

    /**
     * @param path the name of the file or folder as a whole: the first part of each item's path
     * @param items how many files and folders, from 1
     * @param octets of all files
     */
    record Offer(String path, long items, long octets) implements FileApdu {
        @Override
        public String name() {
            return "offer";
        }

        @Override
        public void write(BerWriter out) {
            int end = out.mark();
            out.integer(Tag.INTEGER, octets).integer(Tag.INTEGER, items).utf8String(Tag.UTF8_STRING, path);
            out.wrap(OFFER, end);
        }
    }

    /** @param path what is wanted, inside the server's folder */
    record Ask(String path) implements FileApdu {
        @Override
        public String name() {
            return "ask";
        }

        @Override
        public void write(BerWriter out) {
            out.utf8String(ASK, path);
        }
    }

    /** The offer is accepted: send. */
    record Accept() implements FileApdu {
        @Override
        public String name() {
            return "accept";
        }

        @Override
        public void write(BerWriter out) {
            out.nul(ACCEPT);
        }
    }

    /** @param text for a person */
    record Refuse(Reason reason, String text) implements FileApdu {
        public Refuse {
            text = ForeignText.harmless(text);
        }

        @Override
        public String name() {
            return "refuse";
        }

        @Override
        public void write(BerWriter out) {
            int end = out.mark();
            out.utf8String(Tag.UTF8_STRING, text).integer(Tag.ENUMERATED, reason.ordinal());
            out.wrap(REFUSE, end);
        }
    }

    /**
     * @param path with slashes, see {@link ItemPath}
     * @param size in octets; 0 of a folder
     * @param modified when, in milliseconds since 1970
     */
    record Item(String path, boolean isFolder, long size, long modified) implements FileApdu {
        static Item file(String path, long size, long modified) {
            return new Item(path, false, size, modified);
        }

        static Item folder(String path, long modified) {
            return new Item(path, true, 0, modified);
        }

        @Override
        public String name() {
            return "item";
        }

        @Override
        public void write(BerWriter out) {
            int end = out.mark();
            out.integer(Tag.INTEGER, modified)
                    .integer(Tag.INTEGER, size)
                    .bool(Tag.BOOLEAN, isFolder)
                    .utf8String(Tag.UTF8_STRING, path);
            out.wrap(ITEM, end);
        }
    }

    /** @param sha256 of the file that was sent */
    record ItemEnd(Octets sha256) implements FileApdu {
        @Override
        public String name() {
            return "item-end";
        }

        @Override
        public void write(BerWriter out) {
            out.octetString(ITEM_END, sha256);
        }
    }

    /** All items of the offer were sent. */
    record Complete() implements FileApdu {
        @Override
        public String name() {
            return "complete";
        }

        @Override
        public void write(BerWriter out) {
            out.nul(COMPLETE);
        }
    }

    /** All items are where they belong. */
    record Stored(long items, long octets) implements FileApdu {
        @Override
        public String name() {
            return "stored";
        }

        @Override
        public void write(BerWriter out) {
            int end = out.mark();
            out.integer(Tag.INTEGER, octets).integer(Tag.INTEGER, items);
            out.wrap(STORED, end);
        }
    }

    /** Put the header of a data APDU in front of the octets that the PDU holds. */
    static void pushDataHeader(Pdu octets) {
        new BerWriter(octets).wrap(DATA, 0);
    }

    /**
     * Take the header off, if this is a data APDU.
     *
     * @return whether it is one; if not, the PDU is as it was
     */
    static boolean pullDataHeader(Pdu apdu) {
        BerReader reader = new BerReader(apdu);
        if (!reader.isAt(DATA)) {
            return false;
        }
        reader.skip();
        reader.end();
        if (reader.isMalformed()) {
            return false;
        }
        int length = apdu.getUint8(1); // definite: the value is primitive
        apdu.pullHeader(length < 0x80 ? 2 : 2 + (length & 0x7f));
        return true;
    }

    /**
     * Read an APDU other than data.
     *
     * @return null if it is none
     */
    static FileApdu parse(Pdu apdu) {
        return parse(new BerReader(apdu));
    }

    /** As {@link #parse(Pdu)}, of octets; null if it is none. */
    static FileApdu parse(Octets apdu) {
        return parse(new BerReader(apdu));
    }

    private static FileApdu parse(BerReader reader) {
        FileApdu parsed = read(reader);
        reader.end();
        return reader.isMalformed() ? null : parsed;
    }

    /** Read one; a malformed reader is the caller's to notice. */
    static FileApdu read(BerReader reader) {
        int tag = reader.tag();
        if (tag == ASK) {
            return new Ask(reader.utf8String(ASK));
        } else if (tag == ACCEPT) {
            reader.nul(ACCEPT);
            return new Accept();
        } else if (tag == COMPLETE) {
            reader.nul(COMPLETE);
            return new Complete();
        } else if (tag == ITEM_END) {
            return new ItemEnd(reader.octetString(ITEM_END));
        } else if (tag == OFFER) {
            reader.enter(OFFER);
            Offer offer = new Offer(reader.utf8String(Tag.UTF8_STRING), count(reader), count(reader));
            reader.leave();
            return offer;
        } else if (tag == REFUSE) {
            reader.enter(REFUSE);
            int reason = reader.integer(Tag.ENUMERATED, 0, Integer.MAX_VALUE);
            Refuse refuse = new Refuse(
                    reason < Reason.values().length ? Reason.values()[reason] : Reason.OTHER,
                    reader.utf8String(Tag.UTF8_STRING));
            reader.leave();
            return refuse;
        } else if (tag == ITEM) {
            reader.enter(ITEM);
            Item item = new Item(
                    reader.utf8String(Tag.UTF8_STRING),
                    reader.bool(Tag.BOOLEAN),
                    count(reader),
                    reader.integer(Tag.INTEGER));
            reader.leave();
            return item;
        } else if (tag == STORED) {
            reader.enter(STORED);
            Stored stored = new Stored(count(reader), count(reader));
            reader.leave();
            return stored;
        }
        reader.fail();
        return null;
    }

    private static long count(BerReader reader) {
        long count = reader.integer(Tag.INTEGER);
        if (count < 0) {
            reader.fail();
        }
        return count;
    }
}
