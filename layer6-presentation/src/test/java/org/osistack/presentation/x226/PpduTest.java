package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

class PpduTest {
    private static final String CP = "31 64 A0 03 80 01 01 A2 5D 81 04 00000001 82 04 00000002"
            + " A4 23 30 0F 02 01 01 06 04 52 01 00 01 30 04 06 02 51 01"
            + "       30 10 02 01 03 06 05 28 CA 22 02 01 30 04 06 02 51 01"
            + " 61 2A 30 28 02 01 01 A0 23 60 21 A1 07 06 05 28 CA 22 02 03 A2 06 06 04 29 01 01 01 A3 03 02 01 0C"
            + " BE 09 28 07 02 01 03 A0 02 A8 00";
    private static final String CPA = "31 4C A0 03 80 01 01 A2 45 83 04 00 00 00 02"
            + " A5 12 30 07 80 01 00 81 02 51 01 30 07 80 01 00 81 02 51 01"
            + " 61 29 30 27 02 01 01 A0 22 61 20 A1 07 06 05 28 CA 22 02 03 A2 03 02 01 00 A3 05 A1 03 02 01 00"
            + " BE 09 28 07 02 01 03 A0 02 A9 00";

    private static final String AC = "A0 22 A0 10 30 0E 02 01 05 06 03 28 00 00 30 04 06 02 51 01 A1 03 02 01 03"
            + " 61 09 30 07 02 01 01 A0 02 05 00";
    private static final String ACA =
            "A1 1B A0 09 30 07 80 01 00 81 02 51 01 A1 03 02 01 01 61 09 30 07 02 01 05 A0 02 05 00";
    private static final String RS =
            "30 1F A0 12 30 07 02 01 01 06 02 51 01 30 07 02 01 03 06 02 51 01" + " 61 09 30 07 02 01 01 A0 02 05 00";

    /** A PPDU as some implementation has sent it. */
    record Vector(String source, String carrier, Octets octets) {
        @Override
        public String toString() {
            return source + " " + carrier + " of " + octets.length();
        }
    }

    static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(PpduTest.class.getResourceAsStream("ppdus.txt"), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    vectors.add(new Vector(words[0], words[1], Octets.ofHex(words[2])));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return vectors;
    }

    static Stream<Octets> samples() {
        return Stream.concat(
                vectors().stream().map(Vector::octets),
                Stream.of(
                                CP,
                                CPA,
                                "30 03 8A 01 03",
                                "61 0C 30 0A 02 01 03 A0 05 A1 03 02 01 05",
                                "A0 19 A0 09 30 07 02 01 01 06 02 51 01 61 0C 30 0A 02 01 01 A0 05 64 03 80 01 00",
                                "30 06 80 01 01 81 01 07",
                                AC,
                                ACA,
                                RS)
                        .map(Octets::ofHex));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsWhatRealPeersSendAndWritesItTheSameWithDefiniteLengths(Vector vector) {
        Octets octets = vector.octets();
        Octets written = switch (vector.carrier()) {
            case "CP" -> CpPpdu.parse(octets).emit();
            case "CPA" -> CpaPpdu.parse(octets).emit();
            case "CPR" -> CprPpdu.parse(octets).emit();
            default -> {
                BerReader reader = new BerReader(octets);
                UserData data = UserData.parse(reader);
                reader.end();
                assertThat(reader.isMalformed()).isFalse();
                yield ValueCodec.octets(data);
            }
        };

        assertThat(written).isEqualTo(definite(octets));
        if (!vector.source().startsWith("isode")) {
            assertThat(written).isEqualTo(octets);
        }
    }

    @Test
    void readsAndWritesTheFactSheetsPpdus() {
        CpPpdu cp = CpPpdu.parse(Octets.ofHex(CP));
        assertThat(cp.callingSelector()).isEqualTo(Octets.ofHex("00000001"));
        assertThat(cp.contexts())
                .containsExactly(
                        new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER)),
                        new PresentationContext(3, ObjectIdentifier.of("1.0.9506.2.1"), List.of(ObjectIdentifier.BER)));
        assertThat(cp.emit()).isEqualTo(Octets.ofHex(CP));
        assertThat(CpaPpdu.parse(Octets.ofHex(CPA)).emit()).isEqualTo(Octets.ofHex(CPA));

        CprPpdu cpr = CprPpdu.parse(Octets.ofHex("30 03 8A 01 03"));
        assertThat(cpr.refusal()).isEqualTo(PresentationRefusal.CALLED_ADDRESS_UNKNOWN);
        assertThat(cpr.emit()).isEqualTo(Octets.ofHex("30 03 8A 01 03"));
        assertThat(CprPpdu.byProvider(PresentationRefusal.CALLED_ADDRESS_UNKNOWN))
                .isEqualTo(cpr);

        String aru = "A0 19 A0 09 30 07 02 01 01 06 02 51 01 61 0C 30 0A 02 01 01 A0 05 64 03 80 01 00";
        assertThat(AruPpdu.parse(Octets.ofHex(aru)).emit()).isEqualTo(Octets.ofHex(aru));
        ArpPpdu arp = ArpPpdu.parse(Octets.ofHex("30 06 80 01 01 81 01 07"));
        assertThat(arp).isEqualTo(new ArpPpdu(AbortReason.UNRECOGNIZED_PPDU, Event.TD));
        assertThat(arp.text()).isEqualTo("unrecognized PPDU, at TD PPDU");
        assertThat(arp.emit()).isEqualTo(Octets.ofHex("30 06 80 01 01 81 01 07"));
    }

    @Test
    void readsAndWritesTheFactSheetsPpdusThatAlterAndResynchronize() {
        String adding = "A0 12 A0 10 30 0E 02 01 05 06 03 28 00 00 30 04 06 02 51 01";
        AcPpdu ac = AcPpdu.parse(Octets.ofHex(adding));
        assertThat(ac.additions())
                .containsExactly(
                        new PresentationContext(5, ObjectIdentifier.of("1.0.0.0"), List.of(ObjectIdentifier.BER)));
        assertThat(ac.emit()).isEqualTo(Octets.ofHex(adding));
        String accepted = "A1 0B A0 09 30 07 80 01 00 81 02 51 01";
        AcaPpdu aca = AcaPpdu.parse(Octets.ofHex(accepted));
        assertThat(aca.additionResults()).containsExactly(ContextResult.accepted(ObjectIdentifier.BER));
        assertThat(aca.emit()).isEqualTo(Octets.ofHex(accepted));
        String two = "30 14 A0 12 30 07 02 01 01 06 02 51 01 30 07 02 01 03 06 02 51 01";
        RsPpdu rs = RsPpdu.parse(Octets.ofHex(two));
        assertThat(rs.contexts())
                .containsExactly(
                        new Parameters.Identifier(1, ObjectIdentifier.BER),
                        new Parameters.Identifier(3, ObjectIdentifier.BER));
        assertThat(rs.emit()).isEqualTo(Octets.ofHex(two));
        assertThat(RsPpdu.parse(Octets.ofHex("30 00")).contexts()).isNull();
        assertThat(RsPpdu.parse(Octets.ofHex("30 02 A0 00")).contexts()).isEmpty();

        assertThat(AcPpdu.parse(Octets.ofHex(AC)).emit()).isEqualTo(Octets.ofHex(AC));
        assertThat(AcaPpdu.parse(Octets.ofHex(ACA)).emit()).isEqualTo(Octets.ofHex(ACA));
        assertThat(RsPpdu.parse(Octets.ofHex(RS)).emit()).isEqualTo(Octets.ofHex(RS));
    }

    @Test
    void readsTheResultListWithRejections() {
        String list = "A5 17 30 07 80 01 00 81 02 51 01 30 06 80 01 02 82 01 01 30 03 80 01 01";
        BerReader reader = new BerReader(Octets.ofHex(list.replace("A5 17", "A5 16")));
        List<ContextResult> results = Parameters.results(reader, 0xa5);

        assertThat(reader.isMalformed()).isFalse();
        assertThat(results)
                .containsExactly(
                        ContextResult.accepted(ObjectIdentifier.BER),
                        ContextResult.rejectedByProvider(ContextResult.Reason.ABSTRACT_SYNTAX_NOT_SUPPORTED),
                        ContextResult.rejectedByUser());
        BerWriter out = new BerWriter();
        Parameters.results(out, 0xa5, results);
        assertThat(out.toOctets()).isEqualTo(Octets.ofHex(list.replace("A5 17", "A5 16")));
    }

    @Test
    void readsTheParametersOfASetInAnyOrderAndSkipsThoseThatItDoesNotKnow() {
        CpPpdu cp = CpPpdu.parse(Octets.ofHex("31 80 A2 80 AB 04 03 02 05 00 82 01 41 9F 50 01 00 88 02 06 00"
                + " 89 02 05 40 A6 08 80 02 51 01 81 02 51 01 80 02 07 80 00 00 A1 00 A0 80 80 01 01 00 00 00 00"));

        assertThat(cp.calledSelector()).isEqualTo(Octets.ofHex("41"));
        assertThat(cp.protocolVersion().has(0)).isTrue();
        assertThat(cp.presentationRequirements().named()).isZero();
        assertThat(cp.sessionRequirements().named()).isEqualTo(2);
        assertThat(cp.defaultContext())
                .isEqualTo(new CpPpdu.DefaultContext(ObjectIdentifier.BER, ObjectIdentifier.BER));
        assertThat(CpPpdu.parse(cp.emit())).isEqualTo(cp);
    }

    @Test
    void refusesPpdusThatAreNone() {
        assertThat(CpPpdu.parse(Octets.EMPTY)).isNull();
        assertThat(CpPpdu.parse(Octets.ofHex("31 00"))).isNull();
        assertThat(CpPpdu.parse(Octets.ofHex("31 02 A2 00"))).isNull();
        assertThat(CpPpdu.parse(Octets.ofHex("68 65 6c 6c 6f"))).isNull();
        assertThat(CpPpdu.parse(Octets.ofHex(CP.replace("02 01 03 06 05", "02 01 01 06 05"))))
                .as("two contexts with the same identifier")
                .isNull();
        assertThat(CpaPpdu.parse(Octets.ofHex("30 00"))).isNull();
        assertThat(CprPpdu.parse(Octets.ofHex("31 00"))).isNull();
        assertThat(AruPpdu.parse(Octets.ofHex("A1 00"))).isNull();
        assertThat(ArpPpdu.parse(Octets.ofHex("30 03 80 01"))).isNull();
    }

    @Test
    void copesWithMutatedPpdus() {
        SplittableRandom random = new SplittableRandom(226);
        List<Octets> samples = samples().filter(s -> s.length() < 600).toList();
        PduPool pool = new PduPool(0);
        int read = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = samples.get(random.nextInt(samples.size())).toByteArray();
            for (int n = random.nextInt(4); n >= 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Octets mutated = Octets.of(octets).slice(0, random.nextInt(octets.length + 1));
            read += CpPpdu.parse(mutated) == null ? 0 : 1;
            read += CpaPpdu.parse(mutated) == null ? 0 : 1;
            read += CprPpdu.parse(mutated) == null ? 0 : 1;
            read += AruPpdu.parse(mutated) == null ? 0 : 1;
            read += ArpPpdu.parse(mutated) == null ? 0 : 1;
            read += AcPpdu.parse(mutated) == null ? 0 : 1;
            read += AcaPpdu.parse(mutated) == null ? 0 : 1;
            read += RsPpdu.parse(mutated) == null ? 0 : 1;
            BerReader reader = new BerReader(mutated);
            UserData data = UserData.parse(reader);
            if (!reader.isMalformed()) {
                read++;
                data.values(ContextSet.EMPTY);
            }
            if (i % 10 == 0) {
                dissect(pool, mutated, CARRIERS.get(random.nextInt(CARRIERS.size())));
            }
        }
        assertThat(read).isGreaterThan(1000);
        assertThat(pool.outstanding()).isZero();
    }

    private static final List<String> CARRIERS = List.of(
            "",
            "S-CONNECT.request",
            "S-DATA",
            "S-TYPED-DATA.request",
            "S-RESYNCHRONIZE.confirm",
            "S-EXPEDITED-DATA.indication",
            "S-CAPABILITY-DATA.response",
            "S-SYNC-MINOR.request",
            "S-U-ABORT.indication");

    private static void dissect(PduPool pool, Octets octets, String carrier) {
        Pdu pdu = pool.takeForReceiving(octets.length());
        octets.appendTo(pdu);
        Dissection out = new Dissection();
        new X226Dissector().dissect(pdu, carrier, Direction.UP, out);
        for (Dissection.Field field : out.fields()) {
            assertThat(field.offset() + field.length()).isLessThanOrEqualTo(octets.length());
            assertThat(field.depth()).isNotNegative();
        }
        if (out.hasSdu()) {
            assertThat(out.sduOffset() + out.sduLength()).isLessThanOrEqualTo(octets.length());
        }
        pdu.release();
    }

    /** The same encoding with definite lengths throughout. */
    private static Octets definite(Octets octets) {
        BerWriter out = new BerWriter();
        BerReader reader = new BerReader(octets);
        while (reader.hasMore()) {
            out = append(out, element(reader));
        }
        return out.toOctets();
    }

    private static Octets element(BerReader reader) {
        int tag = reader.tag();
        if (!Tag.isConstructed(tag)) {
            return reader.element();
        }
        BerWriter contents = new BerWriter();
        reader.enter(tag);
        while (reader.hasMore()) {
            contents = append(contents, element(reader));
        }
        reader.leave();
        return contents.wrap(tag, 0).toOctets();
    }

    private static BerWriter append(BerWriter front, Octets back) {
        return new BerWriter().element(back).element(front.toOctets());
    }
}
