package org.osistack.core.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of functional units, besides the kernel that is always there.
 *
 * @param bits as the Session User Requirements parameter has them
 */
public record FunctionalUnits(int bits) {
    /** The kernel alone. */
    public static final FunctionalUnits KERNEL = new FunctionalUnits(0);
    /** All of them. */
    public static final FunctionalUnits ALL = of(FunctionalUnit.values());

    /** These units, and the kernel. */
    public static FunctionalUnits of(FunctionalUnit... units) {
        int bits = 0;
        for (FunctionalUnit unit : units) {
            bits |= unit.bit();
        }
        return new FunctionalUnits(bits);
    }

    public boolean has(FunctionalUnit unit) {
        return (bits & unit.bit()) != 0;
    }

    /** Whether all of the other set's units are in this one. */
    public boolean hasAll(FunctionalUnits other) {
        return (bits & other.bits) == other.bits;
    }

    public FunctionalUnits and(FunctionalUnits other) {
        return new FunctionalUnits(bits & other.bits);
    }

    public FunctionalUnits with(FunctionalUnit unit) {
        return new FunctionalUnits(bits | unit.bit());
    }

    public FunctionalUnits without(FunctionalUnit unit) {
        return new FunctionalUnits(bits & ~unit.bit());
    }

    /** The units in the order of their bits. */
    public List<FunctionalUnit> units() {
        List<FunctionalUnit> units = new ArrayList<>();
        for (FunctionalUnit unit : FunctionalUnit.values()) {
            if (has(unit)) {
                units.add(unit);
            }
        }
        return units;
    }

    @Override
    public String toString() {
        return "kernel" + units().stream().map(unit -> ", " + unit).collect(Collectors.joining());
    }
}
