package org.osistack.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

/** A layer 2 that writes down what it is given to send, and hands up what a test brings. */
public final class RecordingLink implements DataLinkService {
    public static final MacAddress US = MacAddress.of(0x02_00_00_00_00_01L);
    public static final MacAddress PEER = MacAddress.of(0x02_00_00_00_00_02L);

    private final Host host;
    private final int mtu;
    private final Map<NetworkProtocol, DataLinkUser> users = new EnumMap<>(NetworkProtocol.class);
    private final List<String> sent = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    public RecordingLink(Host host, int mtu) {
        this.host = host;
        this.mtu = mtu;
        List<Pdu> pdus = new ArrayList<>();
        for (int i = 0; i < 64; i++) { // so that an octet that nobody writes shows
            Pdu pdu = host.pool().take();
            Arrays.fill(pdu.array(), (byte) 0xa5);
            pdus.add(pdu);
        }
        pdus.forEach(Pdu::release);
    }

    @Override
    public MacAddress address() {
        return US;
    }

    @Override
    public Medium medium() {
        return new Medium("test link", mtu, false, false, 65_549);
    }

    @Override
    public int maxSduLength() {
        return mtu;
    }

    @Override
    public void attach(NetworkProtocol protocol, DataLinkUser user) {
        users.put(protocol, user);
    }

    @Override
    public void unitDataRequest(MacAddress destination, NetworkProtocol protocol, Pdu sdu) {
        assertThat(sdu.length()).isLessThanOrEqualTo(mtu);
        sent.add(destination + " " + protocol + " " + sdu);
        sdu.release();
    }

    @Override
    public void joinGroup(MacAddress group) {
        groups.add(group.toString());
    }

    @Override
    public void leaveGroup(MacAddress group) {
        groups.remove(group.toString());
    }

    public List<String> groups() {
        return groups;
    }

    /** An SDU comes from the peer to this station. */
    public void arrives(NetworkProtocol protocol, String hex) {
        arrives(protocol, US, hex);
    }

    public void arrives(NetworkProtocol protocol, MacAddress destination, String hex) {
        arrives(protocol, destination, octets(hex));
    }

    public void arrives(NetworkProtocol protocol, MacAddress destination, byte[] octets) {
        Pdu pdu = host.pool().takeForReceiving(octets.length).append(octets);
        users.get(protocol).unitDataIndication(PEER, destination, pdu);
    }

    public void status(boolean up) {
        users.get(NetworkProtocol.ARP).statusIndication(up);
        users.get(NetworkProtocol.IPV4).statusIndication(up);
    }

    /** What was sent since the last question: destination, protocol, octets, each with one blank between. */
    public List<String> sent() {
        List<String> copy = List.copyOf(sent);
        sent.clear();
        return copy;
    }

    /** Exactly these were sent: destination, protocol, octets with blanks anywhere. */
    public void expect(String... frames) {
        String[] expected = new String[frames.length];
        for (int i = 0; i < frames.length; i++) {
            String[] words = frames[i].split(" ", 3);
            expected[i] = words[0] + " " + words[1] + " " + words[2].replace(" ", "");
        }
        assertThat(sent()).containsExactly(expected);
    }

    public void expectNothing() {
        assertThat(sent()).isEmpty();
    }

    public static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
