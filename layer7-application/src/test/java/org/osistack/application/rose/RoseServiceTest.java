package org.osistack.application.rose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.AssociationRequest;
import org.osistack.application.FakeDialogueAssociations;
import org.osistack.application.rose.Operation.OperationClass;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;

/** The services of X.219, over both carriers. */
class RoseServiceTest {
    private static final ApplicationContext CONTEXT =
            new ApplicationContext("lab", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final Octets HI = Octets.ofHex("04026869");
    private static final Octets YES = Octets.ofHex("0c03796573");
    private static final Operation ADD =
            Operation.of(1, OperationClass.ASYNCHRONOUS).withErrors(Code.of(7));
    private static final Operation ASK = Operation.of(2, OperationClass.SYNCHRONOUS);
    private static final Operation WARN = Operation.of(3, OperationClass.ERRORS_ONLY);
    private static final Operation TRY = Operation.of(4, OperationClass.RESULTS_ONLY);
    private static final Operation TELL = Operation.of(5, OperationClass.UNANSWERED);
    private static final Operation PARENT =
            Operation.of(6, OperationClass.ASYNCHRONOUS).withChildren(Code.of(1));

    /** What carries the APDUs. */
    enum CarrierKind {
        DATA,
        TRANSFER
    }

    /** Two hosts, alice who binds and bob who accepts. */
    private static final class Lab {
        final Simulation simulation = new Simulation(1);
        final Host alice = simulation.newHost("alice");
        final Host bob = simulation.newHost("bob");
        final FakeDialogueAssociations net = new FakeDialogueAssociations(alice, bob, 1);
        final RoseService calling;
        final RoseService called;
        final User caller = new User();
        final User callee = new User();

        Lab(CarrierKind kind) {
            calling = service(kind, alice, 0);
            called = service(kind, bob, 1);
        }

        private RoseService service(CarrierKind kind, Host host, int side) {
            if (kind == CarrierKind.DATA) {
                return RoseService.over(host, net.service(side));
            }
            RtseSettings settings =
                    new RtseSettings(1, 3, 60_000_000_000L, 100_000_000, 2_000_000_000, 30, 30_000_000_000L);
            return RoseService.over(
                    host,
                    new RtseService(
                            host,
                            net.service(side),
                            new MemoryTransferLog(),
                            settings,
                            () -> Instant.ofEpochSecond(1_780_000_000L, simulation.now())));
        }

        Lab bind(AssociationClass associationClass) {
            return bind(RoseSettings.of(associationClass));
        }

        Lab bind(RoseSettings settings) {
            called.attach(CONTEXT, settings, (connection, argument) -> {
                callee.connection = connection;
                callee.heard.add("bind " + argument);
                if (callee.accepts) {
                    connection.bindResponse(YES);
                }
                return callee;
            });
            caller.connection = calling.bindRequest(
                    new AssociationRequest(CONTEXT, null, FunctionalUnits.KERNEL, TokenSetting.INITIATOR),
                    settings,
                    HI,
                    caller);
            settle();
            return this;
        }

        void settle() {
            simulation.run(Duration.ofMillis(100));
        }

        void check() {
            simulation.run(Duration.ofMinutes(10));
            assertThat(alice.pool().outstanding() + bob.pool().outstanding()).isZero();
        }
    }

    private static final class User implements RoseUser {
        RoseConnection connection;
        boolean accepts = true;
        final List<String> heard = new ArrayList<>();
        final Map<Code, Operation> operations = new HashMap<>();
        Runnable onInvoke = () -> {};

        User() {
            for (Operation operation : List.of(ADD, ASK, WARN, TRY, TELL, PARENT)) {
                operations.put(operation.code(), operation);
            }
        }

        @Override
        public void bindConfirm(RoseConnection newConnection, Octets result) {
            heard.add("bound " + result);
        }

        @Override
        public void bindRefused(String reason, Octets error) {
            heard.add("refused " + reason + " " + error);
        }

        @Override
        public Operation operation(Code code) {
            return operations.get(code);
        }

        @Override
        public boolean isError(Code code) {
            return code.local() < 100;
        }

        @Override
        public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
            heard.add("invoke " + invokeId + " " + (linkedId == null ? "" : "of " + linkedId + " ") + operation.code()
                    + " " + argument);
            onInvoke.run();
        }

        @Override
        public void resultIndication(long invokeId, Operation operation, Octets result) {
            heard.add("result " + invokeId + " " + result);
        }

        @Override
        public void errorIndication(long invokeId, Operation operation, Code error, Octets parameter) {
            heard.add("error " + invokeId + " " + error + " " + parameter);
        }

        @Override
        public void rejectIndication(long invokeId, Problem problem) {
            heard.add("reject " + invokeId + " " + problem);
        }

        @Override
        public void providerRejectIndication(Long invokeId, Problem problem, Octets apdu) {
            heard.add("provider reject " + invokeId + " " + problem + " " + apdu);
        }

        @Override
        public void unbindIndication(Octets argument) {
            heard.add("unbind " + argument);
            connection.unbindResponse(YES);
        }

        @Override
        public void ended(boolean orderly, String detail, Octets unbindResult) {
            heard.add((orderly ? "ended " : "lost ") + detail + unbindResult);
        }

        List<String> news() {
            List<String> news = List.copyOf(heard);
            heard.clear();
            return news;
        }
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void bindsAndUnbindsWithValues(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.INITIATOR_INVOKES);
        assertThat(lab.callee.news()).containsExactly("bind 04026869");
        assertThat(lab.caller.news()).containsExactly("bound 0c03796573");
        lab.caller.connection.unbindRequest(HI);
        lab.settle();

        assertThat(lab.callee.news()).containsExactly("unbind 04026869", "ended ");
        assertThat(lab.caller.news()).containsExactly("ended 0c03796573");
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aBindIsRefusedWithAnError(CarrierKind kind) {
        Lab lab = new Lab(kind);
        lab.callee.accepts = false;
        lab.bind(AssociationClass.INITIATOR_INVOKES);
        lab.callee.connection.bindRefusal("closed", YES);
        lab.settle();

        assertThat(lab.caller.news()).containsExactly("refused closed 0c03796573");
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void invocationsAreAnsweredInAnyOrder(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.INITIATOR_INVOKES);
        lab.callee.news();
        lab.caller.news();
        lab.caller.connection.invoke(ADD, HI);
        lab.caller.connection.invoke(ADD, Octets.EMPTY);
        lab.caller.connection.invoke(ADD, YES);
        lab.settle();
        assertThat(lab.callee.news()).containsExactly("invoke 1 1 04026869", "invoke 2 1 ", "invoke 3 1 0c03796573");
        lab.callee.connection.result(3, YES);
        lab.callee.connection.error(1, Code.of(7), HI);
        lab.callee.connection.result(2, Octets.EMPTY);
        lab.settle();

        assertThat(lab.caller.news()).containsExactly("result 3 0c03796573", "error 1 7 04026869", "result 2 ");
        assertThat(lab.caller.connection.invoked()).isZero();
        assertThat(lab.callee.connection.performed()).isZero();
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aSynchronousInvocationIsWaitedFor(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.INITIATOR_INVOKES);
        lab.callee.onInvoke = () -> lab.callee.connection.result(1, YES);
        lab.caller.connection.invoke(ASK, HI);
        assertThatThrownBy(() -> lab.caller.connection.invoke(ASK, HI)).hasMessageContaining("synchronous");
        assertThatThrownBy(() -> lab.caller.connection.unbindRequest(HI)).hasMessageContaining("not answered");
        lab.settle();

        assertThat(lab.caller.news()).endsWith("result 1 0c03796573");
        lab.caller.connection.unbindRequest(Octets.EMPTY);
        lab.settle();
        assertThat(lab.caller.news()).endsWith("ended 0c03796573");
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void classesThreeToFiveAreAnsweredHalfOrNotAtAll(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.INITIATOR_INVOKES);
        lab.caller.news();
        lab.caller.connection.invoke(WARN, HI);
        lab.caller.connection.invoke(TRY, HI);
        lab.caller.connection.invoke(TELL, HI);
        lab.settle();
        RoseConnection performer = lab.callee.connection;
        assertThatThrownBy(() -> performer.result(1, YES)).hasMessageContaining("no result");
        assertThatThrownBy(() -> performer.error(2, Code.of(1), YES)).hasMessageContaining("no errors");
        assertThatThrownBy(() -> performer.result(3, YES)).hasMessageContaining("no result");
        assertThatThrownBy(() -> performer.error(1234, Code.of(1), YES)).hasMessageContaining("no such");
        performer.error(1, Code.of(1), YES);
        performer.result(2, YES);
        performer.done(3);
        lab.settle();

        assertThat(lab.caller.news()).containsExactly("error 1 1 0c03796573", "result 2 0c03796573");
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void bothInvokeAtTheSameTime(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.BOTH_INVOKE);
        for (User user : List.of(lab.caller, lab.callee)) {
            long[] next = {1};
            user.onInvoke = () -> user.connection.result(next[0]++, YES);
            user.news();
        }
        for (int i = 0; i < 20; i++) {
            lab.caller.connection.invoke(ADD, HI);
            lab.callee.connection.invoke(ADD, HI);
        }
        lab.simulation.run(Duration.ofSeconds(10));

        assertThat(lab.caller.heard)
                .filteredOn(line -> line.startsWith("result"))
                .hasSize(20);
        assertThat(lab.callee.heard)
                .filteredOn(line -> line.startsWith("result"))
                .hasSize(20);
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aPerformerInvokesChildrenBeforeItAnswers(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(AssociationClass.BOTH_INVOKE);
        long parent = lab.caller.connection.invoke(PARENT, HI);
        lab.settle();
        lab.callee.connection.invokeLinked(parent, ADD, YES);
        lab.settle();
        assertThat(lab.caller.news()).endsWith("invoke 1 of 1 1 0c03796573");
        lab.caller.connection.result(1, YES);
        lab.settle();
        lab.callee.connection.result(parent, YES);
        lab.settle();

        assertThat(lab.callee.news()).endsWith("result 1 0c03796573");
        assertThat(lab.caller.news()).endsWith("result 1 0c03796573");
        assertThatThrownBy(() -> lab.callee.connection.invokeLinked(parent, ADD, YES))
                .hasMessageContaining("being performed");
        lab.check();
    }

    @Test
    void onlyTheSidesOfTheAssociationClassInvoke() {
        Lab one = new Lab(CarrierKind.DATA).bind(AssociationClass.INITIATOR_INVOKES);
        assertThatThrownBy(() -> one.callee.connection.invoke(ADD, HI)).hasMessageContaining("only the other side");
        Lab two = new Lab(CarrierKind.DATA).bind(AssociationClass.RESPONDER_INVOKES);
        assertThatThrownBy(() -> two.caller.connection.invoke(ADD, HI)).hasMessageContaining("only the other side");
        two.callee.connection.invoke(ADD, HI);
        two.settle();
        assertThat(two.caller.news()).endsWith("invoke 1 1 04026869");
    }

    // ---- rejects ----

    @Test
    void invocationsThatDoNotFitAreRejected() {
        Lab lab = new Lab(CarrierKind.DATA).bind(AssociationClass.BOTH_INVOKE);
        lab.callee.operations.remove(Code.of(2));
        lab.caller.news();
        lab.caller.connection.invoke(ASK, HI);
        lab.settle();
        assertThat(lab.caller.news()).containsExactly("reject 1 UNRECOGNIZED_OPERATION");
        lab.caller.connection.invoke(ADD, HI);
        lab.settle();
        forge(lab, new RoseApdu.Roiv(2, null, Code.of(1), HI), Problem.DUPLICATE_INVOCATION);
        forge(lab, new RoseApdu.Roiv(9, 1L, Code.of(1), HI), Problem.UNRECOGNIZED_LINKED_ID);
        long mistyped = lab.caller.connection.invoke(ADD, HI);
        lab.settle();
        lab.callee.connection.reject(mistyped, Problem.MISTYPED_ARGUMENT);
        lab.settle();
        assertThat(lab.caller.news()).endsWith("reject " + mistyped + " MISTYPED_ARGUMENT");
        long parent = lab.callee.connection.invoke(PARENT, HI);
        long single = lab.callee.connection.invoke(ADD, HI);
        lab.settle();
        forge(lab, new RoseApdu.Roiv(10, parent, Code.of(3), HI), Problem.UNEXPECTED_CHILD_OPERATION);
        forge(lab, new RoseApdu.Roiv(11, single, Code.of(1), HI), Problem.LINKED_RESPONSE_UNEXPECTED);
        lab.check();
    }

    @Test
    void answersThatDoNotFitAreRejected() {
        Lab lab = new Lab(CarrierKind.DATA).bind(AssociationClass.BOTH_INVOKE);
        forge(lab, new RoseApdu.Rors(50, null, Octets.EMPTY), Problem.RESULT_FOR_UNRECOGNIZED_INVOCATION);
        forge(lab, new RoseApdu.Roer(50, Code.of(1), Octets.EMPTY), Problem.ERROR_FOR_UNRECOGNIZED_INVOCATION);
        answer(lab, WARN, id -> new RoseApdu.Rors(id, null, Octets.EMPTY), Problem.RESULT_RESPONSE_UNEXPECTED);
        answer(lab, TRY, id -> new RoseApdu.Roer(id, Code.of(1), Octets.EMPTY), Problem.ERROR_RESPONSE_UNEXPECTED);
        answer(lab, ADD, id -> new RoseApdu.Roer(id, Code.of(100), Octets.EMPTY), Problem.UNRECOGNIZED_ERROR);
        answer(lab, ADD, id -> new RoseApdu.Roer(id, Code.of(8), Octets.EMPTY), Problem.UNEXPECTED_ERROR);
        answer(lab, ADD, id -> new RoseApdu.Rors(id, Code.of(8), HI), Problem.MISTYPED_RESULT);
        lab.check();
    }

    private interface Answer {
        RoseApdu to(long invokeId);
    }

    private static void answer(Lab lab, Operation operation, Answer answer, Problem problem) {
        long invokeId = lab.callee.connection.invoke(operation, HI);
        lab.settle();
        lab.callee.news();
        forge(lab, answer.to(invokeId), problem);
        assertThat(lab.callee.news()).containsExactly("reject " + invokeId + " " + problem);
    }

    /** Let alice send this, and expect bob's RORJ. */
    private static void forge(Lab lab, RoseApdu apdu, Problem problem) {
        List<RoseApdu> sent = new ArrayList<>();
        lab.net.mutation = octets -> {
            if ((octets[0] & 0xff) == RoseApdu.RORJ) {
                sent.add(RoseApdu.parse(Octets.of(octets)).apdu());
            }
            return octets;
        };
        lab.net.forged[0] = apdu.emit();
        lab.caller.connection.reject(999, Problem.MISTYPED_RESULT);
        lab.settle();
        long invokeId = apdu instanceof RoseApdu.Roiv roiv
                ? roiv.invokeId()
                : apdu instanceof RoseApdu.Rors rors ? rors.invokeId() : ((RoseApdu.Roer) apdu).invokeId();
        assertThat(sent).containsExactly(new RoseApdu.Rorj(invokeId, problem));
    }

    @Test
    void theLimitOfOpenInvocationsIsKeptOnBothSides() {
        RoseSettings few = new RoseSettings(AssociationClass.BOTH_INVOKE, 4, 2, 8, 1000, 1);
        Lab lab = new Lab(CarrierKind.DATA).bind(few);
        lab.caller.news();
        for (int i = 0; i < 4; i++) {
            lab.caller.connection.invoke(ADD, HI);
        }
        assertThatThrownBy(() -> lab.caller.connection.invoke(ADD, HI)).hasMessageContaining("too many");
        lab.settle();

        assertThat(lab.caller.news()).containsExactly("reject 3 RESOURCE_LIMITATION", "reject 4 RESOURCE_LIMITATION");
        lab.check();
    }

    @Test
    void anUnansweredInvocationGivesWayToOthers() {
        RoseSettings few = new RoseSettings(AssociationClass.BOTH_INVOKE, 2, 2, 8, 1000, 1);
        Lab lab = new Lab(CarrierKind.DATA).bind(few);
        for (int i = 0; i < 10; i++) {
            lab.caller.connection.invoke(i % 2 == 0 ? WARN : TELL, HI);
            lab.settle();
        }

        assertThat(lab.callee.heard).hasSize(11);
        assertThat(lab.caller.connection.invoked()).isLessThanOrEqualTo(2);
        assertThat(lab.callee.connection.performed()).isLessThanOrEqualTo(2);
        lab.check();
    }

    @Test
    void openInvocationsOfThePeerAreRejectedBeforeTheRelease() {
        Lab lab = new Lab(CarrierKind.DATA).bind(AssociationClass.RESPONDER_INVOKES);
        lab.callee.connection.invoke(ADD, HI);
        lab.settle();
        lab.caller.connection.unbindRequest(Octets.EMPTY);
        lab.settle();

        assertThat(lab.callee.heard).containsSubsequence("reject 1 INITIATOR_RELEASING", "unbind ", "ended ");
        lab.check();
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void whatCannotBeReadIsRejectedUntilItIsTooMuch(CarrierKind kind) {
        Lab lab = new Lab(kind).bind(new RoseSettings(AssociationClass.BOTH_INVOKE, 9, 9, 2, 1000, 1));
        lab.caller.news();
        lab.callee.news();
        lab.net.mutation = octets -> {
            String hex = Octets.of(octets).toString();
            return hex.contains("a106")
                    ? Octets.ofHex(hex.replace("a106", "a506")).toByteArray()
                    : octets;
        };
        for (int i = 0; i < 3; i++) {
            lab.caller.connection.invoke(ADD, Octets.EMPTY);
            lab.simulation.run(Duration.ofSeconds(1));
        }

        assertThat(lab.caller.news())
                .startsWith("provider reject null UNRECOGNIZED_APDU ", "provider reject null UNRECOGNIZED_APDU ")
                .last()
                .asString()
                .startsWith("lost ");
        assertThat(lab.callee.news()).containsExactly("lost protocol error: unrecognized APDU");
        lab.check();
    }

    // ---- ends ----

    @Test
    void withoutRecoveryALossTellsOfEverything() {
        Lab lab = new Lab(CarrierKind.DATA).bind(AssociationClass.INITIATOR_INVOKES);
        lab.caller.news();
        lab.net.putOffOneIn = 1;
        lab.caller.connection.invoke(ADD, HI);
        lab.net.cut();
        lab.settle();

        assertThat(lab.caller.news()).containsExactly("provider reject 1 null a10a020101020101" + HI, "lost cut");
        assertThat(lab.caller.connection.invoke(ADD, HI)).as("ignored").isEqualTo(2);
        lab.check();
    }

    @Test
    void byReliableTransferOperationsSurviveEveryCut() {
        Lab whole = new Lab(CarrierKind.TRANSFER);
        int deliveries = operate(whole);
        assertThat(deliveries).isGreaterThan(60);
        for (int cut = 2; cut < deliveries; cut++) {
            Lab lab = new Lab(CarrierKind.TRANSFER);
            lab.net.cutAfter = cut;
            operate(lab);
        }
    }

    /** Ten invocations that add up, with children now and then. */
    private static int operate(Lab lab) {
        lab.bind(AssociationClass.BOTH_INVOKE);
        lab.caller.news();
        long[] sum = {0};
        lab.callee.onInvoke = () -> {
            sum[0]++;
            lab.callee.connection.result(sum[0], Octets.ofHex("0201%02x".formatted(sum[0])));
        };
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            lab.caller.connection.invoke(ADD, HI);
            expected.add("result " + i + " 0201%02x".formatted(i));
            if (i % 3 == 0) {
                lab.simulation.run(Duration.ofSeconds(3));
            }
        }
        lab.simulation.run(Duration.ofSeconds(30));
        String story = String.join("\n", lab.net.log);
        assertThat(sum[0]).as(story).isEqualTo(10);
        assertThat(lab.caller.news()).as(story).containsExactlyElementsOf(expected);
        lab.check();
        return lab.net.deliveries;
    }
}
