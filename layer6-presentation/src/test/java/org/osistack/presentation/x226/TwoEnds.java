package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.FakeDialogue;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/** Two hosts with presentation entities over a session service without a protocol, and what tests do with them. */
abstract class TwoEnds {
    static final ObjectIdentifier MMS = ObjectIdentifier.of("1.0.9506.2.1");
    static final ObjectIdentifier PER = ObjectIdentifier.of("2.1.3.0.0");
    static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.TYPED_DATA);
    static final FunctionalUnits ALL =
            new FunctionalUnits(0xfff).without(FunctionalUnit.DUPLEX).without(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
    static final PresentationContext ACSE_CONTEXT =
            new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER));
    static final PresentationContext MMS_CONTEXT = new PresentationContext(3, MMS, List.of(PER, ObjectIdentifier.BER));

    final Simulation simulation = new Simulation(1);
    final Host alice = simulation.newHost("alice");
    final Host bob = simulation.newHost("bob");
    final FakeDialogue.Net net = new FakeDialogue.Net();
    final FakeDialogue aliceSession = new FakeDialogue(net, alice);
    final FakeDialogue bobSession = new FakeDialogue(net, bob);
    NegotiatedPresentation caller = open(alice, aliceSession, Map.of());
    NegotiatedPresentation callee = open(bob, bobSession, Map.of());
    final RecordingUser calling = new RecordingUser();
    final RecordingUser called = new RecordingUser();
    PresentationConnection connection;
    /** The functional units that both users ask for. */
    FunctionalUnits units = DUPLEX;

    PresentationRequirements requirements = PresentationRequirements.KERNEL;

    @AfterEach
    void noPduLeaks() {
        settle();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    void establish() {
        if (bobSession.attached() == 0) {
            callee.attach(address("mms"), called);
        }
        connect(List.of(ACSE_CONTEXT, MMS_CONTEXT));
        answer(null, List.of());
    }

    void connect(List<PresentationContext> contexts, Pdv... userData) {
        connection = caller.connectRequest(request(contexts, userData), calling);
        settle();
    }

    PresentationPrimitive.Connect request(List<PresentationContext> contexts, Pdv... userData) {
        return new PresentationPrimitive.Connect(
                null,
                new PresentationAddress(
                        Selector.ofText("mms"), Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                contexts,
                List.of(),
                requirements,
                ConnectionIdentifier.NONE,
                units,
                -1,
                TokenSetting.INITIATOR,
                List.of(userData));
    }

    void answer(PresentationRefusal refusal, List<ContextResult> results, Pdv... userData) {
        called.connection.request(new PresentationPrimitive.ConnectAnswer(
                refusal,
                "",
                null,
                results,
                requirements,
                ConnectionIdentifier.NONE,
                units,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of(userData)));
        settle();
    }

    /** Establish with these presentation functional units, and with all of session's. */
    void establish(PresentationRequirements with) {
        requirements = with;
        units = ALL;
        establish();
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).presentationRequirements())
                .isEqualTo(with);
    }

    /** Note the state changes of a host's machines. */
    static List<String> states(Host host) {
        List<String> states = new ArrayList<>();
        host.observe(new Observer() {
            @Override
            public boolean isWatching() {
                return true;
            }

            @Override
            public void stateChanged(Origin origin, String from, String to, String cause) {
                states.add(from + " " + to + " " + cause);
            }
        });
        return states;
    }

    /** A context for an abstract syntax without a name. */
    static PresentationContext context(int id) {
        return new PresentationContext(id, ObjectIdentifier.of("1.2." + id), List.of(ObjectIdentifier.BER));
    }

    static PresentationPrimitive.AlterContext alteration(
            List<PresentationContext> additions, List<Integer> deletions, Pdv... values) {
        return new PresentationPrimitive.AlterContext(additions, deletions, List.of(values));
    }

    /** Alice's user alters contexts, and bob's accepts. */
    void alter(List<PresentationContext> additions, List<Integer> deletions) {
        alice(alteration(additions, deletions));
        bob(new PresentationPrimitive.AlterContextAnswer());
    }

    /** Let data go both ways in exactly these contexts, of those that are ever used in a test. */
    void expectContexts(Integer... ids) {
        List<Integer> expected = List.of(ids);
        for (int id = 1; id < 10; id++) {
            expectContext(connection, called, id, expected.contains(id));
            expectContext(called.connection, calling, id, expected.contains(id));
        }
    }

    private void expectContext(PresentationConnection from, RecordingUser to, int id, boolean isDefined) {
        PresentationPrimitive.TypedData data = new PresentationPrimitive.TypedData(List.of(pdv(id, "05 00")));
        if (isDefined) {
            from.request(data);
            settle();
            assertThat(to.last()).isEqualTo(data);
        } else {
            assertThatThrownBy(() -> from.request(data)).hasMessage("there is no presentation context " + id);
        }
    }

    /** Alice's user requests, or answers. */
    void alice(PresentationPrimitive primitive) {
        assertThat(connection.request(primitive)).isTrue();
        settle();
    }

    /** Bob's user requests, or answers. */
    void bob(PresentationPrimitive primitive) {
        assertThat(called.connection.request(primitive)).isTrue();
        settle();
    }

    static PresentationPrimitive.Step step(DialogueStep step, Pdv... values) {
        return new PresentationPrimitive.Step(step, List.of(values));
    }

    /** The CPR with which bob answers these octets. */
    String refusalOf(String hex) {
        SessionAddress address = new SessionAddress(Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob"));
        aliceSession.connectRequest(
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        null,
                        address,
                        DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        Octets.ofHex(hex)),
                new IgnoringUser());
        settle();
        return net.last().replaceFirst(".* ", "");
    }

    /** A connection that alice wants, and whose S-CONNECT confirm carries these octets. */
    RecordingUser confirming(SessionRefusal refusal, String hex) {
        RecordingUser user = new RecordingUser();
        if (bobSession.attached() == 0) {
            callee.attach(address("mms"), called);
        }
        caller.connectRequest(request(List.of(ACSE_CONTEXT, MMS_CONTEXT)), user);
        settle();
        SessionPrimitive.Connect connect = new SessionPrimitive.Connect(
                ConnectionIdentifier.NONE,
                null,
                new SessionAddress(Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                DUPLEX,
                -1,
                TokenSetting.INITIATOR,
                Octets.EMPTY);
        net.ends.get(net.ends.size() - 2).hear(FakeDialogue.answer(refusal, connect, hex));
        settle();
        return user;
    }

    /** The ARP with which bob answers data in these octets. */
    String abortFor(String hex) {
        establish();
        net.ends.get(net.ends.size() - 1).hearData(hex);
        settle();
        assertThat(called.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
        assertThat(calling.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
        return net.last().replace("bob S-U-ABORT ", "");
    }

    void settle() {
        simulation.run(Duration.ofMillis(1));
    }

    static NegotiatedPresentation open(Host host, FakeDialogue below, Map<String, String> options) {
        return new X226Provider().open(host, below, new Options("x226", null, options));
    }

    static PresentationAddress address(String selector) {
        return new PresentationAddress(Selector.ofText(selector), Selector.EMPTY, Selector.EMPTY, 0, null);
    }

    static ContextResult accepted() {
        return ContextResult.accepted(ObjectIdentifier.BER);
    }

    static Pdv pdv(int context, String hex) {
        return new Pdv(context, Octets.ofHex(hex));
    }

    static Pdu value(Host host, String hex) {
        return host.pool().take().append(Octets.ofHex(hex).toByteArray());
    }

    static String hex(String spaced) {
        return Octets.ofHex(spaced).toString();
    }

    static final class IgnoringUser implements SessionUser {
        @Override
        public void dataIndication(Pdu ssdu) {
            ssdu.release();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            // What bob answers is in the log.
        }
    }
}
