package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** What is proposed and agreed, what is refused and why, limits and time-outs: one machine against raw octets. */
class NegotiationTest {
    private static final FunctionalUnits BOTH = FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.HALF_DUPLEX);

    private Bench bench = new Bench();

    @AfterEach
    void nothingIsLeftOver() {
        bench.close();
        bench.simulation.run(Duration.ofSeconds(31));
        assertThat(bench.outstanding()).isZero();
    }

    private void bench(String... options) {
        bench = new Bench(options);
    }

    private void called(String hex) {
        bench.called();
        bench.receive(hex);
    }

    private void calling(FunctionalUnits units) {
        bench.calling(units, TokenSetting.INITIATOR, Octets.EMPTY, true);
    }

    // ---- as responder
    // -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // versions offered, version accepted
        "16 01 01, 160101",
        "16 01 02, 160102",
        "16 01 03, 160102",
        "16 01 ff, 160102"
    })
    void takesTheHighestCommonVersion(String offered, String accepted) {
        called("0d 0c 05 06 13 01 00 " + offered + " 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        assertThat(bench.octets.get(0)).isEqualTo("0e0c0506130100" + accepted + "14020002");
    }

    @Test
    void withoutVersionNumberItIsVersionOne() {
        called("0d 04 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        assertThat(bench.octets.get(0)).isEqualTo("0e0c050613010016010114020002");
        assertThatThrownBy(() -> bench.request(new SessionPrimitive.Release(Octets.of(new byte[513]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1 of the protocol carries 512");
        bench.request(new SessionPrimitive.UserAbort(Octets.of(new byte[10]))); // does not fit: left away
        assertThat(bench.octets.get(1)).isEqualTo("1903110103");
    }

    @Test
    void anAbortOfVersionOneCarriesNineOctets() {
        called("0d 04 14 02 00 02");
        bench.request(new SessionPrimitive.UserAbort(Octets.ofText("nine octe")));
        assertThat(bench.octets.get(0)).isEqualTo("190e110103c1096e696e65206f637465");
    }

    @ParameterizedTest
    @CsvSource({
        // a version that does not exist
        "0d 0c 05 06 13 01 00 16 01 04 14 02 00 02, 0c09110101160103320184",
        // no way of talking among the requirements
        "0d 0c 05 06 13 01 00 16 01 02 14 02 00 08, 0c06110101320186",
        // a TSDU maximum size in which nothing has room
        "0d 12 05 0c 13 01 00 15 04 00 20 00 20 16 01 02 14 02 00 02, 0c06110101320186",
        // a reserved token setting
        "0d 0f 05 09 13 01 00 16 01 02 1a 01 03 14 02 00 01, 0c06110101320185",
        // a selector that nobody has
        "0d 10 05 06 13 01 00 16 01 02 14 02 00 02 34 02 00 09, 0c06110101320181",
        // more connect data than version 1 knows
        "0d 15 05 06 13 01 00 16 01 01 14 02 00 02 3c 01 01 c2 04 41 42 43 44, 0c06110101320185"
    })
    void refusesWhatItCannotAccept(String connect, String refuse) {
        called(connect);
        assertThat(bench.octets).containsExactly(refuse);
        assertThat(bench.machine.state()).isEqualTo(State.STA16);
        bench.peer.disconnectRequest();
        bench.run();
        assertThat(bench.entity.sessions()).isEmpty();
    }

    @Test
    void ofTwoUsersOneHasLeft() {
        SessionListener nobody = (connection, connect) -> null;
        bench.entity.attach(Primitives.address("ours", "A"), nobody);
        bench.called();
        bench.entity.detach(Primitives.address("ours", "A"));
        bench.receive("0d 0f 05 06 13 01 00 16 01 02 14 02 00 02 34 01 41");
        assertThat(bench.octets).containsExactly("0c06110101320182");
        assertThatThrownBy(() -> bench.entity.attach(Primitives.address("ours", ""), nobody))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneConnectionTooManyIsToldWhy() {
        bench("max-sessions", "1");
        bench.called();
        for (int i = 0; i < 2; i++) {
            bench.peer = bench.network
                    .of(bench.theirs)
                    .connectRequest(null, RecordNetwork.address("ours"), false, bench.peerUser);
            bench.run();
        }
        assertThat(bench.seen).containsExactly("TDISreq"); // the third finds no room to be told
        assertThat(bench.entity.sessions()).hasSize(2);
        bench.entity
                .machines()
                .get(1)
                .dataIndication(
                        Samples.pdu(bench.ours.pool(), Samples.hex("0d 0c 05 06 13 01 00 16 01 02 14 02 00 02")));
        bench.run();
        assertThat(bench.octets).containsExactly("0c06110101320183");
    }

    @Test
    void ofHalfDuplexAndDuplexHalfDuplexRemains() {
        called("0d 0c 05 06 13 01 00 16 01 02 14 02 00 03");
        assertThat(((SessionPrimitive.Connect) bench.primitives.get(0)).requirements())
                .isEqualTo(BOTH);
        bench.request(Primitives.accept(BOTH));
        assertThat(bench.octets.get(0)).endsWith("14020001");
        assertThat(bench.machine.user().functionalUnits()).isEqualTo(Primitives.HALF_DUPLEX);
    }

    @Test
    void anAnswerThatLeavesNoWayOfTalkingBecomesARefusal() {
        called("0d 0c 05 06 13 01 00 16 01 02 14 02 00 02");
        bench.request(Primitives.accept(Primitives.HALF_DUPLEX));
        assertThat(bench.octets).containsExactly("0c06110101320102");
        assertThat(bench.primitives.get(1))
                .isEqualTo(new SessionPrimitive.ProviderAbort(ProviderAbortReason.IMPLEMENTATION_RESTRICTION));
        bench.request(new SessionPrimitive.Release(Octets.EMPTY)); // after the end: ignored
    }

    @Test
    void theCalledUserDecidesAboutTokensThatAreLeftToIt() {
        called("0d 0f 05 09 13 01 00 16 01 02 1a 01 82 14 02 04 81");
        SessionPrimitive.ConnectAnswer answer = new SessionPrimitive.ConnectAnswer(
                null, null, null, Proposal.SUPPORTED, -1, TokenSetting.RESPONDER, Tokens.of(Token.DATA), Octets.EMPTY);
        bench.request(answer);
        assertThat(bench.octets.get(0)).isEqualTo("0e12" + "050913010016010" + "21a0141" + "100101" + "14020481");
        assertThat(bench.machine.user().ownTokens()).isEqualTo(Tokens.of(Token.DATA, Token.RELEASE));
    }

    @Test
    void aPeerThatNeverSaysConnectIsSentAway() {
        bench.called();
        bench.simulation.run(Duration.ofSeconds(59));
        assertThat(bench.seen).isEmpty();
        bench.simulation.run(Duration.ofSeconds(2));
        assertThat(bench.seen).containsExactly("TDISreq");
        assertThat(bench.entity.sessions()).isEmpty();
    }

    @Test
    void aListenerThatReturnsNobodyRefuses() {
        bench.entity.attach(Primitives.address("ours", "N"), (connection, connect) -> null);
        called("0d 0f 05 06 13 01 00 16 01 02 14 02 00 02 34 01 4e");
        assertThat(bench.octets).containsExactly("0c06110101320100");
    }

    // ---- as initiator
    // -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "iso,     0d0c050613010016010314020002",
        "strict,  0d0c050613010016010214020002",
        "minimal, 0d0c050613010016010214020002"
    })
    void theProfileSaysWhatIsOffered(String profile, String connect) {
        bench("profile", profile);
        calling(Primitives.DUPLEX);
        assertThat(bench.octets).containsExactly(connect);
    }

    @Test
    void theMinimalProfileLeavesDefaultsAway() {
        bench("profile", "minimal");
        calling(Primitives.HALF_DUPLEX);
        assertThat(bench.octets).containsExactly("0d0c050613010016010214020001");
        bench("profile", "iso");
        calling(Primitives.HALF_DUPLEX);
        assertThat(bench.octets).containsExactly("0d0f05091301001601031a010014020001");
    }

    @ParameterizedTest
    @CsvSource({
        "0e 0c 05 06 13 01 00 16 01 02 14 02 00 02, STA713",
        "0e 0c 05 06 13 01 00 16 01 01 14 02 00 02, STA713",
        // both versions, or none of them
        "0e 0c 05 06 13 01 00 16 01 03 14 02 00 02, STA16",
        "0e 0c 05 06 13 01 00 16 01 04 14 02 00 02, STA16",
        // a unit that was not proposed; both ways of talking; none; the default requirements
        "0e 0c 05 06 13 01 00 16 01 02 14 02 04 02, STA16",
        "0e 0c 05 06 13 01 00 16 01 02 14 02 00 03, STA16",
        "0e 0c 05 06 13 01 00 16 01 02 14 02 00 00, STA16",
        "0e 08 05 06 13 01 00 16 01 02, STA16",
        // half-duplex: the token is where it was asked for, or elsewhere, or undecided
        "0e 0f 05 09 13 01 00 16 01 02 1a 01 00 14 02 00 01, STA713",
        "0e 0c 05 06 13 01 00 16 01 02 14 02 00 01, STA713",
        "0e 0f 05 09 13 01 00 16 01 02 1a 01 01 14 02 00 01, STA16",
        "0e 0f 05 09 13 01 00 16 01 02 1a 01 02 14 02 00 01, STA16",
        // a token is asked for that is not there
        "0e 0f 05 06 13 01 00 16 01 02 10 01 40 14 02 00 02, STA16",
        // a TSDU maximum size in which nothing has room
        "0e 12 05 0c 13 01 00 15 04 00 10 00 10 16 01 02 14 02 00 02, STA16"
    })
    void anAcceptMustKeepToWhatWasProposed(String accept, String state) {
        calling(BOTH);
        bench.receive(accept);
        assertThat(bench.machine.state()).hasToString(state);
        if (state.equals("STA16")) {
            assertThat(bench.octets.get(1)).isEqualTo("1903110105");
            assertThat(bench.primitives)
                    .containsExactly(new SessionPrimitive.ProviderAbort(ProviderAbortReason.PROTOCOL_ERROR));
        }
    }

    @Test
    void tokensThatAnAcceptAsksForAreInTheConfirm() {
        calling(Primitives.HALF_DUPLEX);
        bench.receive("0e 0f 05 06 13 01 00 16 01 02 10 01 01 14 02 00 01");
        SessionPrimitive.ConnectAnswer answer = (SessionPrimitive.ConnectAnswer) bench.primitives.get(0);
        assertThat(answer.tokensPleased()).isEqualTo(Tokens.of(Token.DATA));
        assertThat(bench.machine.user().ownTokens()).isEqualTo(Tokens.of(Token.DATA));
    }

    @ParameterizedTest
    @CsvSource({
        "0c 06 11 01 01 32 01 81, SELECTOR_UNKNOWN",
        "0c 06 11 01 00 32 01 82, USER_NOT_ATTACHED",
        "0c 08 11 01 01 32 03 02 41 42, REJECTED_BY_USER",
        "0c 03 32 01 fe, NOT_SPECIFIED",
        "0c 00, NOT_SPECIFIED"
    })
    void aRefuseIsConfirmedWithItsReason(String refuse, SessionRefusal reason) {
        calling(Primitives.DUPLEX);
        bench.receive(refuse);
        SessionPrimitive.ConnectAnswer answer = (SessionPrimitive.ConnectAnswer) bench.primitives.get(0);
        assertThat(answer.refusal()).isEqualTo(reason);
        assertThat(answer.userData().length()).isEqualTo(reason == SessionRefusal.REJECTED_BY_USER ? 2 : 0);
        assertThat(bench.seen).contains("TDISreq");
        assertThat(bench.entity.sessions()).isEmpty();
    }

    @Test
    void whatCannotBeAskedForIsRefusedInWords() {
        SessionPrimitive.Connect[] wishes = {
            Primitives.connect(FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.DATA_SEPARATION)),
            Primitives.connect(FunctionalUnits.KERNEL),
            Primitives.connect(Primitives.DUPLEX, TokenSetting.INITIATOR, Octets.of(new byte[2 << 20])),
            new SessionPrimitive.Connect(
                    null, null, Primitives.address("theirs", ""), Primitives.DUPLEX, 1, null, Octets.EMPTY)
        };
        for (SessionPrimitive.Connect wish : wishes) {
            assertThatThrownBy(() -> bench.entity.connectRequest(wish, bench.user))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        bench("versions", "1");
        assertThatThrownBy(() -> bench.entity.connectRequest(
                        Primitives.connect(Primitives.DUPLEX, TokenSetting.INITIATOR, Octets.of(new byte[513])),
                        bench.user))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs version 2");
        assertThat(bench.entity.sessions()).isEmpty();
    }

    @Test
    void anAbortOfThePeerNamesItsReason() {
        String[][] abortsAndReasons = {
            {"19 03 11 01 05", "PROTOCOL_ERROR"},
            {"19 03 11 01 09", "UNDEFINED"},
            {"19 03 11 01 11", "IMPLEMENTATION_RESTRICTION"},
            {"19 03 11 01 01", "UNDEFINED"}
        };
        for (String[] pair : abortsAndReasons) {
            bench = new Bench();
            calling(Primitives.DUPLEX);
            bench.receive(pair[0]);
            assertThat(bench.primitives)
                    .containsExactly(new SessionPrimitive.ProviderAbort(ProviderAbortReason.valueOf(pair[1])));
            bench.close();
        }
    }

    // ---- segments and limits
    // ------------------------------------------------------------------------------------------------

    @Test
    void anSsduThatGrowsBeyondTheLimitIsAborted() {
        bench("max-ssdu", "1024");
        called("0d 0c 05 06 13 01 00 16 01 02 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        bench.receive("01 00 01 03 19 01 01 00*800");
        bench.receive("01 00 01 03 19 01 00 00*300");
        assertThat(bench.octets.get(1)).isEqualTo("1903110111");
        assertThat(bench.primitives.get(1))
                .isEqualTo(new SessionPrimitive.ProviderAbort(ProviderAbortReason.IMPLEMENTATION_RESTRICTION));
    }

    @ParameterizedTest
    @CsvSource({
        // two beginnings; an end without a beginning; another SPDU in between; whole data in between
        "01 00 01 03 19 01 01 41, 01 00 01 03 19 01 01 41",
        "01 00 01 00 41, 01 00 01 03 19 01 02 41",
        "01 00 01 03 19 01 01 41, 21 00 41",
        "01 00 01 03 19 01 01 41, 01 00 01 00 41",
        "01 00 01 03 19 01 01 41, 09 03 11 01 01"
    })
    void segmentsOutOfPlaceAreAProtocolError(String first, String second) {
        called("0d 0c 05 06 13 01 00 16 01 02 14 02 04 02");
        bench.request(Primitives.accept(Proposal.SUPPORTED));
        bench.receive(first);
        bench.receive(second);
        assertThat(bench.octets.get(1)).isEqualTo("1903110105");
        assertThat(bench.machine.state()).isEqualTo(State.STA16);
    }

    @Test
    void anAbortCutsIntoSegments() {
        called("0d 0c 05 06 13 01 00 16 01 02 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        bench.receive("01 00 01 03 19 01 01 41");
        bench.receive("19 03 11 01 03");
        assertThat(bench.primitives.get(1)).isInstanceOf(SessionPrimitive.UserAbort.class);
    }

    @Test
    void dataIsCutAsTheTsduMaximumSizeOfItsDirectionSays() {
        bench = new Bench("max-tsdu", "4096");
        called("0d 12 05 0c 13 01 00 15 04 01 00 00 40 16 01 03 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        assertThat(bench.octets.get(0)).isEqualTo("0e12050c1301001504010000401601021" + "4020002");
        Pdu pdu = Samples.pdu(bench.ours.pool(), Octets.of(new byte[61]));
        bench.machine.user().dataRequest(pdu);
        bench.run();
        assertThat(bench.octets.get(1)).isEqualTo("01000103190101" + "00".repeat(57));
        assertThat(bench.octets.get(2)).isEqualTo("01000103190102" + "00000000");
        bench.machine.user().dataRequest(Samples.pdu(bench.ours.pool(), Octets.of(new byte[60])));
        bench.run();
        assertThat(bench.octets.get(3)).isEqualTo("01000103190101" + "00".repeat(57));
        assertThat(bench.octets.get(4)).isEqualTo("01000103190102" + "000000");
        bench.machine.user().dataRequest(Samples.pdu(bench.ours.pool(), Octets.of(new byte[57])));
        bench.run();
        assertThat(bench.octets.get(5)).isEqualTo("01000103190103" + "00".repeat(57));
    }

    @Test
    void withoutALimitOfThisSideNoneIsAgreedOn() {
        called("0d 12 05 0c 13 01 00 15 04 07 f9 07 f9 16 01 03 14 02 00 02");
        bench.request(Primitives.accept(Primitives.DUPLEX));
        assertThat(bench.octets.get(0)).isEqualTo("0e0c050613010016010214020002");
        bench.machine.user().dataRequest(Samples.pdu(bench.ours.pool(), Octets.of(new byte[5000])));
        bench.run();
        assertThat(bench.octets.get(1)).isEqualTo("01000100" + "00".repeat(5000));
    }

    @Test
    void tokensInFrontOfDataMoveFirst() {
        calling(Primitives.HALF_DUPLEX);
        bench.receive("0e 0c 05 06 13 01 00 16 01 02 14 02 00 01");
        bench.request(new SessionPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        bench.receive("01 00 01 00 41");
        bench.seen.clear();
        bench.receive("01 03 10 01 01 01 00 42"); // gives the token, and then talks: too late
        assertThat(bench.seen).containsExactly("SGTind", "abort", "AB");
    }

    @Test
    void optionsThatMakeNoSenseAreRefusedInWords() {
        for (Map<String, String> wrong : List.of(
                Map.of("versions", "3"),
                Map.of("max-tsdu", "10"),
                Map.of("profile", "maximal"),
                Map.of("tim", "soon"))) {
            assertThatThrownBy(() -> Settings.of(new Options("x225", null, wrong)))
                    .isInstanceOf(ConfigurationException.class);
        }
    }
}
