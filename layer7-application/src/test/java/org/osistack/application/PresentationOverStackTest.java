package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.PresentationUser;

/** The whole presentation service on the whole session protocol on TCP, between two hosts. */
class PresentationOverStackTest {
    private static final FunctionalUnits DUPLEX =
            FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.NEGOTIATED_RELEASE);
    private static final FunctionalUnits ACTIVITIES = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.EXPEDITED_DATA,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT,
            FunctionalUnit.CAPABILITY_DATA,
            FunctionalUnit.EXCEPTIONS,
            FunctionalUnit.TYPED_DATA);

    private final Simulation simulation = new Simulation(1);
    private final List<String> explained = new ArrayList<>();
    private final Trace trace = new Trace(simulation, event -> {
        if (event.pdu() != null && event.pdu().protocol().equals("X.226")) {
            explained.add(event.host() + " " + event.pdu().name());
        }
    });
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final NegotiatedPresentation caller = open(alice, 1);
    private final NegotiatedPresentation callee = open(bob, 2);
    private final User calling = new User();
    private final User called = new User();

    private NegotiatedPresentation open(Host host, int number) {
        StackSpec spec = new StackSpec()
                .set(1, "virtual:lab")
                .set(2, "ethernet")
                .set(3, "ipv4:10.0.0." + number + "/24")
                .set(4, "tcp")
                .add(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
        return Stack.open(host, spec, trace, () -> Dissector.NONE).service(NegotiatedPresentation.class);
    }

    @AfterEach
    void noPduLeaks() {
        called.connection.request(new PresentationPrimitive.UserAbort(List.of()));
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    @Test
    void altersContextsOverTypedDataThatIsNotTheUsers() {
        connect(PresentationRequirements.CONTEXT_MANAGEMENT, DUPLEX);
        assertThat(calling.connection.functionalUnits()).isEqualTo(DUPLEX);
        alice(new PresentationPrimitive.AlterContext(List.of(context(5)), List.of(3), List.of()));
        assertThat(called.last())
                .isEqualTo(new PresentationPrimitive.AlterContext(
                        List.of(context(5)),
                        List.of(ContextResult.accepted(ObjectIdentifier.BER)),
                        List.of(3),
                        List.of()));
        bob(new PresentationPrimitive.AlterContextAnswer());
        bob(new PresentationPrimitive.AlterContext(List.of(context(6)), List.of(), List.of(value(5))));
        alice(new PresentationPrimitive.AlterContextAnswer());
        alice(new PresentationPrimitive.Data(List.of(value(1), value(5), value(6))));
        assertThat(called.last()).isEqualTo(new PresentationPrimitive.Data(List.of(value(1), value(5), value(6))));
        assertThatThrownBy(() -> calling.connection.request(new PresentationPrimitive.Data(List.of(value(3)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(explained).contains("alice AC", "bob AC", "bob ACA", "alice ACA");
    }

    @Test
    void restoresContextsAtPointsAndInActivities() {
        connect(PresentationRequirements.CONTEXT_RESTORATION, ACTIVITIES);
        ActivityIdentifier work = new ActivityIdentifier(Octets.ofText("work"));
        step(alice(), new DialogueStep.ActivityStart(work), value(1));
        step(alice(), new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false), value(3));
        step(bob(), new DialogueStep.SyncMinorAnswer(1));
        alter(List.of(context(5)), List.of(3));
        step(alice(), new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false), value(5));
        expectContexts(1, 5);

        step(bob(), new DialogueStep.Resynchronize(ResynchronizeType.RESTART, 1, TokenSetting.INITIATOR), value(3));
        step(alice(), new DialogueStep.ResynchronizeAnswer(1, TokenSetting.INITIATOR));
        expectContexts(1, 3);
        alter(List.of(context(7)), List.of(1));
        step(alice(), new DialogueStep.SyncMajor(DialogueStep.NEXT));
        step(bob(), new DialogueStep.SyncMajorAnswer(), value(7));

        step(alice(), new DialogueStep.ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR));
        step(bob(), new DialogueStep.ActivityInterruptAnswer());
        expectContexts(1, 3);
        alice(new PresentationPrimitive.CapabilityData(List.of(value(3))));
        assertThat(called.last()).isEqualTo(new PresentationPrimitive.CapabilityData(List.of(value(3))));
        bob(new PresentationPrimitive.CapabilityDataAnswer(List.of(value(1))));
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.CapabilityDataAnswer(List.of(value(1))));

        PresentationPrimitive expedited = new PresentationPrimitive.ExpeditedData(List.of(value(0)));
        bob(expedited);
        assertThat(calling.last()).isEqualTo(expedited);

        step(alice(), new DialogueStep.ActivityResume(work, work, 1, null), value(7));
        expectContexts(3, 7);
        step(alice(), new DialogueStep.ActivityEnd(DialogueStep.NEXT));
        step(bob(), new DialogueStep.ActivityEndAnswer(), value(7));
        expectContexts(1, 3);
        assertThat(explained).contains("bob RS", "alice RSA", "alice TC", "bob TCC", "alice TE");
    }

    // ---- Helpers ----

    private void connect(PresentationRequirements requirements, FunctionalUnits units) {
        callee.attach(address(null, 0), (connection, connect) -> {
            called.connection = connection;
            return called;
        });
        calling.connection = caller.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        address("10.0.0.2", 0),
                        List.of(context(1), context(3)),
                        List.of(),
                        requirements,
                        ConnectionIdentifier.NONE,
                        units,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                calling);
        settle();
        bob(new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                null,
                List.of(),
                requirements,
                ConnectionIdentifier.NONE,
                units,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of()));
        PresentationPrimitive.ConnectAnswer confirm = (PresentationPrimitive.ConnectAnswer) calling.last();
        assertThat(confirm.presentationRequirements()).isEqualTo(requirements);
    }

    private PresentationAddress address(String host, int port) {
        return new PresentationAddress(
                Selector.EMPTY, Selector.EMPTY, Selector.EMPTY, port, host == null ? null : caller.parseAddress(host));
    }

    private User alice() {
        return calling;
    }

    private User bob() {
        return called;
    }

    /** A step, which has to arrive as it was, with its number if that was left to the provider. */
    private void step(User from, DialogueStep step, Pdv... values) {
        assertThat(from.connection.request(new PresentationPrimitive.Step(step, List.of(values))))
                .isTrue();
        settle();
        PresentationPrimitive.Step heard = (PresentationPrimitive.Step) (from == calling ? called : calling).last();
        assertThat(heard.step()).hasSameClassAs(step);
        assertThat(heard.userData()).containsExactly(values);
    }

    private void alter(List<PresentationContext> additions, List<Integer> deletions) {
        alice(new PresentationPrimitive.AlterContext(additions, deletions, List.of()));
        bob(new PresentationPrimitive.AlterContextAnswer());
    }

    private void expectContexts(Integer... ids) {
        List<Integer> expected = List.of(ids);
        for (User from : List.of(calling, called)) {
            for (int id = 1; id < 8; id += 2) {
                PresentationPrimitive.TypedData data = new PresentationPrimitive.TypedData(List.of(value(id)));
                if (expected.contains(id)) {
                    from.connection.request(data);
                    settle();
                    assertThat((from == calling ? called : calling).last()).isEqualTo(data);
                } else {
                    assertThatThrownBy(() -> from.connection.request(data))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    private void alice(PresentationPrimitive primitive) {
        assertThat(calling.connection.request(primitive)).isTrue();
        settle();
    }

    private void bob(PresentationPrimitive primitive) {
        assertThat(called.connection.request(primitive)).isTrue();
        settle();
    }

    private static PresentationContext context(int id) {
        return new PresentationContext(id, ObjectIdentifier.of("1.2." + id), List.of(ObjectIdentifier.BER));
    }

    private static Pdv value(int context) {
        return new Pdv(context, Octets.ofHex("0500"));
    }

    private void settle() {
        simulation.run(Duration.ofSeconds(1));
    }

    /** Remembers the last primitive, and answers nothing by itself. */
    private static final class User implements PresentationUser {
        private PresentationConnection connection;
        private PresentationPrimitive last;

        @Override
        public void dataIndication(int context, Pdu value) {
            last = new PresentationPrimitive.Data(List.of(new Pdv(context, Octets.of(value))));
            value.release();
        }

        @Override
        public void indication(PresentationPrimitive primitive) {
            last = primitive;
        }

        PresentationPrimitive last() {
            return last;
        }
    }
}
