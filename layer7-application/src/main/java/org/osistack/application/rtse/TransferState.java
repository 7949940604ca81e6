package org.osistack.application.rtse;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What one side must remember of an association, so that it can be continued after a loss (X.228 §7.8): its name, the
 * agreement, who has the turn, and how far a transfer is. A value: {@link TransferLog} keeps the latest.
 *
 * @param isInitiator whether this side asked for the association
 * @param user the name of the peer's user, who has proved to be that; empty if nobody had to, or this side is the initiator
 * @param application by its name in the {@link org.osistack.application.ApplicationContext}
 * @param association the identifier of its first session connection, by which it is called for ever
 * @param mode who may transfer
 * @param hasTurn whether this side has the turn
 * @param checkpointSize as agreed, in units of 1024 octets
 * @param windowSize as agreed
 * @param outgoing the transfer of this side that is under way; null if none is
 * @param incoming the transfer of the peer that is under way; null if none is
 * @param completed the last transfer of the peer that was secured; null if none was
 * @param sent the label of the last transfer of this side that was confirmed; empty if none was
 */
public record TransferState(
        boolean isInitiator,
        String user,
        String application,
        SessionConnectionIdentifier association,
        DialogueMode mode,
        boolean hasTurn,
        int checkpointSize,
        int windowSize,
        Outgoing outgoing,
        Incoming incoming,
        Completed completed,
        Octets sent) {
    private static final int MAX_CHECKPOINTS = 2 * RtseSettings.MAX_WINDOW_SIZE;
    private static final int OUTGOING = 0xa0;
    private static final int INCOMING = 0xa1;
    private static final int COMPLETED = 0xa2;
    private static final int SENT = 0x83;

    /**
     * A checkpoint.
     *
     * @param serial of the synchronization point; 0 for the beginning
     * @param octets of the APDU before it
     */
    public record Checkpoint(long serial, long octets) {
        static final Checkpoint BEGINNING = new Checkpoint(0, 0);
    }

    /**
     * A transfer of this side.
     *
     * @param name how it was called when it began
     * @param present how its activity was called last
     * @param confirmed the last checkpoint that the peer has confirmed
     * @param endRequested whether the peer may have secured all of it, since it was told that it was whole
     * @param label of its source
     */
    public record Outgoing(
            TransferName name, TransferName present, Checkpoint confirmed, boolean endRequested, Octets label) {}

    /**
     * A transfer of the peer.
     *
     * @param name how it was called when it began
     * @param present how its activity was called last
     * @param secured the last checkpoints that were secured, of which the peer may resume at any
     * @param isCommitting whether its sink was told to commit it
     */
    public record Incoming(TransferName name, TransferName present, List<Checkpoint> secured, boolean isCommitting) {
        public Incoming {
            secured = List.copyOf(secured);
        }
    }

    /**
     * A transfer of the peer that was secured.
     *
     * @param name how it was called when it began
     * @param present how its activity was called last
     */
    public record Completed(TransferName name, TransferName present) {
        boolean isCalled(TransferName by) {
            return name.equals(by) || present.equals(by);
        }
    }

    /** Whether nothing has been transferred by the association, and nothing is on its way. */
    public boolean isUnused() {
        return outgoing == null && incoming == null && completed == null && sent.isEmpty();
    }

    /** The state as octets, for a store. */
    public Octets emit() {
        BerWriter out = new BerWriter();
        if (!sent.isEmpty()) {
            out.octetString(SENT, sent);
        }
        if (completed != null) {
            int end = out.mark();
            emit(out, completed.present);
            emit(out, completed.name);
            out.wrap(COMPLETED, end);
        }
        if (incoming != null) {
            int end = out.mark();
            out.bool(Tag.BOOLEAN, incoming.isCommitting);
            int checkpoints = out.mark();
            for (int i = incoming.secured.size() - 1; i >= 0; i--) {
                emit(out, incoming.secured.get(i));
            }
            out.wrap(Tag.SEQUENCE, checkpoints);
            emit(out, incoming.present);
            emit(out, incoming.name);
            out.wrap(INCOMING, end);
        }
        if (outgoing != null) {
            int end = out.mark();
            out.octetString(Tag.OCTET_STRING, outgoing.label).bool(Tag.BOOLEAN, outgoing.endRequested);
            emit(out, outgoing.confirmed);
            emit(out, outgoing.present);
            emit(out, outgoing.name);
            out.wrap(OUTGOING, end);
        }
        out.integer(Tag.INTEGER, windowSize)
                .integer(Tag.INTEGER, checkpointSize)
                .bool(Tag.BOOLEAN, hasTurn)
                .integer(Tag.ENUMERATED, mode.ordinal());
        emit(out, association);
        out.utf8String(Tag.UTF8_STRING, application)
                .utf8String(Tag.UTF8_STRING, user)
                .bool(Tag.BOOLEAN, isInitiator);
        return out.wrap(Tag.SEQUENCE, 0).toOctets();
    }

    private static void emit(BerWriter out, SessionConnectionIdentifier identifier) {
        int end = out.mark();
        identifier.emit(out);
        out.wrap(Tag.SEQUENCE, end);
    }

    private static void emit(BerWriter out, TransferName name) {
        int end = out.mark();
        out.octetString(Tag.OCTET_STRING, name.activity().octets());
        emit(out, name.connection());
        out.wrap(Tag.SEQUENCE, end);
    }

    private static void emit(BerWriter out, Checkpoint checkpoint) {
        int end = out.mark();
        out.integer(Tag.INTEGER, checkpoint.octets).integer(Tag.INTEGER, checkpoint.serial);
        out.wrap(Tag.SEQUENCE, end);
    }

    /** Read what {@link #emit} wrote; null if it is something else. */
    public static TransferState parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(Tag.SEQUENCE);
        boolean isInitiator = reader.bool(Tag.BOOLEAN);
        String user = reader.utf8String(Tag.UTF8_STRING);
        String application = reader.utf8String(Tag.UTF8_STRING);
        SessionConnectionIdentifier association = identifier(reader);
        DialogueMode mode = DialogueMode.values()[reader.integer(Tag.ENUMERATED, 0, 1)];
        boolean hasTurn = reader.bool(Tag.BOOLEAN);
        int checkpointSize = reader.integer(Tag.INTEGER, 0, Integer.MAX_VALUE);
        int windowSize = reader.integer(Tag.INTEGER, 1, Integer.MAX_VALUE);
        Outgoing outgoing = null;
        if (reader.isAt(OUTGOING)) {
            reader.enter(OUTGOING);
            TransferName name = name(reader);
            TransferName present = name(reader);
            Checkpoint confirmed = checkpoint(reader);
            boolean endRequested = reader.bool(Tag.BOOLEAN);
            outgoing = new Outgoing(name, present, confirmed, endRequested, reader.octetString(Tag.OCTET_STRING));
            reader.leave();
        }
        Incoming incoming = null;
        if (reader.isAt(INCOMING)) {
            reader.enter(INCOMING);
            TransferName name = name(reader);
            TransferName present = name(reader);
            List<Checkpoint> secured = new ArrayList<>();
            reader.enter(Tag.SEQUENCE);
            while (reader.hasMore() && secured.size() < MAX_CHECKPOINTS) {
                secured.add(checkpoint(reader));
            }
            reader.end();
            reader.leave();
            incoming = new Incoming(name, present, secured, reader.bool(Tag.BOOLEAN));
            reader.leave();
        }
        Completed completed = null;
        if (reader.isAt(COMPLETED)) {
            reader.enter(COMPLETED);
            completed = new Completed(name(reader), name(reader));
            reader.leave();
        }
        Octets sent = reader.isAt(SENT) ? reader.octetString(SENT) : Octets.EMPTY;
        reader.end();
        reader.leave();
        reader.end();
        return reader.isMalformed()
                ? null
                : new TransferState(
                        isInitiator,
                        user,
                        application,
                        association,
                        mode,
                        hasTurn,
                        checkpointSize,
                        windowSize,
                        outgoing,
                        incoming,
                        completed,
                        sent);
    }

    private static SessionConnectionIdentifier identifier(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        SessionConnectionIdentifier identifier = SessionConnectionIdentifier.parse(reader);
        reader.leave();
        return identifier;
    }

    private static TransferName name(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        SessionConnectionIdentifier connection = identifier(reader);
        Octets activity = reader.octetString(Tag.OCTET_STRING);
        reader.leave();
        if (activity.isEmpty() || activity.length() > 6) {
            reader.fail();
            return null;
        }
        return new TransferName(connection, new ActivityIdentifier(activity));
    }

    private static Checkpoint checkpoint(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        Checkpoint checkpoint = new Checkpoint(reader.integer(Tag.INTEGER), reader.integer(Tag.INTEGER));
        reader.leave();
        return checkpoint;
    }
}
