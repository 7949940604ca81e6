package org.osistack.application.isode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.management.ServiceEcho;

/** Takes one side of what two ISODE 8 said to each other: our echo their responder's, our walker their initiator's. */
class IsodeReplayTest {
    private static final String CR = "09 e0 00 00 4b ce 00 c0 01 0b";
    private static final int USER_DATA = 193;

    private final EchoLab lab = new EchoLab();

    @AfterEach
    void nothingIsLeft() {
        lab.close();
        assertThat(lab.outstanding()).isZero();
    }

    /** An ACCEPT or a CONNECT in words, without what does not matter: the order of parameters. */
    private static Map<Integer, Octets> normal(Octets tsdu) {
        return new TreeMap<>(Recorded.parameters(tsdu));
    }

    private static boolean isAccept(Octets tsdu) {
        return tsdu.at(0) == 14;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isode-ssap-echo-kernel-duplex stream 0",
                "isode-ssap-echo-kernel-hdx stream 0",
                "isode-ssap-echo-negrel-duplex stream 0",
                "isode-ssap-echo-minor-duplex stream 0",
                "isode-ssap-echo-bss stream 0",
                "isode-psap-echo-0x2 stream 0",
                "isode-rf-ab-misc stream 0",
                "isode-rf-ab-misc stream 1",
                "isode-rf-ab-misc stream 2",
                "isode-rf-ab-misc stream 3",
                "isode-rf-ab-misc stream 4",
                "isode-rf-ab-misc stream 6",
                "isode-rf-ab-misc stream 9",
                "isode-rf-ab-misc stream 10"
            })
    void theEchoAnswersTheirInitiatorAsTheirsDid(String name) {
        lab.serve();
        RawPeer peer = new RawPeer(lab.alice);
        peer.call(lab.bobsAddress(), CR);
        lab.run();
        for (Recorded.Tsdu recorded : Recorded.of(name).tsdus()) {
            if (recorded.fromInitiator()) {
                assertThat(peer.received).isEmpty();
                peer.send(recorded.octets());
                lab.run();
            } else {
                assertThat(peer.received).isNotEmpty();
                compare(peer.received.remove(0), recorded.octets(), name.startsWith("isode-psap"));
            }
        }
        assertThat(peer.received).isEmpty();
        peer.close();
    }

    /** All but the AC are the same octets; its parameters are the same, in ascending order, and in P our CPA is definite. */
    private static void compare(Octets sent, Octets recorded, boolean isPresentation) {
        if (!isAccept(recorded)) {
            assertThat(sent).isEqualTo(recorded);
            return;
        }
        Map<Integer, Octets> ours = normal(sent);
        Map<Integer, Octets> theirs = normal(recorded);
        if (isPresentation) {
            assertThat(ours.remove(USER_DATA).length()).isPositive();
            theirs.remove(USER_DATA);
        }
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void theEchoAnswersTheirAssociationAsTheirsDid() {
        lab.serve();
        RawPeer peer = new RawPeer(lab.alice);
        peer.call(lab.bobsAddress(), "0d e0 00 00 4c 3e 00 c2 02 02 00 c0 01 0b");
        lab.run();
        List<Recorded.Tsdu> tsdus =
                Recorded.of("isode-acse-psap-echo-0x2 stream 0").tsdus();
        peer.send(tsdus.get(0).octets());
        lab.run();
        peer.send(tsdus.get(2).octets());
        lab.run();
        assertThat(peer.received).hasSize(2);
        String accept = peer.received.get(0).toString();
        String theirs = tsdus.get(1).octets().toString();
        String pdvWithAare =
                theirs.substring(theirs.indexOf("614930470201"), theirs.length() - 8); // up to the ends of contents
        assertThat(accept).endsWith(pdvWithAare);
        compare(peer.received.get(0), tsdus.get(1).octets(), true);
        assertThat(peer.received.get(1)).isEqualTo(tsdus.get(3).octets());
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "isode-ssap-echo-kernel-duplex stream 0, s",
        "isode-ssap-echo-kernel-hdx stream 0, s",
        "isode-ssap-echo-negrel-duplex stream 0, s",
        "isode-ssap-echo-minor-duplex stream 0, s",
        "isode-ssap-echo-bss stream 0, s",
        "isode-psap-echo-0x2 stream 0, p"
    })
    void theWalkerAsksTheirResponderAsTheirsDid(String name, String service) {
        lab.alice.limitTsdus(0x07f9);
        Recorded recorded = Recorded.of(name);
        RawPeer peer = new RawPeer(lab.bob);
        peer.listen();
        Map<Integer, Octets> connect =
                Recorded.parameters(recorded.tsdus().get(0).octets());
        Octets serial = connect.get(23);
        EchoLab.Heard heard = new EchoLab.Heard();
        lab.echo(lab.alice, service)
                .walk(
                        new ServiceEcho.Walk(
                                lab.bobsAddress(),
                                false,
                                new FunctionalUnits(connect.get(20).at(0) << 8
                                        | connect.get(20).at(1)),
                                new ConnectionIdentifier(connect.get(10), connect.get(11), Octets.EMPTY),
                                serial == null ? 1 : Long.parseLong(new String(serial.toByteArray())),
                                512,
                                lines(recorded)),
                        heard);
        lab.run();
        for (Recorded.Tsdu tsdu : recorded.tsdus()) {
            if (!tsdu.fromInitiator()) {
                peer.send(tsdu.octets());
                lab.run();
                continue;
            }
            assertThat(peer.received).isNotEmpty();
            Octets sent = peer.received.remove(0);
            if (tsdu.octets().at(0) == 13) {
                Map<Integer, Octets> ours = normal(sent);
                Map<Integer, Octets> theirs = normal(tsdu.octets());
                if (service.equals("p")) {
                    ours.remove(USER_DATA);
                    theirs.remove(USER_DATA);
                }
                assertThat(ours).isEqualTo(theirs);
            } else {
                assertThat(sent).isEqualTo(tsdu.octets());
            }
        }
        assertThat(heard.problem).isNull();
        assertThat(heard.differences).isZero();
    }

    /** What went there by DATA or TYPED-DATA. */
    private static List<Octets> lines(Recorded recorded) {
        List<Octets> lines = new ArrayList<>();
        for (Recorded.Tsdu tsdu : recorded.tsdus()) {
            String hex = tsdu.octets().toString();
            if (tsdu.fromInitiator() && (hex.startsWith("01000100") || hex.startsWith("2100"))) {
                int at = hex.indexOf("6c696e65"); // "line"
                lines.add(Octets.ofHex(hex.substring(at)));
            }
        }
        return lines;
    }

    @Test
    void aRefusedReleaseEndsTheWalkWithAnAbort() {
        Recorded recorded = Recorded.of("isode-ssap-nf stream 0");
        RawPeer peer = new RawPeer(lab.bob);
        peer.listen();
        EchoLab.Heard heard = new EchoLab.Heard();
        lab.echo(lab.alice, "s")
                .walk(
                        new ServiceEcho.Walk(
                                lab.bobsAddress(),
                                false,
                                new FunctionalUnits(0x82),
                                EchoLab.NAME,
                                1,
                                512,
                                List.of(Octets.ofText("one line\n\0"))),
                        heard);
        lab.run();
        List<Octets> sent = new ArrayList<>();
        for (Recorded.Tsdu tsdu : recorded.tsdus()) {
            if (tsdu.fromInitiator()) {
                sent.add(peer.received.remove(0));
            } else {
                peer.send(tsdu.octets());
                lab.run();
            }
        }
        assertThat(sent.subList(1, sent.size()))
                .isEqualTo(recorded.tsdus().stream()
                        .filter(Recorded.Tsdu::fromInitiator)
                        .map(Recorded.Tsdu::octets)
                        .skip(1)
                        .toList());
        assertThat(heard.problem).isEqualTo("the release was refused");
    }

    @Test
    void nobodyIsAtOtherSelectors() {
        lab.serve();
        RawPeer peer = new RawPeer(lab.alice);
        peer.call(lab.bobsAddress(), "0d e0 00 00 12 34 00 c2 02 99 99 c0 01 0b");
        lab.run();
        assertThat(peer.received).isEmpty();
        assertThat(peer.tpdus).hasSize(1);
        assertThat(peer.tpdus.get(0).at(1)).isEqualTo(0x80); // DR
        assertThat(peer.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61 03 02 01 00", // a TD that is none
                "04 02 68 69", // not a PPDU at all
                "61 0c 30 0a 02 01 63 a0 05 a1 03 02 01 05" // a context that was not agreed on
            })
    void garbageInPresentationDataIsAbortedAsTheirsDid(String garbage) {
        lab.serve();
        RawPeer peer = new RawPeer(lab.alice);
        peer.call(lab.bobsAddress(), CR);
        lab.run();
        peer.send(Recorded.of("isode-psap-echo-0x2 stream 0").tsdus().get(0).octets());
        lab.run();
        peer.received.clear();
        peer.send(Octets.ofHex("01 00 01 00" + garbage));
        lab.run();
        assertThat(peer.received).hasSize(1);
        assertThat(peer.received.get(0).slice(0, 1)).isEqualTo(Octets.ofHex("19"));
        assertThat(Recorded.parameters(peer.received.get(0)).get(17)).isEqualTo(Octets.ofHex("03"));
        peer.close();
    }
}
