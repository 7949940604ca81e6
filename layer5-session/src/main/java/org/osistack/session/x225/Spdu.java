package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * A session protocol data unit: its kind and its parameters, as a value.
 *
 * <pre>
 *   SPDU   | SI | LI | parameter | parameter | … |  user information, in DT, EX and TD only
 *                     \________ LI octets _______/
 *   PI unit    | PI  | LI | value |
 *   PGI unit   | PGI | LI | PI unit | PI unit | … |
 *
 *   LI     0 to 254 in one octet, or FF and two octets big endian          (X.225 §8.2)
 * </pre>
 *
 * <p>User information is not part of this value: it stays in the PDU, behind the header that {@link #emit} writes.
 *
 * @param items the parameters in the order in which they stand in the SPDU, a group in front of what it holds
 */
record Spdu(SpduType type, List<Item> items) {
    /** The highest serial number that six digits write. */
    static final long MAX_SHORT_SERIAL_NUMBER = 999_999;
    /** The highest serial number that is read and written here: eighteen digits. */
    static final long MAX_SERIAL_NUMBER = 999_999_999_999_999_999L;

    private static final int LONG_FORM = 0xff;

    /**
     * A parameter with its value.
     *
     * @param group the group that it stands in; null if it stands in none
     * @param value empty for a group, and for a parameter of no octets, which means the same as none
     */
    record Item(Parameter parameter, Parameter group, Octets value) {}

    Spdu {
        items = List.copyOf(items);
    }

    /** Begin an SPDU of that kind. */
    static Builder of(SpduType type) {
        return new Builder(type);
    }

    /** The value of a parameter outside {@code LINKING_INFORMATION}; null if it is absent. */
    Octets value(Parameter parameter) {
        for (Item item : items) {
            if (item.parameter == parameter && item.group != Parameter.LINKING_INFORMATION && !item.value.isEmpty()) {
                return item.value;
            }
        }
        return null;
    }

    /** The value of a part of the Linking Information; no octets if it is absent. */
    Octets linked(Parameter parameter) {
        for (Item item : items) {
            if (item.parameter == parameter && item.group == Parameter.LINKING_INFORMATION) {
                return item.value;
            }
        }
        return Octets.EMPTY;
    }

    boolean has(Parameter parameter) {
        return value(parameter) != null;
    }

    /** The value of a parameter; no octets if it is absent. */
    Octets octets(Parameter parameter) {
        Octets value = value(parameter);
        return value == null ? Octets.EMPTY : value;
    }

    /** The value of a parameter as a number of up to four octets; the given one if it is absent. */
    long number(Parameter parameter, long otherwise) {
        Octets value = value(parameter);
        if (value == null) {
            return otherwise;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            number = number << 8 | value.at(i);
        }
        return number;
    }

    /** The value of a parameter as a serial number, which is written in decimal digits; -1 if it is absent. */
    long serialNumber(Parameter parameter) {
        return decimal(octets(parameter));
    }

    /** The serial number that decimal digits write; -1 if there are none. */
    static long decimal(Octets value) {
        if (value.isEmpty()) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            number = number * 10 + value.at(i) - '0';
        }
        return number;
    }

    /** The octets of the user that it carries as a parameter; none if it has none. */
    Octets userData() {
        return type.userData() == null ? Octets.EMPTY : octets(type.userData());
    }

    /** The same SPDU with other user data and without an Enclosure Item: one put together from its segments. */
    Spdu whole(Octets userData) {
        return copyOfParameters().userData(userData).build();
    }

    /** A segment: the same parameters with this Enclosure Item and this part of the user data. */
    Spdu segment(int enclosure, Octets userData) {
        return copyOfParameters()
                .with(Parameter.ENCLOSURE_ITEM, enclosure)
                .userData(userData)
                .build();
    }

    private Builder copyOfParameters() {
        Builder builder = of(type);
        for (Item item : items) {
            if (item.parameter != Parameter.ENCLOSURE_ITEM && item.parameter != type.userData()) {
                builder.items.add(item);
            }
        }
        return builder;
    }

    /** How many octets {@link #emit} writes. */
    int length() {
        int parameters = parametersLength();
        return 1 + indicatorLength(parameters) + parameters;
    }

    private int parametersLength() {
        int length = 0;
        for (Item item : items) {
            length += unitLength(item);
        }
        return length;
    }

    /** The octets of one item: for a group those of its code and indicator, for they are followed by its parts. */
    private int unitLength(Item item) {
        int value = item.parameter.isGroup() ? groupLength(item.parameter) : item.value.length();
        return 1 + indicatorLength(value) + item.value.length();
    }

    private int groupLength(Parameter group) {
        int length = 0;
        for (Item item : items) {
            if (item.group == group) {
                length += unitLength(item);
            }
        }
        return length;
    }

    static int indicatorLength(int length) {
        return length < LONG_FORM ? 1 : 3;
    }

    /** Write it behind the data of a PDU that has room for {@link #length()} octets more. */
    void emit(Pdu pdu) {
        pdu.appendUint8(type.identifier());
        emitIndicator(pdu, parametersLength());
        for (Item item : items) {
            pdu.appendUint8(item.parameter.code());
            emitIndicator(pdu, item.parameter.isGroup() ? groupLength(item.parameter) : item.value.length());
            item.value.appendTo(pdu);
        }
    }

    private static void emitIndicator(Pdu pdu, int length) {
        if (length < LONG_FORM) {
            pdu.appendUint8(length);
        } else {
            pdu.appendUint8(LONG_FORM).appendUint8(length >>> 8).appendUint8(length);
        }
    }

    /** A TSDU of this SPDU, behind a GIVE TOKENS or PLEASE TOKENS that says nothing if its kind needs one. */
    Pdu toTsdu(PduPool pool) {
        SpduType prefix = type.prefix();
        Pdu tsdu = pool.take((prefix == null ? 0 : 2) + length());
        if (prefix != null) {
            tsdu.appendUint8(prefix.identifier()).appendUint8(0);
        }
        emit(tsdu);
        return tsdu;
    }

    /** Collects parameters in whatever order, and puts them into that of the standard. */
    static final class Builder {
        private final SpduType type;
        private final List<Item> items = new ArrayList<>();

        private Builder(SpduType type) {
            this.type = type;
        }

        /** Add a parameter, in its group if it belongs to one. */
        Builder with(Parameter parameter, Octets value) {
            SpduType.Slot slot = type.slot(parameter, null);
            if (slot == null) {
                throw new IllegalArgumentException(type + " has no " + parameter);
            }
            if (slot.group() != null) {
                group(slot.group());
            }
            items.add(new Item(parameter, slot.group(), value));
            return this;
        }

        /** Add a parameter in that group, unless the value has no octets. */
        Builder withAny(Parameter group, Parameter parameter, Octets value) {
            if (!value.isEmpty()) {
                group(group);
                items.add(new Item(parameter, group, value));
            }
            return this;
        }

        /** Add a serial number, in decimal digits. */
        Builder withSerialNumber(Parameter parameter, long number) {
            return with(parameter, Octets.ofText(Long.toString(number)));
        }

        /** Add a group, which may stay empty. */
        Builder group(Parameter group) {
            if (items.stream().noneMatch(item -> item.parameter == group)) {
                items.add(new Item(group, null, Octets.EMPTY));
            }
            return this;
        }

        /** Add a parameter, unless the value has no octets. */
        Builder withAny(Parameter parameter, Octets value) {
            return value.isEmpty() ? this : with(parameter, value);
        }

        /** Add a parameter of one octet. */
        Builder with(Parameter parameter, int octet) {
            return with(parameter, Octets.of((byte) octet));
        }

        /** Add the octets of the user, if there are any. */
        Builder userData(Octets userData) {
            return userData.isEmpty() ? this : with(type.userData(), userData);
        }

        Spdu build() {
            items.sort((a, b) -> Integer.compare(place(a), place(b)));
            return new Spdu(type, items);
        }

        private int place(Item item) {
            return type.slots().indexOf(type.slot(item.parameter, item.group));
        }
    }
}
