package org.osistack.application.move;

import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.RoutedAssociations;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** Alice without marks: she says lines and hears answers, and leaves the ways to the layers below. */
final class PlainAlice extends Alice {
    static final FunctionalUnits UNITS = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    PlainAlice(
            Host host, RoutedAssociations associations, NetworkAddress bob, int lines, int octets, Listener listener) {
        super(host, associations, bob, lines, octets, listener);
    }

    @Override
    AssociationRequest request() {
        return new AssociationRequest(Lines.CONTEXT, bob, UNITS, TokenSetting.INITIATOR);
    }

    @Override
    public void associateConfirm(Association confirmed) {
        super.associateConfirm(confirmed);
        talk();
    }

    @Override
    void heard(String line) {
        answered(line);
        if (answers().size() < lines) {
            talk();
        } else if (!isDone()) {
            done();
        }
    }

    @Override
    public void ended(Ending ending, String detail) {
        end(detail);
    }
}
