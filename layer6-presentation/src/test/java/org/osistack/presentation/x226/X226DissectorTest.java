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
        assertThat(dissect("04 01 00", "S-EXPEDITED-DATA.request").name()).isEqualTo("TE");
        assertThat(dissect("04 01 00", "S-EXPEDITED-DATA.request").sduLength()).isEqualTo(3);
        assertThat(dissect("61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05", "S-CAPABILITY-DATA.indication")
                        .name())
                .isEqualTo("TC");
        assertThat(dissect("61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05", "S-CAPABILITY-DATA.confirm")
                        .name())
                .isEqualTo("TCC");
        assertThat(dissect("30 00", "S-RESYNCHRONIZE.confirm").name()).isEqualTo("RSA");
    }

    @Test
    void explainsTheAlterationOfContextsAndNamesThemFromThenOn() {
        Dissection ac = dissect(
                "A0 22 A0 10 30 0E 02 01 05 06 03 28 00 00 30 04 06 02 51 01 A1 03 02 01 03"
                        + "61 09 30 07 02 01 01 A0 02 05 00",
                "S-TYPED-DATA.request",
                Direction.DOWN);
        assertThat(ac.name()).isEqualTo("AC");
        assertThat(ac.summary()).isEqualTo("alter contexts: define 5, delete 3");
        assertThat(ac.fields().stream().map(Dissection.Field::name).toList())
                .containsExactly(
                        "presentation-context-addition-list",
                        "context",
                        "presentation-context-deletion-list",
                        "context",
                        "fully-encoded-data",
                        "PDV-list",
                        "presentation-context-identifier",
                        "single-ASN1-type");
        Dissection aca = dissect(
                "A1 10 A0 09 30 07 80 01 00 81 02 51 01 A1 03 02 01 01", "S-TYPED-DATA.indication", Direction.UP);
        assertThat(aca.name()).isEqualTo("ACA");
        assertThat(aca.summary()).isEqualTo("1 contexts defined, 0 deleted");
        assertThat(aca.fields().stream().map(Dissection.Field::text).toList())
                .contains("5 accepted in BER", "3 rejected by the user");
        assertThat(dissect("61 09 30 07 02 01 05 A0 02 05 00", "S-DATA").summary())
                .isEqualTo("context 5 = 1.0.0.0");
    }

    @Test
    void explainsAResynchronization() {
        Dissection rs = dissect(
                "30 1F A0 12 30 07 02 01 01 06 02 51 01 30 07 02 01 03 06 02 51 01 61 09 30 07 02 01 01 A0 02 05 00",
                "S-RESYNCHRONIZE.request");
        assertThat(rs.name()).isEqualTo("RS");
        assertThat(rs.fields().get(0).text()).isEqualTo("1 in BER, 3 in BER");
        assertThat(rs.sduLength()).isEqualTo(2);
    }

    private Dissection dissect(String hex, Object sap) {
        return dissect(Octets.ofHex(hex), sap);
    }

    private Dissection dissect(Octets octets, Object sap) {
        return dissect(octets.toString(), sap, Direction.UP);
    }

    private Dissection dissect(String hex, Object sap, Direction direction) {
        Octets octets = Octets.ofHex(hex);
        Pdu pdu = pool.takeForReceiving(octets.length());
        octets.appendTo(pdu);
        Dissection out = new Dissection();
        dissector.dissect(pdu, sap, direction, out);
        pdu.release();
        return out;
    }
}
