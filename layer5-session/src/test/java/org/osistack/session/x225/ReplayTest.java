package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * Takes one side of dialogues that other implementations had with each other. Our user asks for what theirs asked for; then
 * our entity must send what theirs sent, but for choices that are free.
 */
class ReplayTest {
    /** SPDUs in which one may leave away or repeat what the other does not. */
    private static final Set<SpduType> FREE_CHOICES = EnumSet.of(SpduType.CN, SpduType.AC, SpduType.FN, SpduType.AB);

    private final Simulation simulation = new Simulation(1);
    private final Host ours = simulation.newHost("ours");
    private final Host theirs = simulation.newHost("theirs");
    private final RecordNetwork network = new RecordNetwork(() -> 1000, 100);
    private final RecordingUser user = new RecordingUser();
    private final Peer peer = new Peer();
    private X225Entity entity;

    /** The other side: only octets. */
    private static final class Peer implements TransportUser {
        final List<Octets> received = new ArrayList<>();
        TransportConnection connection;
        boolean disconnected;

        @Override
        public void dataIndication(Pdu tsdu) {
            received.add(Octets.of(tsdu));
            tsdu.release();
        }

        @Override
        public void disconnectIndication(DisconnectReason reason) {
            disconnected = true;
        }
    }

    @AfterEach
    void nothingIsLeftOver() {
        entity.close();
        run();
        assertThat(ours.pool().outstanding()).isZero();
        assertThat(theirs.pool().outstanding()).isZero();
    }

    private void run() {
        simulation.run(Duration.ofSeconds(1));
    }

    private void open(String... options) {
        Map<String, String> values = options.length == 2
                ? Map.of(options[0], options[1])
                : options.length == 4 ? Map.of(options[0], options[1], options[2], options[3]) : Map.of();
        entity = (X225Entity) new X225Provider().open(ours, network.of(ours), new Options("x225", null, values));
    }

    // ---- their initiator, our responder
    // -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isode-ssap-echo-kernel-duplex stream 0",
                "isode-ssap-echo-kernel-hdx stream 0",
                "isode-ssap-echo-negrel-duplex stream 0",
                "isode-ssap-echo-minor-duplex stream 0",
                "isode-ssap-echo-bss stream 0",
                "isode-ssap-nf stream 0",
                "isode-psap-echo-0x2 stream 0",
                "isode-acse-psap-echo-0x2 stream 0",
                "isode-rf-ab-misc stream 0",
                "isode-rf-ab-misc stream 1",
                "isode-rf-ab-misc stream 2",
                "isode-rf-ab-misc stream 3",
                "isode-rf-ab-misc stream 4",
                "isode-rf-ab-misc stream 9",
                "isode-rf-ab-misc stream 10",
                "josi-fn stream 0",
                "josi-tpdu128-auth stream 0",
                "libiec61850-auth-ok stream 0",
                "libiec61850-release stream 0"
            })
    void answersTheirInitiatorAsTheirResponderDid(String name) {
        open();
        Samples.Conversation conversation = Samples.conversation(name);
        listenAtTheirSelector(conversation);
        for (Samples.Recorded recorded : conversation.tsdus()) {
            if (recorded.fromInitiator()) {
                peer.connection.dataRequest(Samples.pdu(theirs.pool(), recorded.tsdu()));
                run();
            } else {
                play(recorded.tsdu());
                compare(recorded.tsdu());
            }
        }
        assertThat(peer.received).isEmpty();
    }

    private void listenAtTheirSelector(Samples.Conversation conversation) {
        Spdu connect = spdus(conversation.tsdus().get(0).tsdu()).get(0);
        Selector selector = Proposal.selector(connect, Parameter.CALLED_SESSION_SELECTOR);
        boolean refused = conversation.tsdus().get(1).tsdu().at(0) == SpduType.RF.identifier();
        entity.attach(
                new SessionAddress(refused ? Selector.ofText("other") : selector, RecordNetwork.address("ours")),
                (connection, primitive) -> {
                    user.connection = connection;
                    user.heard.add(primitive);
                    return user;
                });
        peer.connection = network.of(theirs).connectRequest(null, RecordNetwork.address("ours"), false, peer);
        run();
    }

    // ---- our initiator, their responder
    // -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isode-ssap-echo-kernel-duplex stream 0",
                "isode-ssap-echo-kernel-hdx stream 0",
                "isode-ssap-echo-negrel-duplex stream 0",
                "isode-ssap-echo-minor-duplex stream 0",
                "isode-ssap-echo-bss stream 0",
                "isode-ssap-nf stream 0",
                "isode-psap-echo-0x2 stream 0",
                "isode-acse-psap-echo-0x2 stream 0",
                "isode-rf-ab-misc stream 0",
                "isode-rf-ab-misc stream 1",
                "isode-rf-ab-misc stream 2",
                "isode-rf-ab-misc stream 3",
                "isode-rf-ab-misc stream 9",
                "josi-fn stream 0",
                "libiec61850-auth-ok stream 0",
                "libiec61850-release stream 0"
            })
    void asksTheirResponderAsTheirInitiatorDid(String name) {
        Samples.Conversation conversation = Samples.conversation(name);
        Spdu connect = spdus(conversation.tsdus().get(0).tsdu()).get(0);
        int maxTsdu = (int) connect.number(Parameter.TSDU_MAXIMUM_SIZE, 0) & 0xffff;
        String versions = switch ((int) connect.number(Parameter.VERSION_NUMBER, 1)) {
            case 1 -> "1";
            case 2 -> "2";
            default -> "1+2";
        };
        open("max-tsdu", Integer.toString(maxTsdu), "versions", versions);
        network.of(theirs).attach(RecordNetwork.address("theirs"), (connection, expedited) -> {
            peer.connection = connection;
            connection.connectResponse(false);
            return peer;
        });
        for (Samples.Recorded recorded : conversation.tsdus()) {
            if (recorded.fromInitiator()) {
                play(recorded.tsdu());
                compare(recorded.tsdu());
            } else {
                peer.connection.dataRequest(Samples.pdu(theirs.pool(), recorded.tsdu()));
                run();
            }
        }
        assertThat(peer.received).isEmpty();
    }

    // ---- both
    // ---------------------------------------------------------------------------------------------------------------

    private List<Spdu> spdus(Octets tsdu) {
        Pdu pdu = Samples.pdu(ours.pool(), tsdu);
        List<Spdu> spdus = Tsdu.read(pdu, false).spdus();
        pdu.release();
        return spdus;
    }

    /** Let our user ask for what makes this TSDU. */
    private void play(Octets tsdu) {
        List<Spdu> spdus = spdus(tsdu);
        Spdu spdu = spdus.get(spdus.size() - 1);
        switch (spdu.type()) {
            case CN -> user.connection = entity.connectRequest(connect(spdu), user);
            case AC -> user.connection.request(accept(spdu));
            case DT -> data(tsdu);
            case GT ->
                user.connection.request(
                        new SessionPrimitive.Step(new DialogueStep.TokenGive(Translation.tokens(spdu))));
            case PT ->
                user.connection.request(new SessionPrimitive.Step(
                        new DialogueStep.TokenPlease(Translation.tokens(spdu)), spdu.userData()));
            case TD -> user.connection.request(new SessionPrimitive.TypedData(tsdu.slice(2, tsdu.length())));
            case FN -> user.connection.request(new SessionPrimitive.Release(spdu.userData()));
            case DN -> user.connection.request(new SessionPrimitive.ReleaseAnswer(true, spdu.userData()));
            case NF -> user.connection.request(new SessionPrimitive.ReleaseAnswer(false, spdu.userData()));
            case AB -> user.connection.request(new SessionPrimitive.UserAbort(spdu.userData()));
            case MIP ->
                step(
                        new DialogueStep.SyncMinor(DialogueStep.NEXT, !spdu.has(Parameter.SYNC_TYPE_ITEM), false),
                        spdu.userData());
            case MIA ->
                step(new DialogueStep.SyncMinorAnswer(spdu.serialNumber(Parameter.SERIAL_NUMBER)), spdu.userData());
            case MAP -> step(new DialogueStep.SyncMajor(DialogueStep.NEXT), spdu.userData());
            case MAA -> step(new DialogueStep.SyncMajorAnswer(), spdu.userData());
            case RF -> assertThat(user.heard).isEmpty(); // the provider's own refusal
            default -> throw new AssertionError(spdu);
        }
        run();
    }

    private void step(DialogueStep step, Octets userData) {
        user.connection.request(new SessionPrimitive.Step(step, userData));
    }

    private void data(Octets tsdu) {
        Pdu pdu = Samples.pdu(ours.pool(), tsdu.slice(4, tsdu.length()));
        assertThat(user.connection.dataRequest(pdu)).isTrue();
    }

    private static SessionPrimitive.Connect connect(Spdu spdu) {
        Proposal proposal = Proposal.read(spdu);
        return new SessionPrimitive.Connect(
                proposal.identifier(),
                new SessionAddress(proposal.calling(), RecordNetwork.address("ours")),
                new SessionAddress(proposal.called(), RecordNetwork.address("theirs")),
                proposal.requirements(),
                proposal.initialSerialNumber(),
                proposal.tokens(),
                proposal.userData());
    }

    private static SessionPrimitive.ConnectAnswer accept(Spdu spdu) {
        return new SessionPrimitive.ConnectAnswer(
                null,
                new ConnectionIdentifier(
                        spdu.octets(Parameter.CALLED_REFERENCE),
                        spdu.octets(Parameter.COMMON_REFERENCE),
                        spdu.octets(Parameter.ADDITIONAL_REFERENCE)),
                new SessionAddress(
                        Proposal.selector(spdu, Parameter.CALLED_SESSION_SELECTOR), RecordNetwork.address("ours")),
                Proposal.requirements(spdu),
                spdu.serialNumber(Parameter.INITIAL_SERIAL_NUMBER),
                new TokenSetting((int) spdu.number(Parameter.TOKEN_SETTING_ITEM, 0)),
                new Tokens((int) spdu.number(Parameter.TOKEN_ITEM, 0)),
                spdu.userData());
    }

    private void compare(Octets recorded) {
        assertThat(peer.received).isNotEmpty();
        Octets sent = peer.received.remove(0);
        List<String> expected = normal(recorded);
        assertThat(normal(sent)).isEqualTo(expected);
        List<Spdu> spdus = spdus(recorded);
        if (!FREE_CHOICES.contains(spdus.get(spdus.size() - 1).type())) {
            assertThat(sent).isEqualTo(recorded);
        }
    }

    /**
     * The SPDUs in words, without what is a free choice: a Connection Identifier of no octets, a TSDU Maximum Size that an
     * ACCEPT repeats or leaves out, the place of a parameter, bits of an ABORT about the transport connection, and whether
     * a FINISH says that the transport connection is released, or leaves it to the default.
     */
    private List<String> normal(Octets tsdu) {
        List<String> words = new ArrayList<>();
        for (Spdu spdu : spdus(tsdu)) {
            List<String> items = new ArrayList<>();
            for (Spdu.Item item : spdu.items()) {
                boolean free = item.parameter().isGroup()
                        || spdu.type() == SpduType.AC && item.parameter() == Parameter.TSDU_MAXIMUM_SIZE
                        || item.parameter() == Parameter.TRANSPORT_DISCONNECT;
                if (!free) {
                    items.add(item.parameter() + "=" + item.value());
                }
            }
            items.sort(null);
            words.add(spdu.type() + " " + items);
        }
        return words;
    }

    @Test
    void withTheMinimalProfileOurOctetsAreThoseOfTheShortForms() {
        open("profile", "minimal");
        network.of(theirs).attach(RecordNetwork.address("theirs"), (connection, expedited) -> {
            peer.connection = connection;
            connection.connectResponse(false);
            return peer;
        });
        for (String name : List.of("josi-fn stream 0", "libiec61850-auth-ok stream 0")) {
            Octets recorded = Samples.conversation(name).tsdus().get(0).tsdu();
            SessionConnection connection =
                    entity.connectRequest(connect(spdus(recorded).get(0)), user);
            run();
            assertThat(peer.received.remove(0)).isEqualTo(recorded);
            connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
            run();
            peer.received.clear();
        }
    }

    @Test
    void withTheMinimalProfileOurAnswerIsThatOfTheShortForms() {
        open("profile", "minimal");
        for (String name : List.of("josi-fn stream 0", "libiec61850-auth-ok stream 0")) {
            Samples.Conversation conversation = Samples.conversation(name);
            listenAtTheirSelector(conversation);
            for (Samples.Recorded recorded : conversation.tsdus()) {
                if (recorded.fromInitiator()) {
                    peer.connection.dataRequest(Samples.pdu(theirs.pool(), recorded.tsdu()));
                    run();
                } else {
                    play(recorded.tsdu());
                    assertThat(peer.received.remove(0)).isEqualTo(recorded.tsdu());
                }
            }
            entity.detach(new SessionAddress(Selector.of((byte) 0, (byte) 1), RecordNetwork.address("ours")));
        }
    }

    @Test
    void whatIsodeDislikesIsDislikedHere() {
        open();
        // An SPDU that nobody knows, in data transfer: ABORT with a protocol error, the same octets as ISODE's
        Samples.Conversation unknown = Samples.conversation("isode-rf-ab-misc stream 6");
        listenAtTheirSelector(unknown);
        peer.connection.dataRequest(
                Samples.pdu(theirs.pool(), unknown.tsdus().get(0).tsdu()));
        run();
        play(unknown.tsdus().get(1).tsdu());
        peer.received.clear();
        peer.connection.dataRequest(
                Samples.pdu(theirs.pool(), unknown.tsdus().get(2).tsdu()));
        run();
        assertThat(peer.received).containsExactly(unknown.tsdus().get(3).tsdu());
        peer.connection.disconnectRequest();
        run();
        assertThat(entity.sessions()).isEmpty();
        // A CONNECT whose length indicator is longer than it need be: rule R2 of the table says T-DISCONNECT
        Samples.Conversation longForm = Samples.conversation("isode-rf-ab-misc stream 5");
        peer.connection = network.of(theirs).connectRequest(null, RecordNetwork.address("ours"), false, peer);
        run();
        peer.connection.dataRequest(
                Samples.pdu(theirs.pool(), longForm.tsdus().get(0).tsdu()));
        run();
        assertThat(peer.disconnected).isTrue();
    }

    @Test
    void unknownSelectorsAreRefusedAsIsodeDoes() {
        open();
        Samples.Conversation refused = Samples.conversation("isode-rf-ab-misc stream 0");
        listenAtTheirSelector(refused);
        peer.connection.dataRequest(
                Samples.pdu(theirs.pool(), refused.tsdus().get(0).tsdu()));
        run();
        assertThat(peer.received.remove(0)).isEqualTo(refused.tsdus().get(1).tsdu());
        assertThat(SessionRefusal.ofCode(129)).isEqualTo(SessionRefusal.SELECTOR_UNKNOWN);
    }
}
