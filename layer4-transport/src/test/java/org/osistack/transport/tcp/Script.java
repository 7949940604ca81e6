package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkReport;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.RecordingUser;
import org.osistack.transport.TestNetwork;
import org.osistack.transport.TransportAddress;

/**
 * One TCP against a peer that is a script. Segments are written as packetdrill does:
 *
 * <pre>
 *   S. 0:0(0) ack 1 win 65535 &lt;mss 1460,sackOK,TS,wscale 4&gt;
 * </pre>
 *
 * Flags (S, F, R, P, U, and a point for ACK; a hyphen for none), first sequence number, last one plus one, length of the
 * text. Numbers count from the initial sequence number of their side. What an expectation leaves out is not looked at.
 */
final class Script {
    static final int OUR_PORT = 102;
    static final int PEER_PORT = 40000;
    /** The peer's initial sequence number: near the end, so that every script crosses it. */
    static final int PEER_ISN = -3;

    private static final Ipv4Address PEER = Ipv4Address.parse("10.0.0.2");
    private static final Pattern NOTATION = Pattern.compile(
            "([SFRPUEW]*\\.?|-) (-?\\d+):(-?\\d+)\\((\\d+)\\)(?: ack (-?\\d+))?(?: win (\\d+))?(?: <(.*)>)?");

    final Simulation time = new Simulation(1);
    final Host host = time.newHost("host");
    final TestNetwork network = new TestNetwork(host, "10.0.0.1");
    final TcpEntity tcp;
    final RecordingUser user = new RecordingUser();
    final List<RecordingUser> accepted = new ArrayList<>();
    OctetStreamConnection connection;
    boolean acceptAtOnce = true;

    private final ArrayDeque<Pdu> sent = new ArrayDeque<>();
    private final List<String> story = new ArrayList<>();
    private int ourPort = OUR_PORT;
    private int ourIss;
    private boolean ourIssKnown;
    private int tsVal = 1000;
    private boolean oneTurn;
    private int lastTsVal;
    int lastTsEcr;

    Script(String... options) {
        network.link = (source, destination, protocol, sdu) -> {
            TcpHeader header = new TcpHeader().wrap(sdu);
            if ((header.controlBits() & TcpHeader.SYN) != 0) {
                ourIss = header.sequenceNumber();
                ourIssKnown = true;
            }
            assertThat(header.isChecksumValid(
                            network.pseudoHeaderSum(source, destination, protocol, sdu.length()), false))
                    .isTrue();
            sent.add(sdu);
        };
        tcp = new TcpEntity(host, network, TwoTcps.settings(options));
    }

    // What this side's user does

    Script listens() {
        tcp.attach(new TransportAddress(null, OUR_PORT), (indicated, expedited) -> {
            connection = (OctetStreamConnection) indicated;
            user.reason = null; // of the connection before this one
            user.heard.add("indication");
            if (acceptAtOnce) {
                connection.connectResponse(false);
            }
            return user;
        });
        return this;
    }

    Script connects() {
        connection = tcp.connectRequest(null, new TransportAddress(PEER, PEER_PORT), false, user);
        ourPort = connection.local().port();
        passes(0);
        return this;
    }

    boolean sends(int octets) {
        Pdu pdu = host.pool().take(octets);
        for (int i = 0; i < octets; i++) {
            pdu.appendUint8(i);
        }
        boolean taken = connection.dataRequest(pdu);
        if (!taken) {
            pdu.release();
        }
        return taken;
    }

    // The peer

    /** Open a connection passively, with a round trip of 100 ms; the peer has these options. */
    Script established(String peerOptions) {
        listens();
        arrives("S 0:0(0) win 65535 <" + peerOptions + ">");
        expect("S. 0:0(0) ack 1");
        passes(100); // the round trip: a time-out comes after 300 ms
        arrives(". 1:1(0) ack 1 win 65535");
        expectNothing();
        assertThat(user.heard).containsExactly("indication");
        user.heard.clear();
        return this;
    }

    Script established() {
        return established("mss 1000");
    }

    Script arrives(String notation) {
        story.add("> " + notation);
        Matcher m = NOTATION.matcher(notation);
        assertThat(m.matches()).as(notation).isTrue();
        int seq = PEER_ISN + Integer.parseInt(m.group(2));
        int length = Integer.parseInt(m.group(4));
        Pdu options = host.pool().take();
        if (m.group(7) != null) {
            for (String option : m.group(7).split(",")) {
                option(option, options);
            }
        }
        while (options.length() % 4 != 0) {
            options.appendUint8(TcpOptions.NO_OPERATION);
        }
        int headerLength = TcpHeader.LENGTH + options.length();
        Pdu segment = host.pool().takeForReceiving(headerLength + length).pushTrailer(headerLength);
        new TcpHeader()
                .wrap(segment)
                .ports(PEER_PORT, ourPort)
                .sequenceNumber(seq)
                .acknowledgmentNumber(m.group(5) == null ? 0 : ourIss + Integer.parseInt(m.group(5)))
                .lengthAndControl(headerLength, control(m.group(1)))
                .window(m.group(6) == null ? 65535 : Integer.parseInt(m.group(6)));
        for (int i = 0; i < options.length(); i++) {
            segment.putUint8(TcpHeader.LENGTH + i, options.getUint8(i));
        }
        options.release();
        for (int i = 0; i < length; i++) {
            segment.appendUint8(seq + i);
        }
        arrives(segment);
        return this;
    }

    /** Full-sized segments arrive one after another before anything else is done. */
    Script arrivesInOneTurn(int first, int length, int count) {
        oneTurn = true;
        for (int i = 0; i < count; i++) {
            int seq = first + i * length;
            arrives(". " + seq + ":" + (seq + length) + "(" + length + ") ack 1");
        }
        oneTurn = false;
        return passes(0);
    }

    /** The peer acknowledges all that was sent. */
    Script acknowledgesAll() {
        return arrives(". 1:1(0) ack " + (((TcpConnection) connection).snd.sndNxt - ourIss));
    }

    void arrives(Pdu segment) {
        new TcpHeader()
                .wrap(segment)
                .fillChecksum(network.pseudoHeaderSum(PEER, network.address, TransportProtocol.TCP, segment.length()));
        network.arrives(PEER, network.address, TransportProtocol.TCP, segment);
        if (!oneTurn) {
            passes(0);
        }
    }

    private static int control(String flags) {
        int control = 0;
        for (char flag : flags.toCharArray()) {
            control |= switch (flag) {
                case 'S' -> TcpHeader.SYN;
                case 'F' -> TcpHeader.FIN;
                case 'R' -> TcpHeader.RST;
                case 'P' -> TcpHeader.PSH;
                case 'U' -> TcpHeader.URG;
                case '.' -> TcpHeader.ACK;
                default -> 0;
            };
        }
        return control;
    }

    private void option(String text, Pdu to) {
        String[] words = text.split("[ :]");
        switch (words[0]) {
            case "mss" -> {
                to.appendUint8(2).appendUint8(4).pushTrailer(2).putUint16(to.length() - 2, Integer.parseInt(words[1]));
            }
            case "wscale" -> to.appendUint8(3).appendUint8(3).appendUint8(Integer.parseInt(words[1]));
            case "sackOK" -> to.appendUint8(4).appendUint8(2);
            case "TS" -> {
                tsVal = words.length > 1 ? Integer.parseInt(words[1]) : tsVal + 1;
                int tsEcr = words.length > 2 ? Integer.parseInt(words[2]) : lastTsVal;
                to.appendUint8(8).appendUint8(10).pushTrailer(8);
                to.putInt32(to.length() - 8, tsVal).putInt32(to.length() - 4, tsEcr);
            }
            case "sack" -> {
                int blocks = (words.length - 1) / 2;
                to.appendUint8(5).appendUint8(2 + 8 * blocks).pushTrailer(8 * blocks);
                for (int i = 0; i < 2 * blocks; i++) {
                    to.putInt32(to.length() - 8 * blocks + 4 * i, ourIss + Integer.parseInt(words[i + 1]));
                }
            }
            case "" -> {
                // no options
            }
            default -> throw new IllegalArgumentException(text);
        }
    }

    /** The network tells that the segment of ours which begins there did not arrive. */
    void reported(NetworkReport report, int sequenceNumber) {
        Pdu sdu = host.pool().take(8).pushTrailer(8);
        sdu.putUint16(0, ourPort).putUint16(2, PEER_PORT).putInt32(4, ourIss + sequenceNumber);
        network.report(report, network.address, PEER, TransportProtocol.TCP, sdu);
        sdu.release();
        passes(0);
    }

    // What is expected of this side

    Script expect(String... notations) {
        for (String notation : notations) {
            assertThat(sent).as("%s\nexpected %s", story, notation).isNotEmpty();
            String actual = render(sent.peek(), notation);
            assertThat(actual).as("%s", story).isEqualTo(notation);
            story.add("< " + notation);
            TcpOptions options = options(sent.peek());
            if (options.timestamps) {
                lastTsVal = options.tsVal;
                lastTsEcr = options.tsEcr;
            }
            sent.poll().release();
        }
        return this;
    }

    Script expectNothing() {
        assertThat(sent.stream().map(s -> render(s, "S 0:0(0) ack 0 win 0 <>")).toList())
                .as("%s", story)
                .isEmpty();
        return this;
    }

    /** Throw away what was sent and not looked at. */
    Script ignoreSent() {
        while (!sent.isEmpty()) {
            TcpOptions options = options(sent.peek());
            lastTsVal = options.timestamps ? options.tsVal : lastTsVal;
            sent.poll().release();
        }
        return this;
    }

    /** The value of the last timestamp that this side sent. */
    int lastTsVal() {
        return lastTsVal;
    }

    int sentSegments() {
        return sent.size();
    }

    private static TcpOptions options(Pdu segment) {
        TcpOptions options = new TcpOptions();
        options.parse(segment, new TcpHeader().wrap(segment).length());
        return options;
    }

    private String render(Pdu segment, String as) {
        TcpHeader header = new TcpHeader().wrap(segment);
        int control = header.controlBits();
        StringBuilder text = new StringBuilder();
        text.append((control & TcpHeader.SYN) != 0 ? "S" : "")
                .append((control & TcpHeader.FIN) != 0 ? "F" : "")
                .append((control & TcpHeader.RST) != 0 ? "R" : "")
                .append((control & TcpHeader.PSH) != 0 ? "P" : "")
                .append((control & TcpHeader.ACK) != 0 ? "." : "");
        int length = segment.length() - header.length();
        int seq = header.sequenceNumber() - (ourIssKnown ? ourIss : 0);
        text.append(' ')
                .append(seq)
                .append(':')
                .append(seq + length)
                .append('(')
                .append(length)
                .append(')');
        if (as.contains(" ack ")) {
            text.append(" ack ").append(header.acknowledgmentNumber() - PEER_ISN);
        }
        if (as.contains(" win ")) {
            text.append(" win ").append(header.window());
        }
        if (as.contains("<")) {
            TcpOptions options = options(segment);
            List<String> list = new ArrayList<>();
            if (options.maxSegmentSize != TcpOptions.ABSENT) {
                list.add("mss " + options.maxSegmentSize);
            }
            if (options.sackPermitted) {
                list.add("sackOK");
            }
            if (options.timestamps) {
                list.add("TS");
            }
            if (options.windowScale != TcpOptions.ABSENT) {
                list.add("wscale " + options.windowScale);
            }
            if (options.sackBlocks > 0) {
                StringBuilder sack = new StringBuilder("sack");
                for (int i = 0; i < options.sackBlocks; i++) {
                    sack.append(' ').append(options.sackLeft[i] - PEER_ISN);
                    sack.append(':').append(options.sackRight[i] - PEER_ISN);
                }
                list.add(sack.toString());
            }
            text.append(" <").append(String.join(",", list)).append('>');
        }
        return text.toString();
    }

    // Time and the end

    Script passes(long millis) {
        time.run(Duration.ofMillis(millis));
        return this;
    }

    Script passesMicros(long micros) {
        time.run(Duration.ofNanos(micros * 1000));
        return this;
    }

    int rcvNxt() {
        return connection == null ? PEER_ISN : ((TcpConnection) connection).rcv.rcvNxt;
    }

    int sndUna() {
        return connection == null ? ourIss : ((TcpConnection) connection).snd.sndUna;
    }

    TcpState state() {
        return ((TcpConnection) connection).state;
    }

    Script expectState(TcpState expected) {
        assertThat(state()).as("%s", story).isEqualTo(expected);
        return this;
    }

    Script expectHeard(String... events) {
        assertThat(user.heard).as("%s", story).containsExactly(events);
        user.heard.clear();
        return this;
    }

    /** Whether the octets that the user got are those that the peer sent from its sequence number 1 on. */
    Script expectReceived(int octets) {
        byte[] received = user.received.toByteArray();
        assertThat(received).as("%s", story).hasSize(octets);
        for (int i = 0; i < octets; i++) {
            assertThat(received[i]).as("octet %d", i).isEqualTo((byte) (PEER_ISN + 1 + i));
        }
        return this;
    }

    /** Close the stack and see whether every PDU is back. */
    void end() {
        tcp.close();
        ignoreSent();
        passes(1000 * 300);
        ignoreSent();
        assertThat(host.pool().outstanding()).isZero();
        assertThat(tcp.reassemblyBudget.used()).isZero();
    }

    static NetworkAddress peer() {
        return PEER;
    }
}
