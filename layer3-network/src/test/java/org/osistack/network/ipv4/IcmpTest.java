package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.network.NetworkService.DEFAULT_LIFETIME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.EchoService;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkUser;
import org.osistack.network.RecordingLink;
import org.osistack.network.TransportProtocol;

class IcmpTest {
    private static final Ipv4Address PEER = Ipv4Address.of(Octets.PEER);
    private static final int ROUTER = 0x0a0000fe;
    private static final Ipv4Address FAR = Ipv4Address.parse("8.8.8.8");
    private static final byte[] TCP_START = RecordingLink.octets("c000 0050 00000001");

    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final RecordingLink link = new RecordingLink(host, 1500);
    private final List<String> heard = new ArrayList<>();
    private final Ipv4Entity ip =
            new Ipv4Entity(host, link, new Ipv4Entity.Configuration(Octets.US, 24, ROUTER, 1500, 64, false));

    @BeforeEach
    void begin() {
        ip.attach(TransportProtocol.TCP, new NetworkUser() {
            @Override
            public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                sdu.release();
            }

            @Override
            public void reportIndication(
                    NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                heard.add(report + " " + source + " > " + destination + " " + sdu);
            }
        });
        time.run(Duration.ofSeconds(3));
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001");
        link.arrives(NetworkProtocol.ARP, "0001 0800 06 04 0001 020000000002 0a0000fe 000000000000 0a000001");
        link.sent();
    }

    @AfterEach
    void noPduLeaks() {
        ip.close();
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void answersAnEchoRequestWithTheSameIdentifierSequenceDataAndTypeOfService() {
        byte[] data = Octets.counting(56);
        arrives(icmpDatagram(Octets.icmp(8, 0, 0x12340007, data)).typeOfService(0xb8));
        byte[] reply = onlyDatagram();
        assertThat(reply)
                .isEqualTo(fromUs().typeOfService(0xb8).id(id(reply)).with(Octets.icmp(0, 0, 0x12340007, data)));
    }

    @Test
    void answersALongEchoRequestInFragments() {
        byte[] request = Octets.icmp(8, 0, 0x12340007, Octets.counting(4000));
        arrives(Octets.datagram().protocol(1).fragment(2960, false), Arrays.copyOfRange(request, 2960, 4008));
        arrives(Octets.datagram().protocol(1).fragment(0, true), Arrays.copyOfRange(request, 0, 1480));
        arrives(Octets.datagram().protocol(1).fragment(1480, true), Arrays.copyOfRange(request, 1480, 2960));
        List<byte[]> sent = sentDatagrams();
        assertThat(sent).hasSize(3);
        byte[] reply = Octets.join(
                Arrays.copyOfRange(sent.get(0), 20, sent.get(0).length),
                Arrays.copyOfRange(sent.get(1), 20, sent.get(1).length),
                Arrays.copyOfRange(sent.get(2), 20, sent.get(2).length));
        assertThat(reply).isEqualTo(Octets.icmp(0, 0, 0x12340007, Octets.counting(4000)));
    }

    @Test
    void answersNoEchoRequestToAGroupAndNoneThatIsDamaged() {
        byte[] request = Octets.icmp(8, 0, 0x12340007, new byte[8]);
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.BROADCAST,
                icmpDatagram(request).to(0x0a0000ff).with(request));
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.parse("01:00:5e:00:00:01"),
                icmpDatagram(request).to(0xe0000001).with(request));
        request[9] ^= 1;
        arrives(icmpDatagram(request));
        arrives(icmpDatagram(new byte[7]));
        link.expectNothing();
        assertThat(discarded(Discard.UNEXPECTED)).isEqualTo(2);
        assertThat(discarded(Discard.BAD_CHECKSUM)).isOne();
        assertThat(discarded(Discard.TOO_SHORT)).isOne();
    }

    @Test
    void tellsTheSenderThatNobodySpeaksTheProtocol() {
        byte[] datagram = Octets.datagram().protocol(132).with(Octets.counting(1000));
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram);
        byte[] error = onlyDatagram();
        assertThat(error).hasSize(576);
        assertThat(error).isEqualTo(fromUs().id(id(error)).with(Octets.icmp(3, 2, 0, Arrays.copyOf(datagram, 548))));
    }

    @Test
    void tellsTheSenderWhichOctetOfTheOptionsIsWrong() {
        byte[] datagram = Octets.datagram().options("01 07 0b 04 00000000").with("11223344");
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram);
        byte[] error = onlyDatagram();
        assertThat(error).isEqualTo(fromUs().id(id(error)).with(Octets.icmp(12, 0, 22 << 24, datagram)));
    }

    @Test
    void tellsTheSenderOfTheFirstFragmentThatTheOthersDidNotCome() {
        byte[] first = Octets.datagram().fragment(0, true).with(Octets.counting(16));
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, first);
        time.run(Duration.ofSeconds(30));
        byte[] error = onlyDatagram();
        assertThat(error).isEqualTo(fromUs().id(id(error)).with(Octets.icmp(11, 1, 0, first)));
    }

    @Test
    void sendsNoErrorAboutAnErrorAGroupALaterFragmentOrAnImpossibleSource() {
        byte[] error = Octets.icmp(3, 3, 0, new byte[28]);
        arrives(icmpDatagram(error).options("07020000"));
        byte[] badOptionsInError =
                Octets.datagram().protocol(1).options("07000000").with(error);
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, badOptionsInError);
        byte[] shortIcmp = Octets.datagram().protocol(1).options("07000000").with("");
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, shortIcmp);
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.BROADCAST,
                Octets.datagram().to(-1).protocol(132).with("11"));
        link.arrives(
                NetworkProtocol.IPV4,
                MacAddress.BROADCAST,
                Octets.datagram().from(0).to(-1).protocol(132).with("11"));
        arrives(Octets.datagram().fragment(8, true).options("07000000"), new byte[8]);
        link.expectNothing();
    }

    @Test
    void sendsABurstOfErrorsAndThenNoMoreThanSoManyASecond() {
        byte[] datagram = Octets.datagram().protocol(132).with("11");
        for (int i = 0; i < 1000; i++) {
            link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram);
        }
        assertThat(link.sent()).hasSize(IcmpErrors.BURST);
        assertThat(ip.errorsSuppressed()).isEqualTo(1000 - IcmpErrors.BURST);
        for (int i = 0; i < 1000; i++) {
            time.run(Duration.ofMillis(1));
            link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram);
        }
        assertThat(link.sent()).hasSize(IcmpErrors.PER_SECOND);
        assertThat(ip.errorsSent()).isEqualTo(IcmpErrors.BURST + IcmpErrors.PER_SECOND);
    }

    @Test
    void reportsToTheUserWhoseDatagramAnErrorQuotes() {
        int[][] errors = {{3, 0}, {3, 1}, {3, 2}, {3, 3}, {3, 13}, {11, 0}, {11, 1}, {12, 0}};
        for (int[] error : errors) {
            arrives(icmpDatagram(Octets.icmp(error[0], error[1], 0, quoted(6, 60))));
        }
        String rest = " 10.0.0.1 > 8.8.8.8 c000005000000001";
        assertThat(heard)
                .containsExactly(
                        "DESTINATION_UNREACHABLE" + rest,
                        "DESTINATION_UNREACHABLE" + rest,
                        "PROTOCOL_UNREACHABLE" + rest,
                        "PORT_UNREACHABLE" + rest,
                        "PROHIBITED" + rest,
                        "LIFETIME_EXPIRED" + rest,
                        "REASSEMBLY_TIMEOUT" + rest,
                        "PARAMETER_PROBLEM" + rest);
    }

    @Test
    void believesNoErrorThatQuotesWhatItCannotHaveSent() {
        byte[] foreign =
                Octets.datagram().from(Octets.PEER).to(FAR.bits()).protocol(6).with(TCP_START);
        arrives(icmpDatagram(Octets.icmp(3, 1, 0, foreign)));
        arrives(icmpDatagram(Octets.icmp(3, 1, 0, Arrays.copyOf(quoted(6, 60), 27))));
        arrives(icmpDatagram(Octets.icmp(3, 1, 0, new byte[10])));
        arrives(icmpDatagram(Octets.icmp(3, 99, 0, quoted(6, 60))));
        arrives(icmpDatagram(Octets.icmp(5, 1, Octets.PEER, quoted(6, 60)))); // redirect
        arrives(icmpDatagram(Octets.icmp(4, 0, 0, quoted(6, 60)))); // source quench
        assertThat(heard).isEmpty();
        link.expectNothing();
        assertThat(discarded(Discard.UNEXPECTED)).isEqualTo(3);
        assertThat(discarded(Discard.TOO_SHORT)).isOne();
        assertThat(discarded(Discard.MALFORMED)).isOne();
        assertThat(discarded(Discard.UNKNOWN_PDU)).isOne();
    }

    @Test
    void learnsThePathMtuAndTellsTheUser() {
        assertThat(ip.maxSduLength(FAR)).isEqualTo(1480);
        arrives(icmpDatagram(Octets.icmp(3, 4, 1280, quoted(6, 1500))));
        assertThat(heard).containsExactly("TOO_LONG 10.0.0.1 > 8.8.8.8 c000005000000001");
        assertThat(ip.maxSduLength(FAR)).isEqualTo(1260);
        arrives(icmpDatagram(Octets.icmp(3, 4, 1400, quoted(6, 1500)))); // no news
        assertThat(heard).hasSize(1);
        ip.unitDataRequest(FAR, TransportProtocol.TCP, pdu(new byte[2000]));
        assertThat(sentDatagrams()).extracting(datagram -> datagram.length).containsExactly(1276, 764);
        time.run(Duration.ofMinutes(10));
        assertThat(ip.maxSduLength(FAR)).isEqualTo(1480);
    }

    @Test
    void letsRoutersFragmentWhereThePathIsNarrowerThan552() {
        arrives(icmpDatagram(Octets.icmp(3, 4, 300, quoted(6, 1500))));
        assertThat(ip.maxSduLength(FAR)).isEqualTo(532);
        ip.unitDataRequest(null, FAR, TransportProtocol.TCP, DEFAULT_LIFETIME, false, pdu(new byte[532]));
        assertThat(onlyDatagram()[6] & 0x40).isZero(); // DF
    }

    @Test
    void measuresTheRoundTripOfAnEcho() {
        List<String> echoes = new ArrayList<>();
        EchoService.Echo echo = ip.openEcho(recorder(echoes));
        echo.request(PEER, 7, 3, 32, false);
        byte[] request = onlyDatagram();
        byte[] message = Octets.icmp(8, 0, echo.identifier() << 16 | 7, RecordingLink.octets("000102"));
        assertThat(request).isEqualTo(fromUs().id(0).dontFragment().ttl(32).with(message));
        time.run(Duration.ofMillis(3));
        arrives(icmpDatagram(Octets.icmp(0, 0, echo.identifier() << 16 | 8, new byte[3]))); // never asked
        arrives(icmpDatagram(Octets.icmp(0, 0, echo.identifier() << 16 | 7, new byte[3]))
                .ttl(61));
        assertThat(echoes).containsExactly("10.0.0.2 seq 7, 3 octets, ttl 61, 3000000 ns");
        echo.close();
        arrives(icmpDatagram(Octets.icmp(0, 0, echo.identifier() << 16 | 7, new byte[3])));
        assertThat(echoes).hasSize(1);
        assertThat(discarded(Discard.NO_USER)).isEqualTo(2);
    }

    @Test
    void pingsItselfWithoutAFrame() {
        List<String> echoes = new ArrayList<>();
        ip.openEcho(recorder(echoes)).request(Ipv4Address.of(Octets.US), 1, 60_000, DEFAULT_LIFETIME, true);
        time.run(Duration.ZERO);
        assertThat(echoes).containsExactly("10.0.0.1 seq 1, 60000 octets, ttl 64, 0 ns");
        link.expectNothing();
    }

    @Test
    void tellsWhyAnEchoDidNotArrive() {
        List<String> echoes = new ArrayList<>();
        EchoService.Echo echo = ip.openEcho(recorder(echoes));
        echo.request(FAR, 1, 8, 1, true);
        byte[] request = onlyDatagram();
        arrives(icmpDatagram(Octets.icmp(11, 0, 0, Arrays.copyOf(request, 28))).from(ROUTER));
        echo.request(Ipv4Address.parse("10.0.0.77"), 2, 8, DEFAULT_LIFETIME, true);
        time.run(Duration.ofSeconds(3));
        echo.request(PEER, 3, 5000, DEFAULT_LIFETIME, false);
        assertThat(echoes)
                .containsExactly(
                        "LIFETIME_EXPIRED from 10.0.0.254 seq 1",
                        "UNREACHABLE from 10.0.0.1 seq 2",
                        "TOO_LONG from 10.0.0.1 seq 3");
    }

    @Test
    void limitsHowManyAskForEchoes() {
        for (int i = 0; i < EchoSessions.MAX_SESSIONS; i++) {
            ip.openEcho(recorder(new ArrayList<>()));
        }
        assertThatThrownBy(() -> ip.openEcho(recorder(new ArrayList<>()))).isInstanceOf(IllegalStateException.class);
    }

    private static EchoService.EchoUser recorder(List<String> echoes) {
        return new EchoService.EchoUser() {
            @Override
            public void echoReply(
                    NetworkAddress source, int sequence, int dataLength, int lifetime, long roundTripNanos) {
                echoes.add(source + " seq " + sequence + ", " + dataLength + " octets, ttl " + lifetime + ", "
                        + roundTripNanos + " ns");
            }

            @Override
            public void echoReport(EchoService.Failure failure, NetworkAddress reporter, int sequence) {
                echoes.add(failure + " from " + reporter + " seq " + sequence);
            }
        };
    }

    /** What an error message quotes of a datagram of ours. */
    private static byte[] quoted(int protocol, int totalLength) {
        return Octets.datagram()
                .from(Octets.US)
                .to(FAR.bits())
                .protocol(protocol)
                .totalLengthOffBy(totalLength - 28)
                .with(TCP_START);
    }

    private static Octets fromUs() {
        return Octets.datagram().from(Octets.US).to(Octets.PEER).protocol(1);
    }

    private byte[] message = {};

    /** A datagram from the peer that {@link #arrives(Octets)} fills with this message. */
    private Octets icmpDatagram(byte[] newMessage) {
        message = newMessage;
        return Octets.datagram().protocol(1);
    }

    private void arrives(Octets datagram) {
        arrives(datagram, message);
    }

    private void arrives(Octets datagram, byte[] data) {
        link.arrives(NetworkProtocol.IPV4, RecordingLink.US, datagram.with(data));
    }

    private Pdu pdu(byte[] octets) {
        return host.pool().take(octets.length).append(octets);
    }

    private byte[] onlyDatagram() {
        List<byte[]> sent = sentDatagrams();
        assertThat(sent).hasSize(1);
        return sent.get(0);
    }

    private List<byte[]> sentDatagrams() {
        List<byte[]> datagrams = new ArrayList<>();
        for (String frame : link.sent()) {
            if (frame.contains(" IPv4 ")) {
                assertThat(frame).startsWith("02:00:00:00:00:02 IPv4 ");
                datagrams.add(HexFormat.of().parseHex(frame.split(" ")[2]));
            }
        }
        return datagrams;
    }

    private static int id(byte[] datagram) {
        return (datagram[4] & 0xff) << 8 | datagram[5] & 0xff;
    }

    private long discarded(Discard reason) {
        return host.discards(3, "ICMP").count(reason);
    }
}
