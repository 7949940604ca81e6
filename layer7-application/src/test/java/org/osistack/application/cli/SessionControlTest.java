package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.facade.OpenSystem;
import org.osistack.core.HostThread;
import org.osistack.core.Pdu;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;

/** An operator looks at the sessions of a server and ends them, by the socket of the server. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionControlTest {
    private static final ApplicationContext TALK =
            new ApplicationContext("talk", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final FunctionalUnits HALF_DUPLEX =
            FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE);

    @TempDir
    private Path folder;

    private final HostThread thread = new HostThread("session control test");
    private final OpenSystem alice = OpenSystem.open(thread, "alice", stack("10.0.0.1/24"));
    private final OpenSystem bob = OpenSystem.open(thread, "bob", stack("10.0.0.2/24"));
    private final List<Talker> visitors = new ArrayList<>(); // the hosts' thread alone
    private ControlPlace place;
    private ControlSocket socket;
    private LocalServers servers;

    private static StackSpec stack(String address) {
        StackSpec spec = StackSpec.of("virtual:lab", "ethernet", "ipv4:" + address, "tcp", "x225", "x226");
        spec.add(4, "tpkt");
        return spec;
    }

    /** Hears of an association, and agrees to a release if it is told to. */
    private static final class Talker implements AssociationUser {
        private final CountDownLatch associated = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final boolean agrees;
        private Association association;
        private volatile String end = "";

        Talker(boolean agrees) {
            this.agrees = agrees;
        }

        @Override
        public void associateConfirm(Association newAssociation) {
            association = newAssociation;
            associated.countDown();
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            if (agrees) {
                association.releaseResponse(true);
            }
        }

        @Override
        public void ended(Ending ending, String detail) {
            end = ending + ": " + detail;
            over.countDown();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        bob.call(() -> {
            for (FunctionalUnits units :
                    List.of(DUPLEX.with(FunctionalUnit.HALF_DUPLEX).with(FunctionalUnit.MINOR_SYNCHRONIZE))) {
                bob.associations().attach(TALK, units, association -> {
                    Talker visitor = new Talker(true);
                    visitors.add(visitor);
                    bob.host().loop().defer(association::accept);
                    return visitor;
                });
            }
            return null;
        });
        place = new ControlPlace(folder.resolve("control"));
        SessionControl control = new SessionControl(bob, "bob", Duration.ofMillis(300));
        socket = ControlSocket.open(place.newSocket("bob"), control::answer);
        servers = new LocalServers(place);
    }

    @AfterEach
    void leavesNothingBehind() {
        socket.close();
        alice.close();
        bob.close();
        thread.close();
        assertThat(thread.ended()).isCompleted();
    }

    private Talker associate(FunctionalUnits units, boolean agrees) throws InterruptedException {
        Talker talker = new Talker(agrees);
        alice.call(() -> alice.associations()
                .associateRequest(
                        new AssociationRequest(
                                TALK, alice.associations().parseAddress("10.0.0.2"), units, TokenSetting.INITIATOR),
                        talker));
        assertThat(talker.associated.await(20, TimeUnit.SECONDS)).isTrue();
        return talker;
    }

    @Test
    void listsWhoIsThereInWhichStateWithWhichTokensAndNumbers() throws Exception {
        associate(HALF_DUPLEX, true);
        String table = servers.askOne(null, SessionControl.LIST);
        assertThat(table.lines()).hasSize(2);
        assertThat(table)
                .containsPattern(
                        "ID +USER +PEER +AGE +IDLE +STATE +UNITS +TOKENS +V\\(A\\) +V\\(M\\) +V\\(R\\) +ACTIVITY")
                .containsPattern("\n1 +- .*10\\.0\\.0\\.1.* 0:0\\d +0:0\\d +STA713 +kernel, half-duplex, ")
                .contains("data at the peer, synchronize-minor at the peer")
                .containsPattern(" 1 +1 +0 +-\n");

        String json = servers.askAll("bob", SessionControl.LIST_JSON).get("bob");
        assertThat(json)
                .startsWith("{\"server\":\"bob\",\"sessions\":[{\"id\":1,\"user\":\"\"")
                .contains("\"state\":\"STA713\",\"initiator\":false", "\"vA\":1,\"vM\":1,\"vR\":0")
                .contains("\"tokensHere\":[],\"tokensAtPeer\":[\"data\",\"synchronize-minor\"]")
                .endsWith("]}\n");
    }

    @Test
    void endsASessionByAReleaseToWhichThePeerAgrees() throws Exception {
        Talker talker = associate(DUPLEX, true);
        assertThat(servers.askOne("bob", SessionControl.END + 1)).isEqualTo("session 1 of bob was released\n");
        assertThat(talker.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(talker.end).startsWith("RELEASED");
    }

    @Test
    void saysThatThePeerHasNotAgreedAndEndsItAbruptlyThen() throws Exception {
        Talker talker = associate(DUPLEX, false);
        assertThatThrownBy(() -> servers.askOne("bob", SessionControl.END + 1))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("the peer has not agreed to the release (--abrupt does not ask)");
        assertThat(servers.askOne("bob", SessionControl.END_ABRUPTLY + 1)).isEqualTo("session 1 of bob was aborted\n");
        assertThat(talker.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(talker.end).isEqualTo("ABORTED: aborted by the peer");
        assertThat(bob.call(() -> visitors.get(0).end)).isEqualTo("ABORTED: ended by the operator of this host");
    }

    @Test
    void cannotReleaseWithoutTheTokensAndSaysSo() throws Exception {
        associate(HALF_DUPLEX, true);
        assertThatThrownBy(() -> servers.askOne("bob", SessionControl.END + 1))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("session 1 cannot be released now: ");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String line : List.of("", "hello", "end x", "end -1", "end", "end 99999999999")) {
            assertThatThrownBy(() -> servers.askOne("bob", line))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("does not understand");
        }
        assertThatThrownBy(() -> servers.askOne("bob", SessionControl.END + 7))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no session 7");
        assertThatThrownBy(() -> servers.askOne("carol", SessionControl.LIST))
                .hasMessage("no server called carol of this user runs on this machine");
    }

    @Test
    void asksInAFolderThatIsTheUsersAloneAndForgetsServersThatHaveEnded() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.folder())))
                .isEqualTo("rwx------");
        socket.close();
        assertThat(place.sockets()).isEmpty();
        Files.createFile(place.folder().resolve("dead.1.control"));
        assertThatThrownBy(() -> servers.askAll(null, SessionControl.LIST))
                .hasMessage("no server of this user runs on this machine");
        assertThat(place.sockets()).isEmpty();

        Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> place.newSocket("bob")).hasMessageContaining("is not this user's alone");
        assertThatThrownBy(() -> servers.askAll(null, SessionControl.LIST))
                .hasMessageContaining("is not this user's alone");
    }
}
