package org.osistack.application.trace;

import java.time.Duration;
import org.osistack.application.ApplicationContext;
import org.osistack.application.UnitDataService;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.ObjectIdentifier;

/** Units go there and back in a {@link TraceLab}. */
final class UnitDataLab {
    /** With selectors in all layers, and names that every tool can read. */
    private static final ApplicationContext CONTEXT = new ApplicationContext(
            "ping",
            ObjectIdentifier.of("1.3.9999.1"),
            ObjectIdentifier.of("1.3.9999.2"),
            new ApplicationContext.Selectors(Selector.ofText("P"), Selector.ofText("S"), Selector.ofText("T")),
            0);

    private UnitDataLab() {}

    static void exchange(TraceLab lab, int count) {
        UnitDataService alice = lab.associations(0).connectionless();
        UnitDataService bob = lab.associations(1).connectionless();
        UnitDataService.AccessPoint[] server = new UnitDataService.AccessPoint[1];
        int[] answers = new int[1];
        server[0] = bob.attach(CONTEXT, (source, apdu) -> server[0].unitDataRequest(source, apdu));
        UnitDataService.AccessPoint client = alice.attachAnywhere(CONTEXT, (source, apdu) -> {
            answers[0]++;
            apdu.release();
        });
        Octets apdu = Octets.ofHex("04 05 68 65 6c 6c 6f");
        for (int i = 0; i < count; i++) {
            Pdu pdu = lab.host(0).pool().take(apdu.length());
            apdu.appendTo(pdu);
            client.unitDataRequest(alice.server(CONTEXT, lab.associations(0).parseAddress("10.0.0.2")), pdu);
            lab.run(Duration.ofSeconds(1));
        }
        if (answers[0] != count) {
            throw new AssertionError(answers[0] + " of " + count + " units came back");
        }
    }
}
