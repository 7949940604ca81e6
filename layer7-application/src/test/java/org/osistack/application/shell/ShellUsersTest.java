package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.MemoryFolder;
import org.osistack.application.security.Gatekeeper;
import org.osistack.application.security.Identity;
import org.osistack.application.security.TicketOffice;
import org.osistack.application.security.UsersFile;
import org.osistack.application.shell.ShellLab.Person;
import org.osistack.application.store.Store;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;

/** A shell that asks who comes: sessions belong to users, who come back by tickets. */
class ShellUsersTest {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final ShellLab lab = new ShellLab(ShellLab.WITH_ACTIVITIES);
    private final List<String> gateLog = new ArrayList<>();
    private Store store;

    @BeforeEach
    void serve() throws Exception {
        UsersFile users = new UsersFile(folder.resolve("users"));
        users.add("alice", "wonderland".toCharArray(), "");
        users.add("carol", "christmas".toCharArray(), "");
        store = Store.open(folder.resolve("store"));
        Instant begin = Instant.parse("2026-03-01T12:00:00Z");
        TicketOffice office = new TicketOffice(
                store,
                lab.bob.random(),
                () -> begin.plusNanos(lab.simulation.now()),
                Duration.ofHours(1),
                Duration.ofHours(12),
                gateLog::add);
        Gatekeeper gate = new Gatekeeper(lab.bob, users, store, office, false, gateLog::add);
        lab.serve(
                new Proxy(lab.called) {
                    @Override
                    public void attach(
                            ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
                        lab.called.attach(context, supported, gate, listener);
                    }
                },
                ShellLab.settings());
    }

    @AfterEach
    void end() {
        assertThat(lab.outstanding()).isZero();
        store.close();
    }

    /** A service that does something more than another one. */
    private static class Proxy implements AssociationService {
        private final AssociationService below;

        Proxy(AssociationService below) {
            this.below = below;
        }

        @Override
        public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
            below.attach(context, supported, listener);
        }

        @Override
        public void detach(ApplicationContext context) {
            below.detach(context);
        }

        @Override
        public Association associateRequest(AssociationRequest request, AssociationUser user) {
            return below.associateRequest(request, user);
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            return below.parseAddress(text);
        }
    }

    private Person come(Identity identity, Octets session, boolean mayCreate) {
        Person person = lab
        .new Person(
                new Proxy(lab.calling) {
                    @Override
                    public Association associateRequest(AssociationRequest request, AssociationUser user) {
                        return super.associateRequest(request.by(identity), user);
                    }
                },
                session,
                mayCreate);
        lab.run(2);
        return person;
    }

    private static Identity alice() {
        return Identity.of("alice", "wonderland".toCharArray());
    }

    @Test
    void aSessionGoesOnByATicketWithoutThePassword() {
        Identity identity = alice();
        Person person = come(identity, ShellLab.name(1), true);
        identity.forgetPassword();
        person.client.type("whoami");
        person.client.type("talk");
        lab.run(1);
        for (int cut = 0; cut < 3; cut++) {
            lab.cut();
            lab.run(50);
            lab.process().say("cut " + cut + "\n");
            lab.join();
            lab.run(30);
        }
        assertThat(person.losses).isPositive();
        assertThat(person.events).containsExactly("$ whoami", "alice", "= 0", "$ talk", "cut 0", "cut 1", "cut 2");
        assertThat(lab.log).contains("session 1 of alice goes on");
    }

    @Test
    void anotherUserDoesNotGetASessionWhoseNameItKnows() {
        Person person = come(alice(), ShellLab.name(1), true);
        Identity carol = Identity.of("carol", "christmas".toCharArray());
        Person thief = come(carol, ShellLab.name(1), true);
        assertThat(thief.isIn).isFalse();
        assertThat(thief.problem).contains("there is no such session here");
        assertThat(come(carol, Octets.EMPTY, false).isGone).isTrue();
        person.client.type("echo mine");
        lab.run(1);
        assertThat(person.events).contains("mine");
    }

    @Test
    void aUserComesBackWithoutTheNameOfTheSession() {
        Person first = come(alice(), ShellLab.name(1), true);
        first.client.type("echo one");
        lab.run(1);
        Person other = come(alice(), ShellLab.name(2), true);
        first.client.detach();
        lab.run(1);
        Person second = come(alice(), Octets.EMPTY, false);
        assertThat(second.client.session()).isEqualTo(ShellLab.name(1)); // the one where nobody is
        assertThat(second.events).containsExactly("$ echo one", "one", "= 0");
        assertThat(other.isOver).isFalse();
    }

    @Test
    void commandsAreAllowedByUser() {
        Person alice = come(alice(), ShellLab.name(1), true);
        Person carol = come(Identity.of("carol", "christmas".toCharArray()), ShellLab.name(2), true);
        alice.client.type("secret");
        carol.client.type("secret");
        lab.run(1);
        assertThat(alice.events).endsWith("= 1 you may not run secret");
        assertThat(lab.process().words).containsExactly("/bin/secret", "-x");
        lab.process().end(0);
        lab.run(1);
        assertThat(carol.events).endsWith("= 0");
        alice.client.type("help");
        carol.client.type("help");
        lab.run(1);
        assertThat(alice.text.toString()).doesNotContain("secret");
        assertThat(carol.text.toString()).contains("secret");
        for (int number = 3; number < 5; number++) {
            come(alice(), ShellLab.name(number), true);
        }
        assertThat(lab.sessions.size()).isEqualTo(3); // 2 of alice, as many as she may have
    }
}
