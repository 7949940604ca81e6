package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.Showing;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Verdict;
import org.osistack.application.story.StoryScenario;
import org.osistack.core.Direction;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.capture.PcapngWriter;

/** Of every SPDU that goes over the transport's normal flow, tshark says what our dissector says. */
class SessionIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int VERSION_1_ABORT = 5; // octets of an ABORT without user data
    private static final Map<String, String> HOSTS = Map.of("10.0.0.1", "alice", "10.0.0.2", "bob");

    /** The PDUs of the layers above, by the elements of tshark's. */
    private static final Map<String, String> UPPER = Map.of(
            "pres.cptype", "CP",
            "pres.cpapdu", "CPA",
            "pres.aru_ppdu", "ARU",
            "acse.aarq_element", "AARQ",
            "acse.aare_element", "AARE",
            "acse.rlrq_element", "RLRQ",
            "acse.rlre_element", "RLRE",
            "acse.abrt_element", "ABRT");

    /** Where tshark is wrong, and why: our words, and its. */
    private static final Map<String, String> EXCUSES = new LinkedHashMap<>();

    static {
        // three identifiers have two meanings, which the place in the TSDU tells apart (X.225 §6.3.7): it knows one
        EXCUSES.put("ACTIVITY INTERRUPT / ABORT", "behind GIVE TOKENS 25 is no ABORT");
        EXCUSES.put("ACTIVITY INTERRUPT ACK / ABORT ACCEPT", "behind PLEASE TOKENS 26 is no ABORT ACCEPT");
        // and two are told apart by the Sync Type Item, and by what they answer
        EXCUSES.put("ACTIVITY END / MAJOR SYNC POINT", "it does not read the Sync Type Item (X.225 §8.3.35)");
        EXCUSES.put("ACTIVITY END ACK / MAJOR SYNC ACK", "it does not remember what is acknowledged (X.225 §8.3.36)");
    }

    /** Reason Codes of ED, AI and AD (X.225 §8.3.28) are not those of REFUSE, which tshark takes them for. */
    private static final Set<String> OTHER_REASONS = Set.of("EXCEPTION DATA", "ACTIVITY INTERRUPT", "ACTIVITY DISCARD");

    @TempDir
    private Path folder;

    private final Set<String> excused = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<Integer> explained = new TreeSet<>();
    private final Set<Integer> unexplained = new TreeSet<>();
    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int expedited;
    private int typed;

    @BeforeAll
    static void tshark() {
        Needs.command("tshark", "tshark");
    }

    private void compare(Scenario scenario, int seed, boolean segments) throws IOException {
        Path file = folder.resolve(scenario.name() + ".pcapng");
        RecordedSteps steps = new RecordedSteps();
        CaptureTrace capture = new CaptureTrace(new PcapngWriter(Files.newOutputStream(file), false, "test"), 0);
        Weaver weaver = new Weaver(List.of(steps, capture), problem -> {
            throw new AssertionError(problem);
        });
        List<String> said = new ArrayList<>();
        boolean isGood = new Showing(scenario, seed)
                .run(List.of(), simulation -> new Trace(simulation, weaver), weaver::close, said::add);
        assertThat(isGood).as(said.toString()).isTrue();
        if (!segments) { // tshark puts together segments of DT alone
            assertThat(reasonable(Verdict.of(file).findings()))
                    .as(scenario.name())
                    .isEmpty();
        }
        List<Pdml> packets = packets(file);
        Map<String, List<SpduAsRead>> theirs = theirs(packets);
        if (!segments) {
            Map<String, Integer> asked = upper(steps);
            Map<String, Integer> read = upper(packets);
            if (steps.messages(message -> message.pdu.equals("AB") && message.length == VERSION_1_ABORT)
                            .size()
                    > 0) {
                asked.keySet().removeAll(List.of("ABRT", "ARU")); // of version 1: it has no room for them
            }
            assertThat(read).as(scenario.name()).isEqualTo(asked);
        }
        Map<String, List<SpduAsRead>> ours = ours(steps);
        for (String host : ours.keySet()) {
            List<SpduAsRead> read = theirs.getOrDefault(host, List.of());
            List<SpduAsRead> sent = ours.get(host);
            for (int i = 0; i < Math.min(sent.size(), read.size()); i++) {
                compare(scenario.name() + ", " + host + "'s SPDU " + (i + 1), sent.get(i), read.get(i));
            }
            assertThat(read).as("%s, %s", scenario.name(), host).hasSameSizeAs(sent);
        }
    }

    /** What tshark has found and is not known to be wrong about. */
    private static List<String> reasonable(List<String> findings) {
        Set<String> mistaken = new TreeSet<>(); // frames
        for (String finding : findings) {
            boolean isMistaken = finding.endsWith(": D-SACK Sequence") // of tail loss probes (RFC 8985)
                    || finding.contains("octets that no dissector knows") // of TYPED DATA, see below
                    || finding.contains("can't get spdu type") // an AIA with user data: it takes it for an AA
                    || finding.contains(
                            "an unsigned integer with length"); // user data of a MAP: it takes it for a number
            if (isMistaken) {
                mistaken.add(frame(finding));
            }
        }
        return findings.stream()
                .filter(finding -> !mistaken.contains(frame(finding)))
                .toList();
    }

    private static String frame(String finding) {
        return finding.substring(0, finding.indexOf(':'));
    }

    private Map<String, List<SpduAsRead>> ours(RecordedSteps steps) {
        Map<String, List<SpduAsRead>> spdus = new TreeMap<>();
        for (Step step : steps.all) {
            TraceEvent event = step.event();
            if (event.pduLayer() == 5 && event.direction() == Direction.DOWN) {
                if (event.name().contains("EXPEDITED")) {
                    expedited++; // tshark does not look into ED TPDUs of class 0, which RFC 1006 alone has
                } else if (event.pdu().name().equals("TD")) {
                    typed++; // it takes a TSDU for one of X.225 only if an SPDU stands behind the first: the data are
                    // none
                } else {
                    spdus.computeIfAbsent(event.host(), host -> new ArrayList<>())
                            .addAll(SpduAsRead.ours(event));
                }
            }
        }
        return spdus;
    }

    private static List<Pdml> packets(Path file) {
        List<String> command = new ArrayList<>(List.of("tshark", "-2", "-n", "-r", file.toString(), "-T", "pdml"));
        for (String protocol : List.of("t125", "s7comm", "rdp", "h1", "mms")) {
            command.addAll(List.of("--disable-protocol", protocol)); // they take our octets for their own
        }
        return Pdml.packets(Commands.attempt(LIMIT, command).orFail().output());
    }

    /** How many PDUs of each kind the layers above have sent; those of layer 7 in a NOT FINISHED tshark does not read. */
    private static Map<String, Integer> upper(RecordedSteps steps) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Message message : steps.messages(message -> message.isDown() && message.pduLayer > 5)) {
            boolean isRead = !message.summary.equals("not finished") || !message.pdu.equals("RLRE");
            if (isRead && UPPER.containsValue(message.pdu)) {
                counts.merge(message.pdu, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> upper(List<Pdml> packets) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Pdml packet : packets) {
            for (Pdml element : packet.all(each -> UPPER.containsKey(each.name()))) {
                counts.merge(UPPER.get(element.name()), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, List<SpduAsRead>> theirs(List<Pdml> packets) {
        Map<String, List<SpduAsRead>> spdus = new TreeMap<>();
        for (Pdml packet : packets) {
            Pdml source = packet.first("ip.src");
            boolean isTypedData = false;
            for (Pdml proto : packet.all(element -> element.element().equals("proto"))) {
                if (proto.name().equals("cotp")) {
                    isTypedData = false;
                } else if (proto.name().equals("ses")) {
                    SpduAsRead spdu = SpduAsRead.tsharks(proto);
                    isTypedData |= spdu.name().equals("TYPED DATA"); // and what follows is data that look like SPDUs
                    if (!isTypedData) {
                        spdus.computeIfAbsent(HOSTS.get(source.show()), host -> new ArrayList<>())
                                .add(spdu);
                    }
                }
            }
        }
        return spdus;
    }

    private void compare(String where, SpduAsRead ours, SpduAsRead theirs) {
        compared++;
        names.add(ours.name());
        if (ours.name().equals("DATA TRANSFER") && theirs.name().equals("GIVE TOKENS")) {
            differ(where, ours.name(), theirs.name());
        } else if (!ours.name().equals(theirs.name())) {
            String pair = ours.name() + " / " + theirs.name();
            if (EXCUSES.containsKey(pair)) {
                excused.add(pair);
            } else {
                differ(where, ours, theirs);
            }
        }
        if (ours.identifier() != theirs.identifier()
                || ours.length() != theirs.length()
                || ours.parameters().size() != theirs.parameters().size()) {
            differ(where, ours, theirs);
            return;
        }
        for (int i = 0; i < ours.parameters().size(); i++) {
            parameter(
                    where + ", " + ours.name(),
                    ours,
                    ours.parameters().get(i),
                    theirs.parameters().get(i));
        }
    }

    private void parameter(String where, SpduAsRead spdu, SpduAsRead.Parameter ours, SpduAsRead.Parameter theirs) {
        if (ours.code() != theirs.code() || ours.offset() != theirs.offset() || ours.length() != theirs.length()) {
            differ(where, ours, theirs);
        } else if (theirs.meaning() == null) {
            unexplained.add(ours.code());
        } else if (ours.meaning().equals(theirs.meaning())) {
            explained.add(ours.code());
        } else if (ours.code() == 50 && OTHER_REASONS.contains(spdu.name())) {
            excused.add("reasons of " + spdu.name());
        } else {
            differ(where, ours, theirs);
        }
    }

    private void differ(String where, Object ours, Object theirs) {
        differences.add(where + ":\n   ours   " + ours + "\n   theirs " + theirs);
    }

    @Test
    void ofTheStory() throws IOException {
        compare(new StoryScenario(), 1, false);
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(90);
        assertThat(expedited).isGreaterThan(10);
        assertThat(typed).isEqualTo(2);
        assertThat(excused).containsAll(EXCUSES.keySet());
        assertThat(names).hasSize(28); // all that are in it but EX, PR and TD
    }

    @Test
    void ofDialoguesAtRandom() throws IOException {
        for (int seed : RandomDialogues.seeds()) {
            compare(new RandomDialogues(seed), seed, RandomDialogues.segments(seed));
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(3000);
        // besides groups and user data, tshark has no word for a Sync Type and a Resync Type
        assertThat(explained).containsExactly(9, 10, 11, 12, 16, 17, 19, 20, 21, 22, 23, 25, 26, 41, 42);
        assertThat(unexplained).containsExactly(5, 15, 27, 33, 46, 193);
        assertThat(names).hasSize(29).contains("ABORT ACCEPT");
        assertThat(excused).containsAll(EXCUSES.keySet());
    }
}
