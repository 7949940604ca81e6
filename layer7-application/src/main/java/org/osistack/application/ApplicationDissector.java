package org.osistack.application;

import org.osistack.application.acse.AcseDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Explains what crosses the presentation service of an application: the APDUs of ACSE in its presentation context, and
 * those of the application in all others.
 */
public final class ApplicationDissector implements Dissector {
    private final Dissector acse = new AcseDissector();
    private final Dissector application;

    /**
     * Make a dissector.
     *
     * @param application explains the application's own APDUs
     */
    public ApplicationDissector(Dissector application) {
        this.application = application;
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        (ObjectIdentifier.ACSE.equals(sap) ? acse : application).dissect(pdu, sap, direction, out);
    }
}
