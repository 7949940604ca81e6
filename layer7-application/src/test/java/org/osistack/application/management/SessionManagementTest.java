package org.osistack.application.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.application.facade.OpenSession;
import org.osistack.application.facade.SessionRegister;
import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseUser;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionManagement;
import org.osistack.presentation.PresentationService;

/** An operator and a server over all seven layers, in virtual time; the server's register is the test's. */
class SessionManagementTest {
    private static final Authenticator ANYBODY = (claim, then) -> then.accept(new Admission() {
        @Override
        public String user() {
            return "alice";
        }

        @Override
        public AuthenticationValue response() {
            return null;
        }
    });

    private final Simulation simulation = new Simulation(5);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final Stack aliceStack = open(alice, 1);
    private final Stack bobStack = open(bob, 2);
    private final AssociationService calling = associations(alice, aliceStack);
    private final AssociationService called = associations(bob, bobStack);
    private final Register register = new Register();
    private final List<String> heard = new ArrayList<>();
    private List<OpenSession> listed;

    private final ManagementClient.Listener listener = new ManagementClient.Listener() {
        @Override
        public void done(String server, List<OpenSession> sessions) {
            heard.add("done " + server);
            listed = sessions;
        }

        @Override
        public void failed(String why) {
            heard.add(why);
        }
    };

    /** Sessions that are made up. */
    private static final class Register implements SessionRegister {
        final List<OpenSession> sessions = new ArrayList<>();
        final List<String> ended = new ArrayList<>();
        Consumer<String> outcome;

        @Override
        public List<OpenSession> list() {
            return sessions;
        }

        @Override
        public void end(int number, boolean isAbrupt, Duration limit, Consumer<String> newOutcome) {
            ended.add(number + (isAbrupt ? " abruptly" : " within " + limit.toSeconds() + " s"));
            outcome = newOutcome;
        }
    }

    private static Stack open(Host host, int number) {
        StackSpec spec =
                StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0." + number + "/24", "tcp", "x225", "x226");
        spec.add(4, "tpkt");
        return Stack.open(host, spec, null, () -> new ApplicationDissector(new ManagementDissector()));
    }

    private static AssociationService associations(Host host, Stack stack) {
        return Associations.over(host, stack.service(PresentationService.class));
    }

    @AfterEach
    void leavesNothingBehind() {
        for (Stack stack : List.of(aliceStack, bobStack)) {
            assertThat(stack.management(SessionManagement.class).orElseThrow().sessions())
                    .isEmpty();
            stack.close();
        }
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private void offer(Authenticator operators) {
        SessionManager.offer(bob, called, operators, "bob", register);
    }

    private ManagementClient.Server server() {
        return new ManagementClient.Server(alice, calling, calling.parseAddress("10.0.0.2"), null);
    }

    private void run(int seconds) {
        simulation.run(Duration.ofSeconds(seconds));
    }

    @Test
    void listsAllSessionsPageByPage() {
        register.sessions.addAll(ManagementValuesTest.sessions(450));
        offer(ANYBODY);
        ManagementClient.list(server(), listener);
        run(5);
        assertThat(heard).containsExactly("done bob");
        assertThat(listed).isEqualTo(register.sessions);
    }

    @Test
    void listsNothingIfThereIsNothing() {
        offer(ANYBODY);
        ManagementClient.list(server(), listener);
        run(5);
        assertThat(heard).containsExactly("done bob");
        assertThat(listed).isEmpty();
    }

    @Test
    void endsASessionAndWaitsForIt() {
        offer(ANYBODY);
        ManagementClient.end(server(), 7, false, listener);
        run(9);
        assertThat(register.ended).containsExactly("7 within 10 s");
        assertThat(heard).isEmpty();
        register.outcome.accept("");
        run(2);
        assertThat(heard).containsExactly("done ");
    }

    @Test
    void saysWhyASessionHasNotEnded() {
        offer(ANYBODY);
        ManagementClient.end(server(), 7, true, listener);
        run(1);
        assertThat(register.ended).containsExactly("7 abruptly");
        register.outcome.accept("there is no session 7");
        run(2);
        assertThat(heard).containsExactly("there is no session 7");
    }

    @Test
    void doesNotEndTheSessionThatAsksForIt() {
        offer(ANYBODY);
        ManagementClient.end(server(), 1, true, listener);
        run(2);
        assertThat(register.ended).isEmpty();
        assertThat(heard).containsExactly("session 1 is the one that asks for it");
    }

    @Test
    void tellsWhyNobodyMayDoIt() {
        offer(SessionManager.NOBODY);
        ManagementClient.list(server(), listener);
        run(2);
        assertThat(heard)
                .containsExactly("this server has no operators: it was started without --users and --operators");
    }

    @Test
    void refusesMoreAssociationsThanItCanHave() {
        offer(ANYBODY);
        for (int i = 0; i <= SessionManager.MAX_ASSOCIATIONS; i++) {
            ManagementClient.end(server(), 1000 + i, false, listener);
        }
        run(2);
        assertThat(register.ended).hasSize(SessionManager.MAX_ASSOCIATIONS);
        assertThat(heard).containsExactly("too many operators at a time");
        run(40);
        assertThat(heard).hasSize(SessionManager.MAX_ASSOCIATIONS + 1).contains("the server does not answer");
        ManagementClient.list(server(), listener);
        run(2);
        assertThat(heard).endsWith("done bob");
    }

    /** A peer that does not keep to anything: the server answers, ends the association, and goes on serving others. */
    @Test
    void survivesAnyApdus() {
        register.sessions.addAll(ManagementValuesTest.sessions(3));
        offer(ANYBODY);
        List<Octets> valid = List.of(
                Octets.ofHex("a1 0e 02 01 01 02 01 01 30 06 02 01 00 02 01 05"),
                Octets.ofHex("a1 0e 02 01 01 02 01 02 30 06 02 01 05 01 01 ff"),
                Octets.ofHex("a2 03 02 01 01"),
                Octets.ofHex("a4 06 02 01 01 81 01 02"));
        SplittableRandom random = new SplittableRandom(23);
        RecordingAssociationUser hostile = new RecordingAssociationUser();
        for (int i = 0; i < 100; i++) {
            Association association = calling.associateRequest(
                    new AssociationRequest(
                            ManagementApplication.CONTEXT,
                            calling.parseAddress("10.0.0.2"),
                            FunctionalUnits.of(FunctionalUnit.DUPLEX),
                            TokenSetting.INITIATOR),
                    hostile);
            run(1);
            for (int j = 0; j < 20; j++) {
                byte[] octets = valid.get(random.nextInt(valid.size())).toByteArray();
                octets[4] = (byte) j;
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
                Pdu pdu = alice.pool().take();
                pdu.append(octets, 0, octets.length);
                if (!association.dataRequest(pdu)) {
                    pdu.release();
                }
            }
            run(1);
            association.abortRequest();
        }
        run(1);
        ManagementClient.list(server(), listener);
        run(2);
        assertThat(heard).containsExactly("done bob");
        assertThat(listed).hasSize(3);
        assertThat(register.ended).isNotEmpty();
    }

    /** A server that answers with whatever it likes. */
    private void serveHostile(Answers answers) {
        RoseService.over(bob, called)
                .attach(
                        ManagementApplication.CONTEXT,
                        ANYBODY,
                        ManagementApplication.settings(),
                        (connection, argument) -> {
                            connection.bindResponse(Octets.EMPTY);
                            return new RoseUser() {
                                @Override
                                public Operation operation(Code code) {
                                    return ManagementOperation.of(code).operation();
                                }

                                @Override
                                public void invokeIndication(
                                        long invokeId, Long linkedId, Operation operation, Octets value) {
                                    answers.answer(connection, invokeId, value);
                                }

                                @Override
                                public void unbindIndication(Octets value) {
                                    connection.unbindResponse(Octets.EMPTY);
                                }

                                @Override
                                public void ended(boolean orderly, String detail, Octets result) {}
                            };
                        });
    }

    /** Answers one invocation. */
    private interface Answers {
        void answer(RoseConnection connection, long invokeId, Octets argument);
    }

    @Test
    void doesNotBelieveAServerThatTurnsInCircles() {
        Octets page = new SessionPage("bob", true, ManagementValuesTest.sessions(2)).emit();
        serveHostile((connection, invokeId, argument) -> connection.result(invokeId, page));
        ManagementClient.list(server(), listener);
        run(5);
        assertThat(heard).containsExactly("the server's answer makes no sense");
    }

    @Test
    void comesToAnEndWhateverTheServerAnswers() {
        SplittableRandom random = new SplittableRandom(29);
        Octets page = new SessionPage("bob", true, ManagementValuesTest.sessions(2)).emit();
        serveHostile((connection, invokeId, argument) -> {
            byte[] octets = page.toByteArray();
            octets[2 + random.nextInt(octets.length - 2)] = (byte) random.nextInt(256);
            switch (random.nextInt(5)) {
                case 0 -> connection.reject(invokeId, Problem.RESULT_RESPONSE_UNEXPECTED);
                case 1 -> connection.abortRequest();
                case 2 -> connection.done(invokeId);
                default -> connection.result(invokeId, Octets.of(octets));
            }
        });
        for (int i = 0; i < 100; i++) {
            ManagementClient.list(server(), listener);
            run(45);
            assertThat(heard).hasSize(i + 1);
        }
        assertThat(heard)
                .contains(
                        "the server does not answer",
                        "the server's answer makes no sense",
                        "the server rejects it: result response unexpected");
    }
}
