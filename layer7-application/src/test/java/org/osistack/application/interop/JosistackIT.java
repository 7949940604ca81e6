package org.osistack.application.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmuc.josistack.AcseAssociation;
import org.openmuc.josistack.AcseAssociationListener;
import org.openmuc.josistack.ClientAcseSap;
import org.openmuc.josistack.ServerAcseSap;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContext.Selectors;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.acse.AcseService;
import org.osistack.application.acse.AeTitle;
import org.osistack.application.facade.OpenSystem;
import org.osistack.core.HostThread;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;

/**
 * josistack, an OSI stack by others, as live client and server. It stands on sockets, and here these are connections of
 * our own TCP: its octets go through our layers 4 to 1, across a virtual Ethernet, and up all seven of ours.
 */
@Timeout(60)
class JosistackIT {
    // What josistack has built in: MMS (ISO 9506), its selectors, its application context.
    private static final ApplicationContext MMS = new ApplicationContext(
            "mms",
            ObjectIdentifier.of("1.0.9506.2.3"),
            ObjectIdentifier.of("1.0.9506.2.1"),
            new Selectors(Selector.parse("0x00000001"), Selector.parse("0x0001"), Selector.parse("0x0001")),
            102);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final Octets HELLO = Octets.ofHex("a8 05 80 03 01 02 03"); // any value will do

    private final HostThread thread = new HostThread("josistack and we");
    private OpenSystem theirs;
    private OpenSystem ours;

    @BeforeEach
    void open() throws Exception {
        theirs = OpenSystem.open(
                thread, "theirs", upTo("10.0.0.1", "tcp").set(5, "none").set(6, "plain"));
        ours = OpenSystem.open(
                thread,
                "ours",
                upTo("10.0.0.2", "tcp")
                        .add(4, "tpkt")
                        .set(5, "x225,profile=minimal")
                        .set(6, "x226,profile=minimal"));
        theirs.awaitAddress(Duration.ofSeconds(5));
        ours.awaitAddress(Duration.ofSeconds(5));
    }

    private static StackSpec upTo(String address, String transport) {
        return new StackSpec()
                .set(1, "virtual:lab")
                .set(2, "ethernet")
                .set(3, "ipv4:" + address + "/24")
                .set(4, transport);
    }

    @AfterEach
    void close() {
        theirs.close();
        ours.close();
        long outstanding =
                theirs.host().pool().outstanding() + ours.host().pool().outstanding();
        thread.close();
        assertThat(outstanding).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5_000, 60_000})
    void itsClientTalksToOurServer(int size) throws Exception {
        ours.call(() -> {
            associations(ours).attach(MMS, DUPLEX, association -> {
                Echo echo = new Echo(association);
                association.accept(association.userInformation());
                return echo;
            });
            return null;
        });
        ClientAcseSap client = new ClientAcseSap(StackSockets.clientsOf(theirs));
        client.tSap.tSelRemote = new byte[] {0, 1};
        client.tSap.tSelLocal = new byte[] {0, 2};

        AcseAssociation association = client.associate(
                InetAddress.getByAddress(new byte[] {10, 0, 0, 2}),
                102,
                null,
                0,
                null,
                ByteBuffer.wrap(HELLO.toByteArray()));
        try {
            ByteBuffer answer = association.getAssociateResponseAPdu();
            assertThat(rest(answer)).isEqualTo(HELLO);
            for (int i = 0; i < 3; i++) {
                Octets value = value(size + i);
                association.send(ByteBuffer.wrap(value.toByteArray()));
                assertThat(receive(association)).isEqualTo(value);
            }
        } finally {
            association.disconnect();
        }
    }

    @Test
    void ourClientTalksToItsServer() throws Exception {
        CompletableFuture<String> served = new CompletableFuture<>();
        ServerAcseSap server = new ServerAcseSap(102, 0, null, new EchoServer(served), StackSockets.serversOf(theirs));
        server.serverTSap.setMaxConnections(5);
        server.startListening();
        NetworkAddress address = ours.resolve("10.0.0.1");
        Caller caller = new Caller();

        ours.call(() -> caller.association = associations(ours)
                .associateRequest(new AssociationRequest(MMS, address, DUPLEX, TokenSetting.INITIATOR, HELLO), caller));
        assertThat(caller.next()).isEqualTo("open " + HELLO);
        for (int size : List.of(1, 100, 5_000, 30_000)) {
            Octets value = value(size);
            ours.call(() -> {
                Pdu apdu = ours.host().pool().take(value.length());
                value.appendTo(apdu);
                return caller.association.dataRequest(apdu);
            });
            assertThat(caller.next()).isEqualTo(value.toString());
        }
        ours.call(() -> {
            caller.association.abortRequest(); // josistack knows no release
            return null;
        });

        assertThat(served.get(10, TimeUnit.SECONDS)).isEqualTo("served 4 values");
        server.stopListening();
    }

    private static AssociationService associations(OpenSystem system) {
        return new AcseService(system.host(), system.stack().service(NegotiatedPresentation.class), AeTitle.NONE);
    }

    /** An OCTET STRING of that many octets. */
    private static Octets value(int size) {
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) i;
        }
        return new org.osistack.presentation.ber.BerWriter()
                .octetString(org.osistack.presentation.ber.Tag.OCTET_STRING, Octets.of(octets))
                .toOctets();
    }

    private static Octets receive(AcseAssociation association) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(70_000);
        association.receive(buffer);
        return rest(buffer);
    }

    private static Octets rest(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return Octets.of(octets);
    }

    /** Our server's user: sends back what it gets. */
    private record Echo(Association association) implements AssociationUser {
        @Override
        public void dataIndication(Pdu apdu) {
            assertThat(association.dataRequest(apdu)).isTrue();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {}
    }

    /** Our client's user: writes down what it hears. */
    private static final class Caller implements AssociationUser {
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
        private Association association;

        String next() throws InterruptedException {
            return news.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public void associateConfirm(Association confirmed) {
            news.add("open " + confirmed.userInformation());
        }

        @Override
        public void dataIndication(Pdu apdu) {
            news.add(apdu.toString());
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {
            news.add(ending + " " + detail);
        }
    }

    /** Its server's user: sends back what it gets, until the association ends. */
    private record EchoServer(CompletableFuture<String> outcome) implements AcseAssociationListener {
        @Override
        public void connectionIndication(AcseAssociation association, ByteBuffer associatePdu) {
            List<Octets> served = new ArrayList<>();
            try {
                association.accept(ByteBuffer.wrap(rest(associatePdu).toByteArray()));
                while (true) {
                    Octets value = receive(association);
                    served.add(value);
                    association.send(ByteBuffer.wrap(value.toByteArray()));
                }
            } catch (Exception e) { // its way to say that the association is over
                outcome.complete("served " + served.size() + " values");
            } finally {
                association.close();
            }
        }

        @Override
        public void serverStoppedListeningIndication(java.io.IOException e) {}
    }
}
