package org.osistack.application.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tshark says of a capture: each malformed frame, bad checksum, and expert message of warning or above is a
 * finding, unless tshark is known to be wrong there or the test excuses it with a reason.
 */
public final class Verdict {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(3);
    private static final int WARNING = 0x600000; // epan/proto.h: PI_WARN; PI_ERROR is more
    private static final String BETWEEN_FIELDS = "\u001f";
    private static final String WITHIN_FIELD = "\u001e";

    /** Dissectors that take our octets for their own protocol. */
    private static final List<String> MISTAKEN = List.of("t125", "s7comm", "rdp", "h1", "mms");

    private static final List<String> PREFERENCES = List.of(
            "clnp.reassemble:TRUE",
            "cotp.reassemble:TRUE",
            "ses.desegment:TRUE",
            "tpkt.desegment:TRUE",
            "rtse.reassemble:TRUE",
            "clnp.tp_nsap_selector:0x21",
            "ip.check_checksum:TRUE",
            "tcp.check_checksum:TRUE",
            "udp.check_checksum:TRUE");

    private static final List<String> FIELDS = List.of(
            "frame.number",
            "frame.protocols",
            "_ws.malformed",
            "_ws.expert.severity",
            "_ws.expert.message",
            "clnp.checksum.status",
            "esis.chksum.status",
            "cotp.reassembled_in",
            "clnp.reassembled_in",
            "_ws.col.Info",
            "tcp.stream",
            "tcp.flags.fin",
            "tcp.srcport");

    /** One frame as tshark shows it: the values of {@link #FIELDS}. */
    private record Frame(List<String> values) {
        String number() {
            return values.get(0);
        }

        String protocols() {
            return values.get(1);
        }

        boolean isMalformed() {
            return !values.get(2).isEmpty() || info().contains("[Malformed");
        }

        List<String> severities() {
            return split(values.get(3));
        }

        List<String> messages() {
            return split(values.get(4));
        }

        boolean hasBadNetworkChecksum() {
            return split(values.get(5)).contains("0") || split(values.get(6)).contains("0");
        }

        boolean isPartOfAnother() {
            return !values.get(7).isEmpty() || !values.get(8).isEmpty();
        }

        String info() {
            return values.get(9);
        }

        String tcpConnection() {
            return values.get(10);
        }

        boolean ends() {
            return values.get(11).equals("True") || values.get(11).equals("1");
        }

        String tcpSource() {
            return values.get(12);
        }

        private static List<String> split(String value) {
            return value.isEmpty() ? List.of() : Arrays.asList(value.split(WITHIN_FIELD));
        }
    }

    private final Map<String, Integer> protocols = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();
    private final Map<String, Set<String>> ended = new HashMap<>(); // a TCP connection's ports that have sent a FIN

    private final Path capture;

    private Verdict(Path capture) {
        this.capture = capture;
    }

    /**
     * Let tshark read a capture.
     *
     * @param moreOptions of tshark, such as {@code -o tcp.check_checksum:FALSE} where a kernel leaves the checksums to
     *     its interface
     */
    public static Verdict of(Path capture, String... moreOptions) {
        List<String> command = new ArrayList<>(List.of("tshark", "-2", "-n", "-r", capture.toString()));
        for (String protocol : MISTAKEN) {
            command.addAll(List.of("--disable-protocol", protocol));
        }
        for (String preference : PREFERENCES) {
            command.addAll(List.of("-o", preference));
        }
        command.addAll(Arrays.asList(moreOptions));
        command.addAll(List.of("-T", "fields", "-E", "occurrence=a"));
        command.addAll(List.of("-E", "separator=" + BETWEEN_FIELDS, "-E", "aggregator=" + WITHIN_FIELD));
        for (String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        Verdict verdict = new Verdict(capture);
        for (String line : Commands.attempt(TIME_LIMIT, command).orFail().lines()) {
            verdict.judge(new Frame(Arrays.asList(line.split(BETWEEN_FIELDS, FIELDS.size()))));
        }
        return verdict;
    }

    private void judge(Frame frame) {
        protocols.merge(frame.protocols(), 1, Integer::sum);
        infos.add(frame.info());
        if (frame.ends()) {
            ended.computeIfAbsent(frame.tcpConnection(), connection -> new HashSet<>())
                    .add(frame.tcpSource());
        }
        if (frame.isMalformed()) {
            find(frame, "malformed: " + frame.info());
        }
        if (frame.hasBadNetworkChecksum()) {
            find(frame, "wrong header checksum");
        }
        List<String> messages = frame.messages();
        for (int i = 0; i < messages.size(); i++) {
            judge(frame, Integer.decode(frame.severities().get(i)), messages.get(i));
        }
        if (isOsi(frame) && frame.protocols().endsWith(":data") && !frame.isPartOfAnother()) {
            find(frame, "octets that no dissector knows: " + frame.protocols() + " " + frame.info());
        }
    }

    private void judge(Frame frame, int severity, String message) {
        boolean mistaken = message.startsWith("Bad checksum") && isOsi(frame) // it sums two octets of a TPDU only
                || message.contains("Dissector for OID not implemented"); // an abstract syntax of one's own is no fault
        boolean always = message.contains("Unreassembled") || message.contains("BER Error");
        if (!mistaken && !isLateReset(frame, message) && (severity >= WARNING || always)) {
            find(frame, message);
        }
    }

    /**
     * A FIN that a busy machine sends twice is acknowledged twice, and the second acknowledgement may meet no connection
     * any more; a reset is then what RFC 9293 §3.10.7.1 asks for.
     */
    private boolean isLateReset(Frame frame, String message) {
        return message.startsWith("Connection reset")
                && ended.getOrDefault(frame.tcpConnection(), Set.of()).size() == 2;
    }

    private static boolean isOsi(Frame frame) {
        return frame.protocols().contains(":cotp") || frame.protocols().contains(":clnp");
    }

    private void find(Frame frame, String what) {
        findings.add("frame " + frame.number() + ": " + what);
    }

    void note(String finding) {
        findings.add(finding);
    }

    /** What was judged. */
    public Path capture() {
        return capture;
    }

    /** All that is wrong. A test asserts that it is empty. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /**
     * Leave out the findings that contain this.
     *
     * @param reason why they are right as they are; for the reader of the test
     */
    public Verdict excuse(String text, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("no reason to excuse " + text);
        }
        findings.removeIf(finding -> finding.contains(text));
        return this;
    }

    /** How many frames there are of each combination of protocols, such as {@code eth:ethertype:arp}. */
    public Map<String, Integer> protocols() {
        return protocols;
    }

    /** How many frames there are of a protocol, wherever it stands; {@code tpkt:cotp:ses} asks for three in a row. */
    public int count(String protocol) {
        return protocols.entrySet().stream()
                .filter(e -> (":" + e.getKey() + ":").contains(":" + protocol + ":"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** What tshark says of each frame in a line. */
    public List<String> infos() {
        return List.copyOf(infos);
    }
}
