package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.shell.ShellLab.Person;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/** Peers that say and do whatever comes to their mind, as far as the session layer lets them. */
@Timeout(60)
class HostileShellTest {
    private static final int ACTS = 2_000;

    private final SplittableRandom random = new SplittableRandom(11);
    private final ShellLab lab = new ShellLab(ShellLab.WITH_ACTIVITIES);
    private int done; // acts that the layers below did not refuse

    private Octets octets() {
        ShellApdu apdu = switch (random.nextInt(14)) {
            case 0 -> new ShellApdu.Enter(name(), random.nextBoolean(), random.nextInt(5) - 1);
            case 1 -> new ShellApdu.Entered(name(), random.nextInt(5), random.nextInt(3), random.nextInt(5));
            case 2 -> new ShellApdu.Refusal(ShellApdu.Refusal.Reason.values()[random.nextInt(3)]);
            case 3 -> new ShellApdu.Interrupt(number());
            case 4 -> new ShellApdu.Exit(number());
            case 5 -> new ShellApdu.Started(number(), "talk");
            case 6 -> new ShellApdu.Output(random.nextBoolean(), Octets.of(new byte[random.nextInt(50)]));
            case 7 -> new ShellApdu.Finished(number(), ShellApdu.Finished.Outcome.EXITED, 0, "");
            case 8 -> new ShellApdu.Interrupted(number());
            case 9 -> new ShellApdu.Farewell("bye");
            default -> new ShellApdu.Line(number(), random.nextBoolean() ? "count 3 10" : "talk");
        };
        byte[] octets = apdu.toOctets().toByteArray();
        if (random.nextInt(10) == 0) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return Octets.of(octets);
    }

    private long number() {
        return random.nextInt(8) == 0 ? 1 + random.nextLong(ShellApdu.MAX_NUMBER - 1) : 1 + random.nextInt(60);
    }

    private Octets name() {
        return ShellLab.name(random.nextInt(4));
    }

    private DialogueStep step() {
        long number = random.nextInt(4) == 0 ? DialogueStep.NEXT : random.nextInt(6);
        ActivityIdentifier activity = new ActivityIdentifier(Octets.of((byte) random.nextInt(2)));
        return switch (random.nextInt(16)) {
            case 0 -> new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false);
            case 1, 2 -> new DialogueStep.SyncMinorAnswer(number);
            case 3 ->
                new DialogueStep.Resynchronize(
                        ResynchronizeType.values()[random.nextInt(3)],
                        number,
                        random.nextBoolean() ? TokenSetting.RESPONDER : TokenSetting.INITIATOR);
            case 4 ->
                new DialogueStep.Resynchronize(ResynchronizeType.ABANDON, DialogueStep.NEXT, TokenSetting.RESPONDER);
            case 5 -> new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.RESPONDER);
            case 6, 7 -> new DialogueStep.ActivityStart(activity);
            case 8, 9 ->
                new DialogueStep.ActivityResume(
                        activity,
                        activity,
                        random.nextInt(5),
                        random.nextBoolean()
                                ? null
                                : new OldConnection(Octets.EMPTY, name(), Octets.EMPTY, Octets.EMPTY));
            case 10 -> new DialogueStep.ActivityEnd(DialogueStep.NEXT);
            case 11 -> new DialogueStep.ActivityEndAnswer();
            case 12 -> new DialogueStep.ActivityInterrupt(ExceptionReason.NON_SPECIFIC);
            case 13 -> new DialogueStep.ActivityDiscardAnswer();
            case 14 -> new DialogueStep.TokenPlease(Tokens.of(Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY));
            default -> new DialogueStep.TokenGive(Tokens.of(Token.SYNCHRONIZE_MINOR));
        };
    }

    /** One who acts at random. */
    private final class Mallory implements AssociationUser {
        private final Host host;
        private Association association;
        private boolean isOpen;
        private boolean isOver;

        Mallory(Host host) {
            this.host = host;
        }

        void act() {
            if (!isOpen || isOver) {
                return;
            }
            try {
                switch (random.nextInt(20)) {
                    case 0 -> association.releaseRequest();
                    case 1 -> {
                        association.abortRequest(random.nextBoolean() ? Octets.EMPTY : octets());
                        isOver = true;
                    }
                    case 2, 3, 4, 5, 6, 7, 8, 9 -> say();
                    default -> association.stepRequest(step(), random.nextBoolean() ? Octets.EMPTY : octets());
                }
                done++;
            } catch (IllegalStateException | IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotEmpty(); // what the layers below do not let happen
            }
        }

        private void say() {
            Octets octets = octets();
            Pdu pdu = host.pool().take(octets.length());
            boolean taken = false;
            try {
                octets.appendTo(pdu);
                taken = association.dataRequest(pdu);
            } finally {
                if (!taken) {
                    pdu.release();
                }
            }
        }

        @Override
        public void associateConfirm(Association confirmed) {
            isOpen = true;
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {
            isOver = true;
        }
    }

    @Test
    void aServerOutlivesItsClients() {
        lab.serve();
        Mallory mallory = new Mallory(lab.alice);
        mallory.isOver = true;
        for (int i = 0; i < ACTS; i++) {
            if (mallory.isOver) {
                mallory = new Mallory(lab.alice);
                Octets enter = random.nextInt(3) == 0
                        ? octets()
                        : new ShellApdu.Enter(name(), true, random.nextInt(5) - 1).toOctets();
                mallory.association = lab.calling.associateRequest(
                        new AssociationRequest(
                                ShellApplication.CONTEXT,
                                lab.calling.parseAddress("10.0.0.2"),
                                ShellApplication.KEPT,
                                random.nextInt(4) == 0 ? TokenSetting.INITIATOR : TokenSetting.RESPONDER,
                                ConnectionIdentifier.NONE,
                                enter,
                                null),
                        mallory);
                lab.simulation.run(Duration.ofMillis(20));
            }
            mallory.act();
            lab.simulation.run(Duration.ofNanos(random.nextLong(2_000_000)));
            for (ShellLab.FakeProcess process : List.copyOf(lab.processes)) { // another may start when one ends
                if (process.isKilled || random.nextInt(50) == 0) {
                    lab.processes.remove(process);
                    process.end(1);
                }
            }
        }
        assertThat(done).isGreaterThan(ACTS / 5);
        mallory.association.abortRequest();
        lab.run(200);
        assertThat(lab.sessions.size()).isZero();
        Person person = lab.come(9);
        person.client.type("echo alive");
        lab.run(1);
        assertThat(person.events).contains("alive");
        assertThat(lab.outstanding()).isZero();
    }

    @Test
    void aClientOutlivesItsServers() {
        Mallory[] mallory = {null};
        lab.called.attach(ShellApplication.CONTEXT, ShellApplication.KEPT, association -> {
            if (random.nextInt(20) == 0) {
                association.refuse("go away", octets());
                return null;
            }
            Mallory next = new Mallory(lab.bob);
            next.association = association;
            next.isOpen = true;
            mallory[0] = next;
            association.accept(random.nextInt(3) == 0 ? octets() : new ShellApdu.Entered(name(), 0, 0, 60).toOctets());
            if (random.nextBoolean()) {
                lab.bob.loop().defer(() -> {
                    if (!next.isOver) {
                        association.stepRequest(new DialogueStep.ActivityStart(ShellApplication.ACTIVITY));
                    }
                });
            }
            return next;
        });
        lab.run(1);
        Person person = null;
        for (int i = 0; i < 4 * ACTS; i++) {
            if (person != null && person.losses > 3) {
                person.client.detach(); // or it would wait longer and longer
            }
            if (person == null || person.isOver) {
                person = lab.come(random.nextInt(4));
            }
            switch (random.nextInt(8)) {
                case 0 -> person.client.interrupt();
                case 1 -> {
                    if (random.nextInt(10) == 0) {
                        person.client.exit();
                    }
                }
                default -> {
                    if (person.client.mayType()) {
                        person.client.type("echo x");
                    }
                }
            }
            if (mallory[0] != null) {
                mallory[0].act();
            }
            lab.simulation.run(Duration.ofNanos(random.nextLong(20_000_000)));
        }
        assertThat(done).isGreaterThan(ACTS / 40);
        lab.called.detach(ShellApplication.CONTEXT);
        if (mallory[0] != null && !mallory[0].isOver) {
            mallory[0].association.abortRequest();
        }
        person.client.detach();
        lab.run(60);
        assertThat(lab.outstanding()).isZero();
    }
}
