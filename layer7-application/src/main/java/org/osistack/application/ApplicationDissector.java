package org.osistack.application;

import java.util.Map;
import org.osistack.application.acse.AcseDissector;
import org.osistack.application.naming.DnsDissector;
import org.osistack.application.naming.MulticastDns;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationAddress;

/**
 * Explains what crosses the presentation service of an application: the APDUs of ACSE in its presentation context, the
 * messages of multicast DNS at their port, and the application's own in all others.
 */
public final class ApplicationDissector implements Dissector {
    private final Dissector acse = new AcseDissector();
    private final Dissector names = new DnsDissector();
    private final Map<String, Dissector> applications;
    private final Dissector otherwise;

    /**
     * Make a dissector.
     *
     * @param application explains the application's own APDUs
     */
    public ApplicationDissector(Dissector application) {
        this(Map.of(), application);
    }

    /**
     * Make a dissector for a host with several applications.
     *
     * @param applications explain the APDUs of our own applications, by their names
     * @param otherwise explains the APDUs of others, and those that no presentation context tells apart
     */
    public ApplicationDissector(Map<String, Dissector> applications, Dissector otherwise) {
        this.applications = Map.copyOf(applications);
        this.otherwise = otherwise;
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        Dissector dissector = otherwise;
        if (ObjectIdentifier.ACSE.equals(sap)) {
            dissector = acse;
        } else if (sap instanceof ObjectIdentifier abstractSyntax && !applications.isEmpty()) {
            dissector = applications.getOrDefault(ApplicationContexts.application(abstractSyntax), otherwise);
        } else if (sap instanceof PresentationAddress address && address.port() == MulticastDns.PORT) {
            dissector = names;
        }
        dissector.dissect(pdu, sap, direction, out);
    }
}
