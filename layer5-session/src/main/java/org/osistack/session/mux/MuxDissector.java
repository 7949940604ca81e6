package org.osistack.session.mux;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionRefusal;

/**
 * Explains frames. On the way up a stream may be cut anywhere: it remembers how much of a frame is still to come, and
 * explains the headers that it sees whole.
 */
final class MuxDissector implements Dissector {
    private static final int MAX_REMEMBERED = 1000; // sessions with an SSDU that has begun

    private final PduPool scratch = new PduPool(0);
    private final byte[][] headers = new byte[Direction.values().length][FrameHeader.LENGTH]; // cut in the middle
    private final int[] headerOctets = new int[Direction.values().length]; // how much of such a header has passed
    private final int[] toCome = new int[Direction.values().length]; // octets of a frame whose header has passed
    private final Map<Long, Begun> begun = new HashMap<>(); // by direction and session

    /** A unit that has begun: where, and with how long a frame; those that follow are as long, but for the last. */
    private record Begun(long sequence, int frameLength) {
        long offsetOf(long other) {
            long octets = other - sequence & 0xffff_ffffL;
            return octets - octets / frameLength * FrameHeader.LENGTH;
        }
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        new Walk(pdu, direction, out).frames();
    }

    private final class Walk {
        private final Pdu pdu;
        private final Direction direction;
        private final Dissection out;
        private final StringJoiner names = new StringJoiner("·");
        private final StringJoiner summary = new StringJoiner(", ");
        private final FrameHeader header = new FrameHeader();
        private boolean hasSdu;

        Walk(Pdu pdu, Direction direction, Dissection out) {
            this.pdu = pdu;
            this.direction = direction;
            this.out = out;
        }

        void frames() {
            int way = direction.ordinal();
            int at = restOfHeader(way);
            int continued = Math.min(toCome[way], pdu.length() - at);
            toCome[way] -= continued;
            if (continued > 0) {
                names.add("…");
                summary.add("continued");
                sdu(at, at + continued);
                at += continued;
            }
            while (pdu.length() - at >= FrameHeader.LENGTH) {
                Pdu rest = view(at);
                boolean possible = FrameHeader.isPossible(rest);
                int length = possible ? FrameHeader.frameLength(rest) : 0;
                restore(at);
                if (!possible) {
                    break;
                }
                int end = Math.min(at + length, pdu.length());
                toCome[way] = at + length - end;
                frame(at, end);
                at = end;
            }
            if (at < pdu.length()) {
                boolean begins = pdu.length() - at < FrameHeader.LENGTH;
                names.add(begins ? "…" : "?");
                out.field("octets", at, pdu.length() - at, 0, begins ? "a header begins" : "no frame", "mux §3");
                if (begins) {
                    headerOctets[way] = pdu.length() - at;
                    pdu.copyTo(at, headers[way], 0, headerOctets[way]);
                }
            }
            out.pdu("mux", names.toString()).summary(summary.toString());
        }

        /** Read the rest of a header that the octets before ended in; says how long that is. */
        private int restOfHeader(int way) {
            int had = headerOctets[way];
            if (had == 0) {
                return 0;
            }
            int length = Math.min(FrameHeader.LENGTH - had, pdu.length());
            pdu.copyTo(0, headers[way], had, length);
            headerOctets[way] = had + length;
            out.field("octets", 0, length, 0, "the header goes on", "mux §3");
            if (headerOctets[way] == FrameHeader.LENGTH) {
                headerOctets[way] = 0;
                Pdu whole = scratch.takeForReceiving(FrameHeader.LENGTH).append(headers[way]);
                if (FrameHeader.isPossible(whole)) {
                    toCome[way] = FrameHeader.frameLength(whole) - FrameHeader.LENGTH;
                    names.add(header.wrap(whole).type().name().replace('_', '-'));
                    summary.add(header.type().text());
                }
                whole.release();
            }
            return length;
        }

        /** The PDU without its first octets, until {@link #restore}. */
        private Pdu view(int at) {
            return pdu.pullHeader(at);
        }

        private void restore(int at) {
            pdu.pushHeader(at);
        }

        private void frame(int at, int end) {
            view(at);
            header.wrap(pdu);
            FrameType type = header.type();
            int session = header.session();
            int sequence = header.sequence();
            int bodyLength = header.bodyLength();
            boolean last = header.isEnd();
            boolean asking = header.isAsking();
            restore(at);
            names.add(type.name().replace('_', '-'));
            if (type.kind() != FrameType.Kind.PATH) {
                summary.add(type.text() + ": session " + Integer.toUnsignedString(session)
                        + (type.isUnit() ? " seq " + Integer.toUnsignedString(sequence) : ""));
            } else {
                summary.add(type.text());
            }
            out.group(type.name().replace('_', '-'), at, FrameHeader.LENGTH, type.text());
            out.field("type", at, 1, type.code(), type.text(), type.clause());
            String flags = last ? "the unit ends here" : asking ? "asks for the same" : type.isUnit() ? "goes on" : "";
            out.field("flags", at + 1, 1, pdu.getUint8(at + 1), flags, "mux §3");
            out.field("body length", at + 2, 2, bodyLength, bodyLength + " octets", "mux §3");
            out.field("session", at + 4, 4, Integer.toUnsignedLong(session), session == 0 ? "none" : "", "mux §3");
            out.field("sequence", at + 8, 4, Integer.toUnsignedLong(sequence), sequenceText(type), "mux §3");
            out.end();
            body(type, session, sequence, bodyLength, last, at + FrameHeader.LENGTH, end);
        }

        private String sequenceText(FrameType type) {
            return switch (type.kind()) {
                case UNIT -> "place of this frame among the session's";
                case SESSION ->
                    type == FrameType.ACK || type == FrameType.RESUME ? "everything before this has come" : "";
                case PATH -> "";
            };
        }

        private void body(FrameType type, int session, int sequence, int bodyLength, boolean last, int at, int end) {
            int length = end - at;
            if (type.isUnit()) {
                unit(type, session, sequence, bodyLength, last, at, end);
            } else if (type == FrameType.HELLO && length == HelloFrame.LENGTH) {
                hello(at);
            } else if (type == FrameType.JOIN && length == TrunkSecret.PROOF_LENGTH) {
                out.field("proof", at, length, 0, "made of the secret and both challenges", type.clause());
            } else if (type == FrameType.LOST && length == 4) {
                out.field("path", at, 4, pdu.getUint32(at), "is lost", type.clause());
            } else if ((type == FrameType.ACK || type == FrameType.RESUME) && length == 4) {
                out.field("limit", at, 4, pdu.getUint32(at), "the peer may send up to here", type.clause());
            } else if (type == FrameType.ABORT && length > 0) {
                int reason = pdu.getUint8(at);
                String text = reason == SessionControls.BY_USER
                        ? "by the user"
                        : SessionControls.reason(reason).text();
                out.field("reason", at, 1, reason, text, type.clause());
                sdu(at + 1, end);
            } else if (length > 0) {
                out.field("body", at, length, 0, "cut off", type.clause());
            }
        }

        private void unit(FrameType type, int session, int sequence, int bodyLength, boolean last, int at, int end) {
            long key = (long) direction.ordinal() << 32 | Integer.toUnsignedLong(session);
            Begun began = begun.get(key);
            Begun whole = began == null
                    ? new Begun(Integer.toUnsignedLong(sequence), bodyLength + FrameHeader.LENGTH)
                    : began;
            if (last) {
                begun.remove(key);
            } else if (begun.size() < MAX_REMEMBERED) {
                begun.put(key, whole);
            }
            boolean isSegment = began != null || !last;
            boolean carries = sdu(began == null ? at + fixed(type, at, end) : at, end);
            if (carries && isSegment) {
                out.segmentOf(
                        "mux session " + Integer.toUnsignedString(session) + " unit " + whole.sequence(),
                        whole.offsetOf(Integer.toUnsignedLong(sequence)));
            }
        }

        /** Explain what comes before the user data of a unit; says how long it is. */
        private int fixed(FrameType type, int at, int end) {
            int length = end - at;
            if (type == FrameType.REFUSE && length >= 2) {
                int reason = pdu.getUint16(at);
                out.field("reason", at, 2, reason, SessionRefusal.ofCode(reason).text(), type.clause());
                return 2;
            } else if ((type == FrameType.GIVE || type == FrameType.PLEASE) && length >= 1) {
                int tokens = pdu.getUint8(at);
                out.field("tokens", at, 1, tokens, new Tokens(tokens).toString(), type.clause());
                return 1;
            } else if ((type == FrameType.OPEN || type == FrameType.ACCEPT) && length >= OpenUnit.FIXED_LENGTH) {
                return parts(type, at, end);
            }
            return 0;
        }

        private int parts(FrameType type, int at, int end) {
            String[] open = {
                "called transport selector",
                "called session selector",
                "calling session selector",
                "user reference",
                "common reference",
                "additional information"
            };
            String[] accept = {
                "responding session selector", "user reference", "common reference", "additional information"
            };
            String[] parts = type == FrameType.OPEN ? open : accept;
            int units = pdu.getUint16(at);
            out.field("requirements", at, 2, units, new FunctionalUnits(units).toString(), type.clause());
            out.field("tokens", at + 2, 1, pdu.getUint8(at + 2), "two bits a token, as X.225", type.clause());
            out.field(
                    "pleased",
                    at + 3,
                    1,
                    pdu.getUint8(at + 3),
                    new Tokens(pdu.getUint8(at + 3)).toString(),
                    type.clause());
            out.field(
                    "lengths",
                    at + 4,
                    8,
                    pdu.getInt64(at + 4),
                    Arrays.toString(lengths(at, parts.length)),
                    type.clause());
            int next = at + OpenUnit.FIXED_LENGTH;
            for (int i = 0; i < parts.length; i++) {
                int length = pdu.getUint8(at + 4 + i);
                if (length > end - next) {
                    out.field(parts[i], next, end - next, 0, "cut off", type.clause());
                    return end - at;
                }
                if (length > 0) {
                    String text = UnitParts.octets(pdu, next, length).toString();
                    out.field(parts[i], next, length, 0, "0x" + text, type.clause());
                }
                next += length;
            }
            return next - at;
        }

        private int[] lengths(int at, int count) {
            int[] lengths = new int[count];
            for (int i = 0; i < count; i++) {
                lengths[i] = pdu.getUint8(at + 4 + i);
            }
            return lengths;
        }

        /** Say that octets are the user's; says whether there are any that can be called the SDU. */
        private boolean sdu(int from, int to) {
            if (from >= to) {
                return false;
            }
            if (hasSdu) {
                out.field("user data", from, to - from, 0, (to - from) + " octets", "mux §4");
                return false;
            }
            hasSdu = true;
            out.sdu(from, to - from);
            return true;
        }

        private void hello(int at) {
            String clause = FrameType.HELLO.clause();
            int flags = pdu.getUint8(at + 5);
            StringJoiner text = new StringJoiner(", ");
            text.add((flags & HelloFrame.ANSWER) != 0 ? "answer" : "call");
            text.add((flags & HelloFrame.JOIN) != 0 ? "join a trunk" : "new trunk");
            if ((flags & HelloFrame.UNKNOWN) != 0) {
                text.add("no such trunk here");
            }
            if ((flags & HelloFrame.FULL) != 0) {
                text.add("no room");
            }
            summary.add(text.toString()).add("path " + pdu.getUint32(at + 40));
            out.field("magic", at, 4, pdu.getUint32(at), "OSMX", clause);
            out.field("version", at + 4, 1, pdu.getUint8(at + 4), "", clause);
            out.field("flags", at + 5, 1, flags, text.toString(), clause);
            out.field("reserved", at + 6, 2, pdu.getUint16(at + 6), "", clause);
            out.field("entity", at + 8, 8, pdu.getInt64(at + 8), "who says it", clause);
            out.field("trunk", at + 16, 8, pdu.getInt64(at + 16), "which trunk", clause);
            boolean join = (flags & HelloFrame.JOIN) != 0;
            out.field("share", at + 24, 16, 0, join ? "challenge" : "share of the secret", clause);
            out.field("path", at + 40, 4, pdu.getUint32(at + 40), "number of the path in the trunk", clause);
            out.field("credit", at + 44, 4, pdu.getUint32(at + 44), "octets a session may send at first", clause);
            out.field("longest unit", at + 48, 4, pdu.getUint32(at + 48), "octets", clause);
            out.field("longest frame", at + 52, 4, pdu.getUint32(at + 52), "octets", clause);
            out.field("sessions", at + 56, 4, pdu.getUint32(at + 56), "at most", clause);
            out.field("patience", at + 60, 4, pdu.getUint32(at + 60), "milliseconds without a path", clause);
        }
    }
}
