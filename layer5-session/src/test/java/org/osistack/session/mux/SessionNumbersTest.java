package org.osistack.session.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.mux.FakeNetwork.Cut;

/**
 * A session's number is unique in its trunk alone: the same numbers are in use on several trunks between the same two hosts,
 * opened from either side, and no frame goes astray.
 */
class SessionNumbersTest {
    private static final int SESSIONS = 5;
    private static final int SAYINGS = 60;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Map<String, Talker> callers = new LinkedHashMap<>(); // by what they say in S-CONNECT
    private final Map<String, Talker> called = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> numbers = new LinkedHashMap<>(); // in OPEN frames, by trunk
    private final Set<Integer> managed = new HashSet<>(); // numbers in bob's layer management
    private MuxEntity bobs;
    private int cuts;

    private void attach(MuxEntity entity, Host host, String name) {
        entity.attach(Pair.address(name, "S"), (connection, connect) -> {
            String who = new String(connect.userData().toByteArray());
            Talker talker = new Talker(host, Talker.sayings(-who.hashCode(), SAYINGS, 2000), false);
            called.put(who, talker);
            List<Integer> present =
                    bobs.sessions().stream().map(SessionStatus::number).toList();
            assertThat(present).doesNotHaveDuplicates();
            managed.addAll(present);
            talker.connection = connection;
            connection.request(Pair.accept(connect.requirements()));
            host.loop().defer(talker::readyIndication);
            return talker;
        });
    }

    private void call(MuxEntity from, Host host, String to) {
        for (int i = 1; i <= SESSIONS; i++) {
            String who = host.name() + " to " + to + ", " + i;
            Talker talker = new Talker(host, Talker.sayings(who.hashCode(), SAYINGS, 2000), true);
            callers.put(who, talker);
            talker.connection = from.connectRequest(
                    new SessionPrimitive.Connect(
                            ConnectionIdentifier.NONE,
                            null,
                            Pair.address(to, "S"),
                            Pair.DUPLEX,
                            -1,
                            TokenSetting.INITIATOR,
                            Octets.ofText(who)),
                    talker);
        }
    }

    /** Notes the numbers of all OPEN frames that begin a TSDU, or follow another in it. */
    private void note(Pdu octets) {
        for (int at = 0; at + FrameHeader.LENGTH <= octets.length(); ) {
            int length = octets.getUint16(at + 2);
            int session = octets.getInt32(at + 4);
            if (octets.getUint8(at) == 0x01 && at + FrameHeader.LENGTH + length <= octets.length()) {
                Pdu body = octets.copy();
                String text = new String(body.toByteArray(), at, FrameHeader.LENGTH + length);
                body.release();
                String trunk = text.substring(text.lastIndexOf(" to ") - 5, text.lastIndexOf(','));
                numbers.computeIfAbsent(trunk.strip(), key -> new HashSet<>()).add(session);
            }
            at += FrameHeader.LENGTH + length;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void trunksThatUseTheSameNumbersDoNotMeddleWithOneAnother(long seed) {
        Pair pair = new Pair(seed);
        FakeNetwork network = pair.network(seed % 2 == 0, 1 << 14, 1_000_000, 800);
        pair.open("resume", "2m", "connections", seed > 4 ? "2" : "1", "keep-alive", "1s");
        network.fault = (request, tsdu) -> {
            note(tsdu);
            boolean isCut = request % 97 == 96 && request < 1200;
            cuts += isCut ? 1 : 0;
            return isCut ? Cut.values()[cuts % 4] : null;
        };
        bobs = pair.bobs;
        attach(pair.bobs, pair.bob, "bob");
        attach(pair.alices, pair.alice, "alice");
        call(pair.alices, pair.alice, "bob");
        call(pair.alices, pair.alice, "bob2"); // the same host, and nobody has said so: another trunk
        call(pair.bobs, pair.bob, "alice");

        pair.simulation.runUntil(() -> called.size() == 3 * SESSIONS, LIMIT);
        assertThat(managed)
                .as("what layer management calls them is unique on the host")
                .hasSize(3 * SESSIONS);

        pair.run(LIMIT);
        assertThat(numbers)
                .as("the numbers on the wire")
                .hasSize(3)
                .allSatisfy((trunk, used) -> assertThat(used).containsExactly(1, 2, 3, 4, 5));
        assertThat(cuts).isGreaterThan(5);
        callers.forEach((who, caller) -> {
            assertThat(called.get(who).heard).as(who).isEqualTo(Talker.sayings(who.hashCode(), SAYINGS, 2000));
            assertThat(caller.heard).as(who).isEqualTo(Talker.sayings(-who.hashCode(), SAYINGS, 2000));
            assertThat(caller.last()).isEqualTo(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        });
        pair.checkNothingIsLeft();
    }
}
