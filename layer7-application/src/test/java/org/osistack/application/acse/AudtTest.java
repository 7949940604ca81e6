package org.osistack.application.acse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.ApplicationDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.UnitDataSap;

/** X.237. */
class AudtTest {
    private static final ObjectIdentifier MMS = ObjectIdentifier.of("1.0.9506.2.3");
    /** The fact sheet's AARQ: an AUDT has the same fields, and the same tag. */
    private static final String EXAMPLE = "60 21 A1 07 06 05 28 CA 22 02 03 A2 06 06 04 29 01 01 01 A3 03 02 01 0C"
            + " BE 09 28 07 02 01 03 A0 02 A8 00";

    private final PduPool pool = new PduPool(0);

    @Test
    void readsTheFieldsOfTheExampleAndWritesThemTheSame() {
        Audt audt = Audt.parse(Octets.ofHex(EXAMPLE));

        assertThat(audt.applicationContext()).isEqualTo(MMS);
        assertThat(audt.called()).isEqualTo(AeTitle.of(ObjectIdentifier.of("1.1.1.1.1"), 12));
        assertThat(External.valueOf(audt.userInformation(), 3)).isEqualTo(Octets.ofHex("A8 00"));
        assertThat(audt.emit()).isEqualTo(Octets.ofHex(EXAMPLE));
    }

    @Test
    void isWrittenAsAnAarqIs() {
        List<External> information = External.listOf(3, Octets.ofHex("04 01 41"));
        AeTitle alice = AeTitle.named("alice");

        assertThat(Audt.of(MMS, alice, information).emit())
                .isEqualTo(AcseApdu.Aarq.of(MMS, alice, Authentication.NONE, information)
                        .emit());
    }

    @Test
    void skipsWhatItDoesNotNeed() {
        Audt audt = Audt.parse(Octets.ofHex("60 24 80 02 07 80 A1 07 06 05 28 CA 22 02 03 8B 03 52 03 01 AE 00"
                + " 9D 03 61 62 63 BE 09 28 07 02 01 03 A0 02 A8 00"));
        assertThat(audt.isVersion1()).isTrue();
        assertThat(audt.implementationInformation()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60 0B BE 09 28 07 02 01 03 A0 02 A8 00", // no application context
                "60 09 A1 07 06 05 28 CA 22 02 03", // no user information
                "61 14 A1 07 06 05 28 CA 22 02 03 BE 09 28 07 02 01 03 A0 02 A8 00", // another tag
                "60 14 A1 07 06 05 28 CA 22 02 03 BE 09 28 07 02 01 03 A0 02 A8 00 00", // more behind it
                "60 14 A1 07 06 05 28 CA 22 02 03 BE 09 28 07 02 01 03 A0 02 A8", // cut off
                ""
            })
    void isNone(String hex) {
        assertThat(Audt.parse(Octets.ofHex(hex))).isNull();
    }

    @Test
    void isExplainedWhereAUnitBringsIt() {
        Pdu pdu = pool.takeForReceiving(100).append(Octets.ofHex(EXAMPLE).toByteArray());
        Dissection out = new Dissection();
        Dissector dissector = new ApplicationDissector(Dissector.NONE);
        dissector.dissect(pdu, new UnitDataSap(ObjectIdentifier.ACSE), Direction.UP, out);

        assertThat(out.protocol() + " " + out.name() + ": " + out.summary())
                .isEqualTo("ACSE AUDT: application context 1.0.9506.2.3");
        assertThat(out.fields().stream().map(f -> f.offset() + "+" + f.length() + " " + f.name() + " " + f.text()))
                .containsExactly(
                        "2+9 application-context-name 1.0.9506.2.3",
                        "11+8 called-AP-title 1.1.1.1.1",
                        "19+5 called-AE-qualifier 12",
                        "24+11 user-information ",
                        "28+3 indirect-reference context 3",
                        "31+4 single-ASN1-type 2 octets");
        assertThat(out.sduOffset()).isEqualTo(33);
        assertThat(out.sduLength()).isEqualTo(2);

        Dissection otherwise = new Dissection();
        dissector.dissect(pdu, ObjectIdentifier.ACSE, Direction.UP, otherwise);
        assertThat(otherwise.name()).isEqualTo("AARQ");
        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }
}
