package org.osistack.application.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.MediumManagement;
import org.osistack.core.Pdu;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** Systems on two links, in real time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecondLinksTest {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("test", 99, 4099);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final HostThread thread = new HostThread("two links");
    private OpenSystem alice;
    private OpenSystem bob;

    private OpenSystem open(String name, int number, String transport, String session) {
        StackSpec spec = lower(1, number, transport).set(5, session).set(6, "x226");
        OpenSystem system = OpenSystem.open(thread, name, spec);
        system.addLink(lower(2, number, transport), Map.of("10.0.1.2", "10.0.2.2"));
        return system;
    }

    private static StackSpec lower(int link, int number, String transport) {
        StackSpec spec = new StackSpec()
                .set(1, "virtual:link" + link)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0." + link + "." + number + "/24")
                .set(4, "tcp:connecttimeout=1s");
        return transport.equals("tpkt") ? spec.add(4, "tpkt") : spec;
    }

    @AfterEach
    void leavesNothingBehind() {
        alice.close();
        if (bob != null) {
            bob.close();
        }
        for (Host host : thread.hosts()) {
            assertThat(OpenSystem.call(thread, () -> host.pool().outstanding())).isZero();
        }
        thread.close();
    }

    @ParameterizedTest
    @CsvSource({"tpkt, x225", "tcp, mux:connect-timeout=1s"})
    void reachesTheOtherByTheSecondLinkWhenTheFirstIsUnplugged(String transport, String session) throws Exception {
        alice = open("alice", 1, transport, session);
        bob = open("bob", 2, transport, session);
        CompletableFuture<Association> confirmed = new CompletableFuture<>();
        bob.call(() -> {
            bob.associations().attach(CONTEXT, DUPLEX, association -> {
                association.accept();
                return new User(new CompletableFuture<>());
            });
            return null;
        });
        alice.call(() -> {
            alice.stack().management(MediumManagement.class).orElseThrow().unplug();
            alice.associations()
                    .associateRequest(
                            new AssociationRequest(
                                    CONTEXT,
                                    alice.associations().parseAddress("10.0.1.2"),
                                    DUPLEX,
                                    TokenSetting.INITIATOR),
                            new User(confirmed));
            return null;
        });

        Association association = confirmed.get(30, TimeUnit.SECONDS);
        assertThat(alice.call(association::functionalUnits).has(FunctionalUnit.DUPLEX))
                .isTrue();
    }

    @Test
    void refusesAddressesThatAreNoneInASentence() {
        alice = OpenSystem.open(
                thread, "alice", lower(1, 1, "tcp").set(5, "mux").set(6, "x226"));

        assertThatThrownBy(() -> alice.addLink(lower(2, 1, "tcp"), Map.of("10.0.1", "10.0.2.2")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("10.0.1");
    }

    private record User(CompletableFuture<Association> confirmed) implements AssociationUser {
        @Override
        public void associateConfirm(Association association) {
            confirmed.complete(association);
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {}

        @Override
        public void ended(Ending ending, String detail) {
            confirmed.completeExceptionally(new IllegalStateException(ending + ": " + detail));
        }
    }
}
