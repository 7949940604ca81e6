package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class X226DissectorTest {
    private final PduPool pool = new PduPool(0);
    private final X226Dissector dissector = new X226Dissector();

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void namesTheContextsOfAConnectionInItsData() {
        List<PpduTest.Vector> josistack = PpduTest.vectors().stream()
                .filter(vector -> vector.source().equals("josi-fn"))
                .toList();

        Dissection cp = dissect(josistack.get(0).octets(), null);
        assertThat(cp.name()).isEqualTo("CP");
        assertThat(cp.summary()).isEqualTo("2 contexts proposed: 1 = ACSE, 3 = 1.0.9506.2.1");
        assertThat(cp.fields().stream().map(Dissection.Field::name).toList())
                .containsExactly(
                        "mode-selector",
                        "normal-mode-parameters",
                        "calling-presentation-selector",
                        "called-presentation-selector",
                        "presentation-context-definition-list",
                        "context",
                        "context",
                        "fully-encoded-data",
                        "PDV-list",
                        "presentation-context-identifier",
                        "single-ASN1-type");
        assertThat(josistack.get(0).octets().slice(cp.sduOffset(), cp.sduOffset() + 2))
                .as("the AARQ")
                .isEqualTo(Octets.ofHex("6040"));

        Dissection cpa = dissect(josistack.get(1).octets(), null);
        assertThat(cpa.name()).isEqualTo("CPA");
        assertThat(cpa.summary()).isEqualTo("2 of 2 contexts accepted");

        Dissection td = dissect(josistack.get(2).octets(), null);
        assertThat(td.name()).isEqualTo("TD");
        assertThat(td.summary()).isEqualTo("context 3 = 1.0.9506.2.1");
        assertThat(td.sduOffset()).isEqualTo(9);
        assertThat(td.sduLength()).isEqualTo(22);
    }

    @Test
    void tellsPpdusApartByThePrimitiveOrByTheirOctets() {
        assertThat(dissect("30 03 8a 01 03", null).name()).isEqualTo("CPR");
        assertThat(dissect("30 03 8a 01 03", null).summary()).isEqualTo("the presentation address is not known there");
        assertThat(dissect("30 06 80 01 01 81 01 07", null).name()).isEqualTo("ARP");
        assertThat(dissect("30 06 80 01 01 81 01 07", "S-U-ABORT.request").summary())
                .isEqualTo("unrecognized PPDU, at TD PPDU");
        assertThat(dissect("A0 19 A0 09 30 07 02 01 01 06 02 51 01 61 0C 30 0A 02 01 01 A0 05 64 03 80 01 00", null)
                        .name())
                .isEqualTo("ARU");
        assertThat(dissect("A0 00", "S-TYPED-DATA.indication").name()).isEqualTo("AC");
        assertThat(dissect("61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05", "S-TYPED-DATA.request")
                        .name())
                .isEqualTo("TTD");
        assertThat(dissect("61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05", "S-RELEASE.request")
                        .name())
                .isEqualTo("user data");
        assertThat(dissect("68 65", null).sduLength()).isEqualTo(2);
    }

    private Dissection dissect(String hex, Object sap) {
        return dissect(Octets.ofHex(hex), sap);
    }

    private Dissection dissect(Octets octets, Object sap) {
        Pdu pdu = pool.takeForReceiving(octets.length());
        octets.appendTo(pdu);
        Dissection out = new Dissection();
        dissector.dissect(pdu, sap, Direction.UP, out);
        pdu.release();
        return out;
    }
}
