package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;

/** Normal and expedited data in any mixture, between users who pause as they like; and peers who send anything. */
class ExpeditedWalkTest {
    private static final String[] DIALOGUE = {
        "03000015 10 e0 0000 1234 00 c0010b c2020001 c60101",
        "0300000b 02 f0 80 01000100",
        "0300000b 02 10 00 05004142",
        "03000009 02 f0 00 0102",
        "03000008 02 10 80 aa",
        "03000009 02 f0 80 0304",
        "03000017 02 10 80 000102030405060708090a0b0c0d0e0f",
        "0300000b 06 80 0001 1234 80"
    };

    /** What one side has sent, and the other must hear. */
    private static final class Flow {
        final List<String> data = new ArrayList<>();
        final List<String> expedited = new ArrayList<>();
        /** How many expedited TSDUs were sent before each normal one. */
        final List<Integer> expeditedBefore = new ArrayList<>();
    }

    @Test
    void eachFlowArrivesInOrderAndExpeditedDataIsNeverLate() {
        int overtaken = 0;
        for (int seed = 0; seed < 150; seed++) {
            overtaken += walk(new SplittableRandom(seed));
        }
        assertThat(overtaken).isGreaterThan(500);
    }

    /** Returns how many normal TSDUs were overtaken. */
    private static int walk(SplittableRandom random) {
        TwoTpkts hosts = new TwoTpkts(1031 + random.nextInt(20_000), 1 + random.nextInt(900), random.split());
        hosts.connect("tpdu", random.nextBoolean() ? "128" : "1024");
        Flow up = new Flow();
        Flow down = new Flow();
        for (int step = 0; step < 150; step++) {
            boolean callerActs = random.nextBoolean();
            User user = callerActs ? hosts.caller : hosts.called;
            Host host = callerActs ? hosts.alice : hosts.bob;
            Flow flow = callerActs ? up : down;
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> send(host, user, flow, random);
                case 3, 4, 5 -> sendExpedited(host, user, flow, random);
                case 6 -> user.connection.pause();
                case 7 -> user.connection.resume();
                default -> hosts.simulation.run(Duration.ofNanos(random.nextInt(20_000)));
            }
        }
        hosts.caller.connection.resume();
        hosts.called.connection.resume();
        hosts.run();
        int overtaken = check(up, hosts.called) + check(down, hosts.caller);
        hosts.caller.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.called.ends).containsExactly(DisconnectReason.REMOTE_USER);
        hosts.nothingIsLeftOver();
        return overtaken;
    }

    private static void send(Host host, User user, Flow flow, SplittableRandom random) {
        Octets octets = random(random, 1 + random.nextInt(random.nextBoolean() ? 100 : 3000));
        Pdu pdu = TwoTpkts.pdu(host, octets);
        if (user.connection.dataRequest(pdu)) {
            flow.data.add(octets.toString());
            flow.expeditedBefore.add(flow.expedited.size());
        } else {
            pdu.release();
        }
    }

    private static void sendExpedited(Host host, User user, Flow flow, SplittableRandom random) {
        Octets octets = random(random, 1 + random.nextInt(16));
        Pdu pdu = TwoTpkts.pdu(host, octets);
        if (user.connection.expeditedDataRequest(pdu)) {
            flow.expedited.add(octets.toString());
        } else {
            pdu.release();
        }
    }

    private static Octets random(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private static int check(Flow sent, User heard) {
        assertThat(heard.data).extracting(Octets::toString).isEqualTo(sent.data);
        assertThat(heard.expedited).extracting(Octets::toString).isEqualTo(sent.expedited);
        int data = 0;
        int expedited = 0;
        int overtaken = 0;
        for (String event : heard.heard) {
            if (event.startsWith("X")) {
                expedited++;
            } else {
                int sentBefore = sent.expeditedBefore.get(data++);
                assertThat(expedited).isGreaterThanOrEqualTo(sentBefore);
                overtaken += expedited > sentBefore ? 1 : 0;
            }
        }
        return overtaken;
    }

    @Test
    void mutatedDialoguesNeitherThrowNorLeak() {
        SplittableRandom random = new SplittableRandom(5);
        TwoTpkts hosts = new TwoTpkts(1 << 20, 300, random.split());
        User[] current = new User[1];
        hosts.open(hosts.bob, "max-tsdu", "1024").attach(TwoTpkts.BOB, (connection, expedited) -> {
            User user = new User();
            user.connection = connection;
            current[0] = user;
            connection.connectResponse(true);
            if (random.nextInt(3) == 0) {
                connection.pause();
            }
            return user;
        });
        int expedited = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            current[0] = null;
            User raw = new User();
            OctetStreamConnection stream = hosts.openRaw(raw);
            Octets octets = mutated(random);
            stream.dataRequest(TwoTpkts.pdu(hosts.alice, octets));
            hosts.simulation.run(Duration.ofMillis(1));
            if (current[0] != null) {
                assertThat(current[0].ends.size()).isLessThanOrEqualTo(1);
                assertThat(current[0].expedited).allMatch(x -> x.length() >= 1 && x.length() <= 16);
                expedited += current[0].expedited.size();
                refused += current[0].ends.contains(DisconnectReason.PROTOCOL_ERROR) ? 1 : 0;
                current[0].connection.resume();
            }
            stream.disconnectRequest();
            hosts.simulation.run(Duration.ofMillis(1));
        }
        hosts.nothingIsLeftOver();
        assertThat(expedited).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void mutatedAnswersNeitherThrowNorLeak() {
        SplittableRandom random = new SplittableRandom(6);
        int expedited = 0;
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            TwoTpkts hosts = new TwoTpkts(1 << 20, 300, random.split());
            String reference = hosts.calledRaw(true).substring(16, 20);
            String cc = "03000011 0cd0" + reference + "1234 00 c0010a c60101";
            Octets octets = mutated(
                    random, random.nextInt(4), cc + String.join("", DIALOGUE).substring(50));
            hosts.called.connection.dataRequest(TwoTpkts.pdu(hosts.bob, octets));
            hosts.run();
            expedited += hosts.caller.expedited.size();
            refused += hosts.caller.ends.contains(DisconnectReason.PROTOCOL_ERROR) ? 1 : 0;
            hosts.caller.connection.disconnectRequest();
            hosts.called.connection.disconnectRequest();
            hosts.run();
            hosts.nothingIsLeftOver();
        }
        assertThat(expedited).isGreaterThan(2_000);
        assertThat(refused).isGreaterThan(200);
    }

    private static Octets mutated(SplittableRandom random) {
        StringBuilder dialogue = new StringBuilder(DIALOGUE[0]);
        for (int n = random.nextInt(12); n > 0; n--) {
            dialogue.append(DIALOGUE[1 + random.nextInt(DIALOGUE.length - 1)]);
        }
        return mutated(random, random.nextInt(4), dialogue.toString());
    }

    private static Octets mutated(SplittableRandom random, int mutations, String hex) {
        byte[] octets = Octets.ofHex(hex).toByteArray();
        for (int n = 0; n < mutations; n++) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(8) == 0 ? 1 + random.nextInt(octets.length) : octets.length;
        return Octets.of(Arrays.copyOf(octets, length));
    }
}
