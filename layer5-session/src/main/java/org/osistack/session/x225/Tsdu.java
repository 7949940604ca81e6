package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/**
 * The SPDUs of one TSDU, as they were read.
 *
 * <pre>
 *   TSDU  =  SPDU of category 1
 *         |  SPDU of category 0
 *         |  SPDU of category 0, SPDU of category 2                        basic concatenation
 *         |  SPDU of category 0, SPDU of category 2, …                     extended concatenation, if agreed
 *                                                                            (X.225 §6.3.7)
 * </pre>
 *
 * @param spdus in their order; empty if the TSDU is none
 * @param headerLength how many octets they have; what follows is user information
 * @param fault what is wrong with it; null if it is well-formed
 */
record Tsdu(List<Spdu> spdus, int headerLength, String fault) {
    private static final int LONG_FORM = 0xff;

    /** Read a TSDU, which stays the caller's. Octets of whatever kind are read without an exception. */
    static Tsdu read(Pdu pdu, boolean extendedConcatenation) {
        return new Reader(pdu).tsdu(extendedConcatenation);
    }

    boolean isWellFormed() {
        return fault == null;
    }

    /** Walks through the octets once; the first fault ends it. */
    private static final class Reader {
        private final Pdu pdu;
        private int at;
        private int valueLength;
        private String fault;

        Reader(Pdu pdu) {
            this.pdu = pdu;
        }

        Tsdu tsdu(boolean extendedConcatenation) {
            List<Spdu> spdus = new ArrayList<>(2);
            int end = pdu.length();
            if (end == 0) {
                fault = "a TSDU of no octets";
            }
            boolean ended = false;
            while (fault == null && at < end && !ended) {
                Spdu spdu = spdu(end, !spdus.isEmpty());
                if (fault != null) {
                    break;
                }
                checkPlace(spdu, spdus.size(), extendedConcatenation);
                spdus.add(spdu);
                ended = spdu.type().hasUserInformation();
            }
            if (fault == null) {
                checkAlone(spdus);
            }
            return fault == null ? new Tsdu(spdus, at, null) : new Tsdu(List.of(), 0, fault);
        }

        private void checkPlace(Spdu spdu, int place, boolean extendedConcatenation) {
            if (spdu.type().category() == Category.ONE
                    && at < pdu.length()
                    && !spdu.type().hasUserInformation()) {
                fault = spdu.type() + " is followed by other octets";
            } else if (place > 1 && !extendedConcatenation) {
                fault = "extended concatenation was not agreed";
            }
        }

        private void checkAlone(List<Spdu> spdus) {
            Spdu first = spdus.get(0);
            if (spdus.size() == 1
                    && first.type().category() == Category.ZERO
                    && !first.has(Parameter.TOKEN_ITEM)
                    && !isLaterSegment(first.items())) {
                fault = first.type() + " alone names no token";
            }
        }

        private Spdu spdu(int end, boolean behindCategory0) {
            int identifier = pdu.getUint8(at++);
            SpduType type = SpduType.of(identifier, behindCategory0);
            if (type == null) {
                fault = "no SPDU with identifier " + identifier + " may stand there";
                return null;
            }
            if (!readIndicator(end)) {
                return null;
            }
            int spduEnd = at + valueLength;
            List<Spdu.Item> items = new ArrayList<>();
            readItems(type, null, spduEnd, items);
            if (fault == null && type == SpduType.MAP && !isMajorSync(items)) {
                type = SpduType.AE;
            }
            if (fault == null) {
                checkMandatory(type, items);
            }
            return fault == null ? new Spdu(type, items) : null;
        }

        /** MAJOR SYNC POINT and ACTIVITY END share an identifier; the Sync Type Item tells them apart. */
        private static boolean isMajorSync(List<Spdu.Item> items) {
            for (Spdu.Item item : items) {
                if (item.parameter() == Parameter.SYNC_TYPE_ITEM
                        && !item.value().isEmpty()) {
                    return (item.value().at(0) & 1) != 0;
                }
            }
            return false;
        }

        private void readItems(SpduType type, Parameter group, int end, List<Spdu.Item> items) {
            while (fault == null && at < end) {
                int code = pdu.getUint8(at++);
                if (!readIndicator(end)) {
                    return;
                }
                Parameter parameter = Parameter.ofCode(code);
                if (parameter == null) {
                    at += valueLength; // of a later edition
                    continue;
                }
                SpduType.Slot slot = type.slot(parameter, group);
                if (slot == null) {
                    fault = type + " has no " + parameter;
                } else if (isRepeated(slot, items)) {
                    fault = parameter + " twice in " + type;
                } else {
                    readItem(type, slot, items);
                }
            }
        }

        private static boolean isRepeated(SpduType.Slot slot, List<Spdu.Item> items) {
            for (Spdu.Item item : items) {
                if (item.parameter() == slot.parameter() && item.group() == slot.group()) {
                    return true;
                }
            }
            return false;
        }

        private void readItem(SpduType type, SpduType.Slot slot, List<Spdu.Item> items) {
            Parameter parameter = slot.parameter();
            int valueEnd = at + valueLength;
            if (parameter.isGroup()) {
                items.add(new Spdu.Item(parameter, null, Octets.EMPTY));
                readItems(type, parameter, valueEnd, items);
                return;
            }
            byte[] value = new byte[valueLength];
            pdu.copyTo(at, value, 0, valueLength);
            at = valueEnd;
            if (!parameter.allows(value.length)) {
                fault = parameter + " of " + value.length + " octets";
            } else if (parameter.kind() == Parameter.Kind.SERIAL && !isDecimal(value)) {
                fault = parameter + " that is no decimal number";
            }
            items.add(new Spdu.Item(parameter, slot.group(), Octets.of(value)));
        }

        private static boolean isDecimal(byte[] value) {
            for (byte octet : value) {
                if (octet < '0' || octet > '9') {
                    return false;
                }
            }
            return true;
        }

        /** A segment that is not the first carries user data alone, whatever its kind must have (X.225 §7.37). */
        private void checkMandatory(SpduType type, List<Spdu.Item> items) {
            if (type != SpduType.CDO && isLaterSegment(items)) {
                return;
            }
            for (SpduType.Slot slot : type.slots()) {
                if (slot.mandatory() && isMissing(slot, items)) {
                    fault = type + " without " + slot.parameter();
                    return;
                }
            }
        }

        private static boolean isLaterSegment(List<Spdu.Item> items) {
            for (Spdu.Item item : items) {
                if (item.parameter() == Parameter.ENCLOSURE_ITEM
                        && !item.value().isEmpty()) {
                    return (item.value().at(0) & 1) == 0;
                }
            }
            return false;
        }

        private static boolean isMissing(SpduType.Slot slot, List<Spdu.Item> items) {
            for (Spdu.Item item : items) {
                if (item.parameter() == slot.parameter()
                        && item.group() == slot.group()
                        && (item.parameter().isGroup() || !item.value().isEmpty())) {
                    return false;
                }
            }
            return true;
        }

        /** Read a length indicator into {@link #valueLength}, and check that so many octets follow before the end. */
        private boolean readIndicator(int end) {
            if (at >= end) {
                fault = "the octets end before a length indicator";
                return false;
            }
            int length = pdu.getUint8(at++);
            if (length == LONG_FORM) {
                if (at + 2 > end) {
                    fault = "the octets end inside a length indicator";
                    return false;
                }
                length = pdu.getUint16(at);
                at += 2;
                if (length < LONG_FORM) {
                    fault = "a length indicator of three octets for " + length + " octets";
                    return false;
                }
            }
            if (length > end - at) {
                fault = "a length indicator of " + length + " where " + (end - at) + " octets are left";
                return false;
            }
            valueLength = length;
            return true;
        }
    }
}
