package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** Associations over whole stacks: two hosts, one wire, all seven layers. */
class AssociationsOverStacksTest {
    private static final String ISO = "tcp tpkt x225 x226";
    private static final String INTERNET = "tcp none plain";
    private static final String MUX = "tcp mux x226";
    private static final ApplicationContext CHAT =
            new ApplicationContext("chat", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    /** A host with its stack and the associations on top. */
    private record Node(Host host, Stack stack, AssociationService associations) {
        static Node open(Simulation simulation, String name, int number, String upper, String medium, Trace trace) {
            Host host = simulation.newHost(name);
            StackSpec spec = new StackSpec()
                    .set(1, "virtual:lab" + medium)
                    .set(2, "ethernet")
                    .set(3, "ipv4:10.0.0." + number + "/24");
            for (String module : upper.split(" ")) {
                String bare = module.replaceFirst("%.*", "");
                spec.add(
                        switch (bare) {
                            case "tcp", "tpkt" -> 4;
                            case "x225", "mux", "none" -> 5;
                            default -> 6;
                        },
                        module.replace('%', ','));
            }
            Stack stack = Stack.open(host, spec, trace, () -> new ApplicationDissector(Dissector.NONE));
            return new Node(host, stack, Associations.over(host, stack.service(PresentationService.class)));
        }
    }

    /** Sends APDUs as the credit lets it, and then asks for the release. */
    private static final class Sender implements AssociationUser {
        private final Host host;
        private final ArrayDeque<Octets> queue;
        final List<String> heard = new ArrayList<>();
        private final boolean releases;
        private Association association;

        Sender(Host host, List<Octets> apdus, boolean releases) {
            this.host = host;
            this.queue = new ArrayDeque<>(apdus);
            this.releases = releases;
        }

        @Override
        public void associateConfirm(Association newAssociation) {
            association = newAssociation;
            readyIndication();
        }

        @Override
        public void readyIndication() {
            while (!queue.isEmpty()) {
                Pdu pdu = host.pool().take(queue.peek().length());
                queue.peek().appendTo(pdu);
                if (!association.dataRequest(pdu)) {
                    pdu.release();
                    return;
                }
                queue.poll();
            }
            if (releases) {
                association.releaseRequest();
            }
        }

        @Override
        public void dataIndication(Pdu apdu) {
            heard.add(apdu.toString());
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            heard.add("release");
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {
            heard.add(ending + " " + detail);
        }
    }

    @ParameterizedTest
    @CsvSource({
        ISO + ", ''",
        INTERNET + ", ''",
        "tcp tpkt x225 x226%profile=minimal, ''",
        "tcp tpkt x225 plain, ''",
        MUX + ", ''",
        "tcp tpkt mux x226, ''",
        "tcp mux%connections=3 x226, ''",
        "tcp mux plain, ''",
        ISO + ", ';loss=2%;delay=2ms'",
        MUX + ", ';loss=2%;delay=2ms'",
        INTERNET + ", ';loss=2%;delay=2ms'"
    })
    void carriesDataBothWaysAndReleases(String upper, String medium) {
        Simulation simulation = new Simulation(5);
        Node alice = Node.open(simulation, "alice", 1, upper, medium.replace(';', ','), null);
        Node bob = Node.open(simulation, "bob", 2, upper, medium.replace(';', ','), null);
        List<Octets> there = apdus(1);
        List<Octets> back = apdus(2);
        List<Sender> servers = new ArrayList<>();
        bob.associations().attach(CHAT, DUPLEX, association -> {
            Sender server = new Sender(bob.host(), back, false);
            servers.add(server);
            bob.host().loop().defer(() -> {
                association.accept();
                server.associateConfirm(association);
            });
            return server;
        });
        Sender client = new Sender(alice.host(), there, true);
        alice.associations()
                .associateRequest(
                        new AssociationRequest(
                                CHAT, alice.associations().parseAddress("10.0.0.2"), DUPLEX, TokenSetting.INITIATOR),
                        client);
        simulation.run(Duration.ofMinutes(2));

        List<String> expected =
                new ArrayList<>(there.stream().map(Octets::toString).toList());
        expected.addAll(List.of("release", "RELEASED "));
        assertThat(servers).hasSize(1);
        assertThat(servers.get(0).heard).isEqualTo(expected);
        assertThat(client.heard).endsWith("RELEASED ");
        assertThat(client.heard.subList(0, client.heard.size() - 1))
                .isEqualTo(back.stream().map(Octets::toString).toList());
        close(alice, bob, simulation);
    }

    private static List<Octets> apdus(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Octets> apdus = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] contents = new byte[random.nextInt(1 << random.nextInt(16))];
            random.nextBytes(contents);
            apdus.add(new BerWriter()
                    .octetString(Tag.OCTET_STRING, Octets.of(contents))
                    .toOctets());
        }
        return apdus;
    }

    @ParameterizedTest
    @ValueSource(strings = {ISO, MUX})
    void passesTheDataTokenAndTypedData(String upper) {
        Simulation simulation = new Simulation(6);
        Node alice = Node.open(simulation, "alice", 1, upper, "", null);
        Node bob = Node.open(simulation, "bob", 2, upper, "", null);
        FunctionalUnits units = FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA);
        RecordingAssociationUser calling = new RecordingAssociationUser();
        RecordingAssociationUser called = new RecordingAssociationUser();
        bob.associations().attach(CHAT, units, called);
        Association association = alice.associations()
                .associateRequest(
                        new AssociationRequest(
                                CHAT, alice.associations().parseAddress("10.0.0.2"), units, TokenSetting.INITIATOR),
                        calling);
        settle(simulation);
        called.association.accept();
        settle(simulation);
        assertThat(association.ownTokens()).isEqualTo(Tokens.of(Token.DATA));

        association.dataRequest(alice.host().pool().take().append(new byte[] {5, 0}));
        called.association.typedDataRequest(Octets.ofHex("0500"));
        called.association.stepRequest(new DialogueStep.TokenPlease(Tokens.of(Token.DATA)));
        settle(simulation);
        association.stepRequest(new DialogueStep.TokenGive(Tokens.of(Token.DATA)));
        settle(simulation);
        called.association.dataRequest(bob.host().pool().take().append(new byte[] {5, 0}));
        settle(simulation);

        assertThat(called.news())
                .containsExactly("associate?", "data 0500", "TOKEN-GIVE [tokens, " + Tokens.of(Token.DATA) + "]");
        assertThat(calling.news())
                .containsExactly(
                        "associated",
                        "typed data 0500",
                        "TOKEN-PLEASE [tokens, " + Tokens.of(Token.DATA) + "]",
                        "data 0500");
        called.association.releaseRequest();
        settle(simulation);
        association.releaseResponse(true);
        settle(simulation);
        assertThat(called.news()).containsExactly("ended RELEASED");
        close(alice, bob, simulation);
    }

    @ParameterizedTest
    @ValueSource(strings = {ISO, MUX, INTERNET})
    void tellsOfRefusalsAndAborts(String upper) {
        Simulation simulation = new Simulation(7);
        Node alice = Node.open(simulation, "alice", 1, upper, "", null);
        Node bob = Node.open(simulation, "bob", 2, upper, "", null);
        AssociationRequest request = new AssociationRequest(
                CHAT, alice.associations().parseAddress("10.0.0.2"), DUPLEX, TokenSetting.INITIATOR);
        RecordingAssociationUser calling = new RecordingAssociationUser();
        RecordingAssociationUser called = new RecordingAssociationUser();
        alice.associations().associateRequest(request, calling);
        settle(simulation);
        assertThat(calling.news()).singleElement().asString().startsWith("ended REFUSED: ");

        bob.associations().attach(CHAT, DUPLEX, called);
        Association association = alice.associations().associateRequest(request, calling);
        settle(simulation);
        called.association.accept();
        settle(simulation);
        association.abortRequest();
        settle(simulation);
        assertThat(called.news()).hasSize(2).last().asString().startsWith("ended ");
        close(alice, bob, simulation);
    }

    @Test
    void theTraceNamesThePdusOfTheUpperLayers() {
        Simulation simulation = new Simulation(8);
        Set<String> names = new LinkedHashSet<>();
        Trace trace = new Trace(simulation, event -> {
            Dissection pdu = event.pdu();
            if (pdu != null && event.layer() >= 5 && !pdu.name().isEmpty()) {
                names.add(pdu.protocol() + " " + pdu.name());
            }
        });
        Node alice = Node.open(simulation, "alice", 1, ISO, "", trace);
        Node bob = Node.open(simulation, "bob", 2, ISO, "", trace);
        FunctionalUnits units = DUPLEX.with(FunctionalUnit.TYPED_DATA);
        RecordingAssociationUser calling = new RecordingAssociationUser();
        RecordingAssociationUser called = new RecordingAssociationUser();
        bob.associations().attach(CHAT, units, called);
        Association association = alice.associations()
                .associateRequest(
                        new AssociationRequest(
                                CHAT, alice.associations().parseAddress("10.0.0.2"), units, TokenSetting.INITIATOR),
                        calling);
        settle(simulation);
        called.association.accept();
        settle(simulation);
        association.dataRequest(alice.host().pool().take().append(new byte[] {5, 0}));
        association.typedDataRequest(Octets.ofHex("0500"));
        association.releaseRequest();
        settle(simulation);
        called.association.releaseResponse(true);
        settle(simulation);

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "ACSE AARQ",
                        "ACSE AARE",
                        "ACSE RLRQ",
                        "ACSE RLRE",
                        "X.226 CP",
                        "X.226 CPA",
                        "X.226 TD",
                        "X.226 TTD",
                        "X.226 user data");
        close(alice, bob, simulation);
    }

    private static void settle(Simulation simulation) {
        simulation.run(Duration.ofSeconds(2));
    }

    private static void close(Node alice, Node bob, Simulation simulation) {
        alice.stack().close();
        bob.stack().close();
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.host().pool().outstanding()).isZero();
        assertThat(bob.host().pool().outstanding()).isZero();
    }
}
