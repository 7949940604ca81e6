package org.osistack.application.isode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The functional units by the short names that X.215 has for them, more or less. */
final class UnitNames {
    private static final Map<String, FunctionalUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("hd", FunctionalUnit.HALF_DUPLEX);
        UNITS.put("fd", FunctionalUnit.DUPLEX);
        UNITS.put("ex", FunctionalUnit.EXPEDITED_DATA);
        UNITS.put("mi", FunctionalUnit.MINOR_SYNCHRONIZE);
        UNITS.put("ma", FunctionalUnit.MAJOR_SYNCHRONIZE);
        UNITS.put("resync", FunctionalUnit.RESYNCHRONIZE);
        UNITS.put("act", FunctionalUnit.ACTIVITY_MANAGEMENT);
        UNITS.put("nr", FunctionalUnit.NEGOTIATED_RELEASE);
        UNITS.put("cd", FunctionalUnit.CAPABILITY_DATA);
        UNITS.put("exc", FunctionalUnit.EXCEPTIONS);
        UNITS.put("td", FunctionalUnit.TYPED_DATA);
    }

    private UnitNames() {}

    /** Names with commas between them, or the bits of the Session User Requirements; null if it is neither. */
    static FunctionalUnits parse(String text) {
        if (text.matches("0x[0-9a-fA-F]{1,4}")) {
            return new FunctionalUnits(Integer.parseInt(text.substring(2), 16));
        }
        FunctionalUnits units = FunctionalUnits.KERNEL;
        for (String name : text.split(",")) {
            FunctionalUnit unit = UNITS.get(name.strip());
            if (unit == null) {
                return null;
            }
            units = units.with(unit);
        }
        return units;
    }

    static String all() {
        return String.join(",", UNITS.keySet());
    }
}
