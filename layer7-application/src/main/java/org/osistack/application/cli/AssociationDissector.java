package org.osistack.application.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Explains the APDUs of several applications on one stack, which it tells apart by their abstract syntaxes. Where there
 * are none, as over {@code plain}, it knows only what belongs to the one application there is.
 */
final class AssociationDissector implements Dissector {
    private final Dissector only;
    private final Map<ObjectIdentifier, Dissector> applications = new HashMap<>();

    AssociationDissector(List<ApplicationProvider> providers) {
        List<ApplicationProvider> associating =
                providers.stream().filter(p -> p.context() != null).toList();
        associating.forEach(p -> applications.put(p.context().abstractSyntax(), p.newDissector()));
        only = associating.size() == 1 ? associating.get(0).newDissector() : Dissector.NONE;
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        Dissector application = sap instanceof ObjectIdentifier syntax ? applications.get(syntax) : null;
        (application == null ? only : application).dissect(pdu, sap, direction, out);
    }
}
