package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The kinds of SPDU: identifier, category and parameters of each, as X.225 §8.3 has them.
 *
 * <p>The parameters are written in the order in which they are sent: codes, {@code !} behind one that must be there, and
 * braces around those inside a group.
 */
enum SpduType {
    CN("CONNECT", 13, Category.ONE, 1, "1{10 11 12} 5{19 21 22 23 26 55 56 57 58} 20 51 52 60 193 194"),
    OA("OVERFLOW ACCEPT", 16, Category.ONE, 2, "21 22!"),
    CDO("CONNECT DATA OVERFLOW", 15, Category.ONE, 3, "25! 193"),
    AC("ACCEPT", 14, Category.ONE, 4, "1{9 11 12} 5{19 21 22 23 26 55 56 57 58} 16 20 25 51 52 193"),
    RF("REFUSE", 12, Category.ONE, 5, "1{9 11 12} 17 20 22 25 50"),
    FN("FINISH", 9, Category.ONE, 6, "17 25 193"),
    DN("DISCONNECT", 10, Category.ONE, 7, "25 193"),
    NF("NOT FINISHED", 8, Category.ONE, 8, "25 193"),
    AB("ABORT", 25, Category.ONE, 9, "17! 25 49 193"),
    AA("ABORT ACCEPT", 26, Category.ONE, 10, ""),
    DT("DATA TRANSFER", 1, Category.TWO, 11, "25"),
    EX("EXPEDITED", 5, Category.ONE, 12, ""),
    TD("TYPED DATA", 33, Category.ONE, 13, "25"),
    CD("CAPABILITY DATA", 61, Category.TWO, 14, "25 193"),
    CDA("CAPABILITY DATA ACK", 62, Category.TWO, 15, "25 193"),
    GT("GIVE TOKENS", 1, Category.ZERO, 16, "16"),
    PT("PLEASE TOKENS", 2, Category.ZERO, 17, "16 25 193"),
    GTC("GIVE TOKENS CONFIRM", 21, Category.ONE, 18, ""),
    GTA("GIVE TOKENS ACK", 22, Category.ONE, 19, ""),
    MIP("MINOR SYNC POINT", 49, Category.TWO, 20, "15 25 42! 193"),
    MIA("MINOR SYNC ACK", 50, Category.TWO, 21, "25 42! 46 193"),
    MAP("MAJOR SYNC POINT", 41, Category.TWO, 22, "15 25 42! 54 193"),
    MAA("MAJOR SYNC ACK", 42, Category.TWO, 23, "25 42! 54 193"),
    RS("RESYNCHRONIZE", 53, Category.TWO, 24, "25 26 27! 42! 53 54 193"),
    RA("RESYNCHRONIZE ACK", 34, Category.TWO, 25, "25 26 27 42! 53 54 193"),
    PR("PREPARE", 7, Category.ONE, 26, "24! 27 53"),
    ER("EXCEPTION REPORT", 0, Category.TWO, 27, "49"),
    ED("EXCEPTION DATA", 48, Category.TWO, 28, "25 50! 193"),
    AS("ACTIVITY START", 45, Category.TWO, 29, "25 41! 193"),
    AR("ACTIVITY RESUME", 29, Category.TWO, 30, "25 33!{9 10 11 12 41! 42! 54} 41! 193"),
    AI("ACTIVITY INTERRUPT", 25, Category.TWO, 31, "25 50 193"),
    AIA("ACTIVITY INTERRUPT ACK", 26, Category.TWO, 32, "25 193"),
    AD("ACTIVITY DISCARD", 57, Category.TWO, 33, "25 50 193"),
    ADA("ACTIVITY DISCARD ACK", 58, Category.TWO, 34, "25 193"),
    AE("ACTIVITY END", 41, Category.TWO, 35, "15 25 42! 54 193"),
    AEA("ACTIVITY END ACK", 42, Category.TWO, 36, "25 42! 54 193");

    /**
     * One parameter of one kind of SPDU.
     *
     * @param group the group that it is in; null if it is in none
     */
    record Slot(Parameter parameter, Parameter group, boolean mandatory) {}

    private static final SpduType[] FIRST = new SpduType[256];
    private static final SpduType[] BEHIND_CATEGORY_0 = new SpduType[256];
    private static final Set<SpduType> BEHIND_PLEASE_TOKENS = EnumSet.of(MIA, MAA, AEA, RA, AIA, ADA, CDA, ED, ER);

    static {
        for (SpduType type : values()) {
            SpduType[] table = type.category == Category.TWO ? BEHIND_CATEGORY_0 : FIRST;
            if (table[type.identifier] == null) {
                table[type.identifier] = type; // of MAP and AE, MAA and AEA the first: see SpduReader
            }
        }
    }

    private final String text;
    private final int identifier;
    private final Category category;
    private final int clause;
    private final List<Slot> slots = new ArrayList<>();

    SpduType(String text, int identifier, Category category, int clause, String parameters) {
        this.text = text;
        this.identifier = identifier;
        this.category = category;
        this.clause = clause;
        Parameter group = null;
        for (String word :
                parameters.replace("{", " { ").replace("}", " } ").strip().split("\\s+")) {
            switch (word) {
                case "" -> {}
                case "{" -> group = slots.get(slots.size() - 1).parameter();
                case "}" -> group = null;
                default ->
                    slots.add(new Slot(
                            Parameter.ofCode(Integer.parseInt(word.replace("!", ""))), group, word.endsWith("!")));
            }
        }
    }

    /**
     * The kind with that SPDU identifier. Three identifiers have two meanings each, which the place in the TSDU tells
     * apart: 1 is GT first and DT later, 25 AB and AI, 26 AA and AIA (X.225 §6.3.7).
     *
     * @return null if there is none
     */
    static SpduType of(int identifier, boolean behindCategory0) {
        return behindCategory0 ? BEHIND_CATEGORY_0[identifier] : FIRST[identifier];
    }

    /** The SPDU identifier (SI). */
    int identifier() {
        return identifier;
    }

    Category category() {
        return category;
    }

    /** The name in full. */
    String text() {
        return text;
    }

    /** The clause that defines the coding. */
    String clause() {
        return "X.225 §8.3." + clause;
    }

    /** The parameters in the order in which they are sent. */
    List<Slot> slots() {
        return slots;
    }

    /**
     * The slot of a parameter. A parameter whose place is in a group is found outside the group too: old senders leave
     * the Connection Identifier away around its parts.
     *
     * @param group the group in which it was met; null if it was met in none
     * @return null if this kind of SPDU has no such parameter there
     */
    Slot slot(Parameter parameter, Parameter group) {
        Slot elsewhere = null;
        for (Slot slot : slots) {
            if (slot.parameter == parameter) {
                if (slot.group == group) {
                    return slot;
                }
                elsewhere = slot;
            }
        }
        return group == null ? elsewhere : null;
    }

    /** Whether octets of the user follow the parameters, up to the end of the TSDU (X.225 §8.2.4). */
    boolean hasUserInformation() {
        return this == DT || this == EX || this == TD;
    }

    /** Which parameter carries the octets of the user; null if none does. */
    Parameter userData() {
        if (this == MIA) {
            return Parameter.USER_DATA_46;
        }
        return slot(Parameter.USER_DATA, null) == null ? null : Parameter.USER_DATA;
    }

    /** What stands in front of it in a TSDU: GT or PT for category 2, null otherwise (X.225 §6.3.7). */
    SpduType prefix() {
        if (category != Category.TWO) {
            return null;
        }
        return BEHIND_PLEASE_TOKENS.contains(this) ? PT : GT;
    }
}
