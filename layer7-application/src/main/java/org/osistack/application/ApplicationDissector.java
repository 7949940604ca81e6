package org.osistack.application;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.acse.AcseDissector;
import org.osistack.application.acse.AudtDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.UnitDataSap;

/**
 * Explains what crosses the presentation service of an application: the APDUs of ACSE in its presentation context, and
 * those of the application in all others.
 */
public final class ApplicationDissector implements Dissector {
    private final Dissector acse = new AcseDissector();
    private final Dissector unitData = new AudtDissector();
    private final Dissector application;

    /**
     * Make a dissector.
     *
     * @param application explains the application's own APDUs
     */
    public ApplicationDissector(Dissector application) {
        this.application = application;
    }

    /**
     * Explains the APDUs of several applications on one stack, told apart by their abstract syntax. Where there is none,
     * as over {@code plain}, it knows only those of a single application.
     */
    public static ApplicationDissector of(List<ApplicationProvider> applications) {
        return of(applications, Map.of());
    }

    /**
     * Explains the APDUs of several applications, and those of more abstract syntaxes. If there is one of these, values
     * of the default context, which has no name, are taken for its.
     */
    public static ApplicationDissector of(
            List<ApplicationProvider> applications, Map<ObjectIdentifier, Dissector> more) {
        Map<Object, Dissector> dissectors = new HashMap<>(more);
        if (more.size() == 1) {
            dissectors.put(null, more.values().iterator().next());
        }
        Dissector last = Dissector.NONE;
        for (ApplicationProvider provider : applications) {
            if (provider.context() != null) {
                last = provider.newDissector();
                dissectors.put(provider.context().abstractSyntax(), last);
            }
        }
        Dissector otherwise = more.isEmpty() && dissectors.size() == 1 ? last : Dissector.NONE;
        return new ApplicationDissector((pdu, sap, direction, out) ->
                dissectors.getOrDefault(sap, otherwise).dissect(pdu, sap, direction, out));
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        boolean isUnit = sap instanceof UnitDataSap;
        Object syntax = sap instanceof UnitDataSap unit ? unit.abstractSyntax() : sap;
        Dissector own = isUnit ? unitData : acse;
        (ObjectIdentifier.ACSE.equals(syntax) ? own : application).dissect(pdu, syntax, direction, out);
    }
}
