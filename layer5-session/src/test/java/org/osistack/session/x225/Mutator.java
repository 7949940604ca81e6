package org.osistack.session.x225;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** Breaks TSDUs that were right, a parameter at a time or as a whole. */
final class Mutator {
    private static final PduPool POOL = new PduPool(0);

    /** What is done to a TSDU. */
    enum Way {
        /** A parameter is left out. */
        MISSING,
        /** A parameter is there twice. */
        DOUBLED,
        /** A value is longer or shorter than it may be. */
        WRONG_LENGTH,
        /** A value is one that means nothing, or too much. */
        OUT_OF_RANGE,
        /** The parameters stand in another order. */
        WRONG_ORDER,
        /** A parameter that belongs to another SPDU, or to none. */
        FOREIGN,
        /** The length indicators don't fit. */
        WRONG_INDICATOR,
        /** The same parameters in another SPDU. */
        OTHER_SPDU,
        /** The end is missing. */
        CUT,
        /** Octets are changed at random. */
        NOISE
    }

    /**
     * A broken TSDU.
     *
     * @param parameter the one that was broken; null if it was something else
     */
    record Broken(Octets tsdu, Way way, SpduType type, Parameter parameter) {}

    /** A parameter as it stands in an SPDU: a value, or other parameters. */
    private record Unit(int code, byte[] value) {}

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** Break a TSDU that is well-formed. */
    Broken mutate(Octets tsdu) {
        Pdu pdu = Samples.pdu(POOL, tsdu);
        Tsdu read = Tsdu.read(pdu, false);
        pdu.release();
        int last = read.spdus().size() - 1;
        Spdu spdu = read.spdus().get(last);
        int prefix = last == 0 ? 0 : lengthOf(read.spdus().get(0));
        byte[] octets = tsdu.toByteArray();
        Way way = Way.values()[random.nextInt(Way.values().length)];
        int at = prefix + 1;
        int indicator = octets[at] == (byte) 0xff ? 3 : 1;
        byte[] field = java.util.Arrays.copyOfRange(octets, at + indicator, read.headerLength());
        byte[] information = java.util.Arrays.copyOfRange(octets, read.headerLength(), octets.length);
        List<Unit> units = units(field);
        Parameter parameter = null;
        int identifier = octets[prefix] & 0xff;
        switch (way) {
            case MISSING, DOUBLED, WRONG_LENGTH, OUT_OF_RANGE -> {
                if (units.isEmpty()) {
                    return noise(octets, spdu.type());
                }
                parameter = breakOne(units, way);
            }
            case WRONG_ORDER -> Collections.shuffle(units, new java.util.Random(random.nextLong()));
            case FOREIGN -> {
                byte[] value = new byte[random.nextInt(4)];
                fill(value);
                units.add(random.nextInt(units.size() + 1), new Unit(random.nextInt(256), value));
            }
            case OTHER_SPDU -> identifier = random.nextInt(70);
            case WRONG_INDICATOR -> {
                octets[at] += (byte) (random.nextBoolean() ? 1 : random.nextInt());
                return new Broken(Octets.of(octets), way, spdu.type(), null);
            }
            case CUT -> {
                return new Broken(Octets.of(octets).slice(0, random.nextInt(octets.length)), way, spdu.type(), null);
            }
            case NOISE -> {
                return noise(octets, spdu.type());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets, 0, prefix);
        out.write(identifier);
        byte[] broken = emit(units);
        indicator(out, broken.length);
        out.writeBytes(broken);
        out.writeBytes(information);
        return new Broken(Octets.of(out.toByteArray()), way, spdu.type(), parameter);
    }

    private Broken noise(byte[] octets, SpduType type) {
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            octets[random.nextInt(Math.min(24, octets.length))] = (byte) random.nextInt();
        }
        return new Broken(Octets.of(octets), Way.NOISE, type, null);
    }

    private Parameter breakOne(List<Unit> units, Way way) {
        int at = random.nextInt(units.size());
        Unit unit = units.get(at);
        Parameter parameter = Parameter.ofCode(unit.code);
        if (parameter.isGroup() && random.nextInt(4) != 0) {
            List<Unit> inner = units(unit.value);
            if (!inner.isEmpty()) {
                Parameter broken = breakOne(inner, way);
                units.set(at, new Unit(unit.code, emit(inner)));
                return broken;
            }
        }
        switch (way) {
            case MISSING -> units.remove(at);
            case DOUBLED -> units.add(random.nextInt(units.size() + 1), unit);
            case WRONG_LENGTH -> units.set(at, new Unit(unit.code, resized(unit.value)));
            default -> {
                byte[] value = unit.value.clone();
                switch (random.nextInt(3)) {
                    case 0 -> fill(value);
                    case 1 -> java.util.Arrays.fill(value, (byte) 0xff);
                    default -> java.util.Arrays.fill(value, (byte) '9');
                }
                units.set(at, new Unit(unit.code, value));
            }
        }
        return parameter;
    }

    private byte[] resized(byte[] value) {
        int length = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Math.max(0, value.length - 1);
            case 2 -> value.length + 1 + random.nextInt(3);
            default -> 255 + random.nextInt(10);
        };
        byte[] other = java.util.Arrays.copyOf(value, length);
        for (int i = value.length; i < length; i++) {
            other[i] = (byte) ('0' + random.nextInt(10));
        }
        return other;
    }

    private void fill(byte[] value) {
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) random.nextInt();
        }
    }

    private static int lengthOf(Spdu spdu) {
        return spdu.length();
    }

    private static List<Unit> units(byte[] field) {
        List<Unit> units = new ArrayList<>();
        for (int at = 0; at < field.length; ) {
            int code = field[at++] & 0xff;
            int length = field[at++] & 0xff;
            if (length == 0xff) {
                length = (field[at] & 0xff) << 8 | field[at + 1] & 0xff;
                at += 2;
            }
            units.add(new Unit(code, java.util.Arrays.copyOfRange(field, at, at + length)));
            at += length;
        }
        return units;
    }

    private static byte[] emit(List<Unit> units) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Unit unit : units) {
            out.write(unit.code);
            indicator(out, unit.value.length);
            out.writeBytes(unit.value);
        }
        return out.toByteArray();
    }

    private static void indicator(ByteArrayOutputStream out, int length) {
        if (length < 255) {
            out.write(length);
        } else {
            out.write(255);
            out.write(length >>> 8);
            out.write(length);
        }
    }
}
