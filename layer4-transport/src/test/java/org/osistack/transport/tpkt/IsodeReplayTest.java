package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;

/** Each side of what ISODE was recorded with, in its place: the same octets but for the references. */
class IsodeReplayTest {
    private static final int DT_HEADER = 2 * 7; // in hexadecimal digits
    private static final int SOURCE_REFERENCE = 2 * 8;
    private static final int DESTINATION_REFERENCE = 2 * 6;

    private final TwoTpkts hosts = new TwoTpkts();

    /** A recorded connection. */
    record Conversation(String name, List<String> packets) {
        Selector calledSelector() {
            String cr = packets.get(0);
            int at = cr.indexOf("c202");
            return at < 0
                    ? Selector.EMPTY
                    : Selector.of(Octets.ofHex(cr.substring(at + 4, at + 8)).toByteArray());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Conversation> conversations() throws IOException {
        List<Conversation> all = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                IsodeReplayTest.class.getResourceAsStream("isode-tpkts.txt"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("= ")) {
                    all.add(new Conversation(line.substring(2), new ArrayList<>()));
                } else if (!line.startsWith("#")) {
                    all.get(all.size() - 1).packets().add(line.replace(" ", ""));
                }
            }
        }
        assertThat(all).hasSize(3);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void weAreItsResponder(Conversation recorded) {
        hosts.aliceAddress = null;
        hosts.bobAddress = new TransportAddress(null, 0, recorded.calledSelector());
        hosts.listen(true, "tpdu", "2048");
        OctetStreamConnection raw = hosts.callRaw(recorded.packets().get(0).substring(1));
        String reference = hosts.caller.received().substring(SOURCE_REFERENCE, SOURCE_REFERENCE + 4);
        String cc = recorded.packets().get(1).substring(1);
        if (recorded.packets()
                .get(0)
                .contains("c2020200")) { // ISODE leaves the selector away in its CC: ours is longer
            assertThat(hosts.caller.received()).endsWith("00c0010bc2020200");
        } else {
            assertThat(hosts.caller.received()).isEqualTo(with(cc, SOURCE_REFERENCE, reference));
        }
        assertThat(hosts.called.connection.isExpedited()).isFalse();
        hosts.caller.data.clear();
        exchange(recorded, '>', raw, hosts.caller, hosts.called);
        raw.releaseRequest();
        hosts.run();
        hosts.nothingIsLeftOver();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void weAreItsInitiator(Conversation recorded) {
        hosts.aliceAddress = null;
        hosts.bobAddress = new TransportAddress(null, 0, recorded.calledSelector());
        String cr = hosts.calledRaw(false, "tpdu", "2048");
        String reference = cr.substring(SOURCE_REFERENCE, SOURCE_REFERENCE + 4);
        String recordedCr = recorded.packets().get(0).substring(1);
        assertThat(sortedParameters(cr)).isEqualTo(sortedParameters(with(recordedCr, SOURCE_REFERENCE, reference)));
        hosts.called.data.clear();
        hosts.say(
                hosts.bob,
                hosts.called.connection,
                with(recorded.packets().get(1).substring(1), DESTINATION_REFERENCE, reference));
        assertThat(hosts.caller.confirmed).isTrue();
        exchange(recorded, '<', hosts.called.connection, hosts.called, hosts.caller);
        hosts.called.connection.disconnectRequest();
        hosts.run();
        hosts.nothingIsLeftOver();
    }

    /** Play the packets of one side from the record, and have our user of the other side send what it sent. */
    private void exchange(Conversation recorded, char rawSide, TransportConnection raw, User rawUser, User ourUser) {
        boolean rawIsAlice = rawSide == '>';
        boolean over = false;
        for (String packet : recorded.packets().subList(2, recorded.packets().size())) {
            String octets = packet.substring(1);
            boolean isDt = octets.startsWith("02f080", 8);
            if (packet.charAt(0) == rawSide) {
                hosts.say(rawIsAlice ? hosts.alice : hosts.bob, raw, octets);
                if (isDt) {
                    assertThat(ourUser.data.remove(0)).hasToString(octets.substring(DT_HEADER));
                } else {
                    over = true;
                    assertThat(ourUser.ends).containsExactly(DisconnectReason.REMOTE_USER); // its DR
                }
            } else if (isDt) {
                ourUser.connection.dataRequest(
                        TwoTpkts.pdu(rawIsAlice ? hosts.bob : hosts.alice, Octets.ofHex(octets.substring(DT_HEADER))));
                hosts.run();
                assertThat(rawUser.received()).isEqualTo(octets);
                rawUser.data.clear();
            } else {
                over = true;
                ourUser.connection.disconnectRequest(); // class 0 closes the stream instead of sending a DR
                hosts.run();
                assertThat(rawUser.released).isTrue();
            }
        }
        assertThat(over).isTrue();
        assertThat(ourUser.data).isEmpty();
    }

    private static String with(String packet, int at, String reference) {
        return packet.substring(0, at) + reference + packet.substring(at + 4);
    }

    /** The order of parameters is free (X.224 §13.2.3). */
    private static String sortedParameters(String packet) {
        int fixed = 2 * (4 + 7);
        List<String> parameters = new ArrayList<>();
        for (int at = fixed; at < packet.length(); ) {
            int end = at + 4 + 2 * Integer.parseInt(packet.substring(at + 2, at + 4), 16);
            parameters.add(packet.substring(at, end));
            at = end;
        }
        return packet.substring(0, fixed) + parameters.stream().sorted().toList();
    }
}
