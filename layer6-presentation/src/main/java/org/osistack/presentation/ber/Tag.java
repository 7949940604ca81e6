package org.osistack.presentation.ber;

/**
 * The tags of BER as integers: class, primitive or constructed, and number (X.690 §8.1.2).
 *
 * <pre>
 *   bit   8   7   6   5   4   3   2   1
 *       | class | P/C |     number      |     number 31: it follows, seven bits an octet
 * </pre>
 *
 * <p>A tag with a number below 31 is its one identifier octet, so that {@code 0xA2} in the code is {@code a2} in the
 * octets. A tag with a larger number has its leading octet in its most significant eight bits, and the number in the
 * others.
 */
public final class Tag {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int UTF8_STRING = 0x0c;
    public static final int IA5_STRING = 0x16;
    public static final int GRAPHIC_STRING = 0x19;
    public static final int EXTERNAL = 0x28;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    /** What a reader gives where there is no tag: at the end, or after an error. No tag has this value. */
    public static final int NONE = 0;

    /** The largest tag number that is understood. */
    public static final int MAX_NUMBER = 0xff_ffff;

    static final int CONSTRUCTED = 0x20;

    private static final int APPLICATION_CLASS = 0x40;
    private static final int CONTEXT_CLASS = 0x80;
    private static final int HIGH = 31;

    private Tag() {}

    /** A context-specific tag of a primitive value: {@code [number] IMPLICIT}. */
    public static int context(int number) {
        return of(CONTEXT_CLASS, number);
    }

    /** A context-specific tag of a constructed value, or an explicit one: {@code [number]}. */
    public static int contextConstructed(int number) {
        return of(CONTEXT_CLASS | CONSTRUCTED, number);
    }

    /** {@code [APPLICATION number]} of a primitive value. */
    public static int application(int number) {
        return of(APPLICATION_CLASS, number);
    }

    /** {@code [APPLICATION number]} of a constructed value. */
    public static int applicationConstructed(int number) {
        return of(APPLICATION_CLASS | CONSTRUCTED, number);
    }

    private static int of(int classAndForm, int number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a tag number of " + number);
        }
        return number < HIGH ? classAndForm | number : (classAndForm | HIGH) << 24 | number;
    }

    static int high(int leadingOctet, int number) {
        return leadingOctet << 24 | number;
    }

    static boolean isHigh(int tag) {
        return tag >>> 24 != 0;
    }

    /** The leading identifier octet. */
    static int leadingOctet(int tag) {
        return isHigh(tag) ? tag >>> 24 : tag;
    }

    public static boolean isConstructed(int tag) {
        return (leadingOctet(tag) & CONSTRUCTED) != 0;
    }

    /** The same tag for a constructed value, as a string has it that is sent in segments (X.690 §8.7.3). */
    static int constructed(int tag) {
        return isHigh(tag) ? tag | CONSTRUCTED << 24 : tag | CONSTRUCTED;
    }

    public static int number(int tag) {
        return isHigh(tag) ? tag & MAX_NUMBER : tag & HIGH;
    }

    /** The tag as ASN.1 writes it, such as {@code [APPLICATION 1]} or {@code [2]}; a universal one by its type's name. */
    public static String name(int tag) {
        return switch (leadingOctet(tag) >>> 6) {
            case 0 ->
                switch (number(tag)) {
                    case 1 -> "BOOLEAN";
                    case 2 -> "INTEGER";
                    case 3 -> "BIT STRING";
                    case 4 -> "OCTET STRING";
                    case 5 -> "NULL";
                    case 6 -> "OBJECT IDENTIFIER";
                    case 8 -> "EXTERNAL";
                    case 10 -> "ENUMERATED";
                    case 12 -> "UTF8String";
                    case 16 -> "SEQUENCE";
                    case 17 -> "SET";
                    case 22 -> "IA5String";
                    case 25 -> "GraphicString";
                    default -> "[UNIVERSAL " + number(tag) + "]";
                };
            case 1 -> "[APPLICATION " + number(tag) + "]";
            case 2 -> "[" + number(tag) + "]";
            default -> "[PRIVATE " + number(tag) + "]";
        };
    }
}
