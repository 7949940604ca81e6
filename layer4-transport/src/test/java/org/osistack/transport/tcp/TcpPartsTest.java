package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Simulation;
import org.osistack.network.Ipv4Address;
import org.osistack.transport.TestNetwork;
import org.osistack.transport.TransportAddress;

/** The parts that a connection is made of, each by itself. */
class TcpPartsTest {
    private static final long MS = 1_000_000L;

    @Test
    void sequenceNumbersGoRound() {
        assertThat(SequenceNumber.isBefore(0xffff_fff0, 5)).isTrue();
        assertThat(SequenceNumber.isAfter(5, 0xffff_fff0)).isTrue();
        assertThat(SequenceNumber.isBefore(5, 5)).isFalse();
        assertThat(SequenceNumber.isWithin(3, -2, 6)).isTrue();
        assertThat(SequenceNumber.isWithin(4, -2, 6)).isFalse();
        assertThat(SequenceNumber.isWithin(-3, -2, 6)).isFalse();
    }

    @Test
    void theKeyedHashIsSipHash() { // the reference implementation's vector for 16 octets 00 01 … 0f
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)).isEqualTo(0x3f2acc7f57c29bdbL);
    }

    @Test
    void initialSequenceNumbersGrowFromOneConnectionToTheNext() { // RFC 6528
        IsnGenerator isns = new IsnGenerator(new SplittableRandom(1));
        Ipv4Address a = Ipv4Address.parse("10.0.0.1");
        Ipv4Address b = Ipv4Address.parse("10.0.0.2");
        long secret = isns.secretOf(a, 1, b, 2);
        assertThat(isns.secretOf(a, 1, b, 2)).isEqualTo(secret);
        assertThat(isns.secretOf(a, 1, b, 3)).isNotEqualTo(secret);
        assertThat(isns.secretOf(b, 1, a, 2)).isNotEqualTo(secret);
        assertThat(IsnGenerator.isn(secret, 1_000_000_000L) - IsnGenerator.isn(secret, 0))
                .isEqualTo(250_000);
    }

    @Test
    void theTimeOutFollowsTheRoundTrip() { // RFC 6298 §2
        RttEstimator rtt = new RttEstimator(200 * MS, 60_000 * MS);
        assertThat(rtt.rto()).isEqualTo(1000 * MS);
        rtt.measured(100 * MS);
        assertThat(rtt.rto()).isEqualTo((100 + 4 * 50) * MS);
        rtt.measured(100 * MS);
        assertThat(rtt.rto()).isEqualTo(100 * MS + 4 * 37_500_000L);
        for (int i = 0; i < 100; i++) {
            rtt.measured(100 * MS);
        }
        assertThat(rtt.rto()).isEqualTo(200 * MS);
        for (int i = 0; i < 20; i++) {
            rtt.backOff();
        }
        assertThat(rtt.rto()).isEqualTo(60_000 * MS);
        rtt.progressed();
        assertThat(rtt.rto()).isEqualTo(200 * MS);
    }

    @Test
    void theRingGivesBackWhatWasPutIn() {
        SplittableRandom random = new SplittableRandom(3);
        PduPool pool = new PduPool(0);
        SendBuffer buffer = new SendBuffer(new RingCache(), 20_000);
        byte[] all = new byte[2_000_000];
        random.nextBytes(all);
        int in = 0;
        int out = 0;
        while (out < all.length) {
            int length = Math.min(1 + random.nextInt(9000), all.length - in);
            if (length > 0 && buffer.fits(length)) {
                Pdu pdu = pool.take(length).append(all, in, length);
                buffer.append(pdu);
                pdu.release();
                in += length;
            }
            assertThat(buffer.length()).isEqualTo(in - out);
            int offset = random.nextInt(buffer.length());
            int count = 1 + random.nextInt(buffer.length() - offset);
            Pdu pdu = pool.take(count);
            buffer.copyTo(offset, count, pdu);
            assertThat(pdu.toByteArray()).isEqualTo(Arrays.copyOfRange(all, out + offset, out + offset + count));
            pdu.release();
            int discarded = 1 + random.nextInt(buffer.length());
            buffer.discard(discarded);
            out += discarded;
        }
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void textsInAnyOrderComeOutInOrder() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PduPool pool = new PduPool(0);
            MemoryBudget budget = new MemoryBudget(1 << 30);
            Reassembly reassembly = new Reassembly(budget, 1 << 30);
            int isn = random.nextInt();
            byte[] all = new byte[5000];
            random.nextBytes(all);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int next = 0;
            while (next < all.length) {
                int from = next + random.nextInt(Math.min(1500, all.length - next));
                int length = 1 + random.nextInt(Math.min(700, all.length - from));
                Pdu text = pool.take(length).append(all, from, length);
                if (from == next || reassembly.insert(isn + from, text) != Reassembly.Outcome.KEPT) {
                    if (from == next) {
                        out.write(all, next, length);
                        next += length;
                    }
                    text.release();
                }
                for (Pdu p = reassembly.poll(isn + next); p != null; p = reassembly.poll(isn + next)) {
                    out.writeBytes(p.toByteArray());
                    next += p.length();
                    p.release();
                }
                reassembly.acknowledged(isn + next);
                assertBlocksMakeSense(reassembly, isn + next);
            }
            assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(all);
            reassembly.clear();
            assertThat(budget.used()).isZero();
            assertThat(pool.outstanding()).isZero();
        }
    }

    private static void assertBlocksMakeSense(Reassembly reassembly, int rcvNxt) {
        List<Integer> seen = new ArrayList<>();
        for (int place = 0; place < reassembly.sackBlocks(); place++) {
            int block = reassembly.blockAt(place);
            assertThat(seen).doesNotContain(block);
            seen.add(block);
            assertThat(reassembly.leftOf(block) - rcvNxt).isPositive();
            assertThat(reassembly.rightOf(block) - reassembly.leftOf(block)).isPositive();
        }
        assertThat(reassembly.isEmpty()).isEqualTo(seen.isEmpty());
    }

    @Test
    void theScoreboardCountsRight() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Flight flight = new Flight();
            Rack rack = new Rack();
            int una = random.nextInt();
            int nxt = una;
            for (int step = 0; step < 500; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        int length = 1 + random.nextInt(1000);
                        flight.sent(nxt, nxt + length, step);
                        nxt += length;
                    }
                    case 3 -> {
                        una += nxt == una ? 0 : random.nextInt(Math.min(3000, nxt - una) + 1);
                        flight.acknowledge(una, rack, step);
                    }
                    case 4 -> {
                        int left = una + random.nextInt(nxt - una + 1);
                        flight.sacked(left, left + random.nextInt(nxt - left + 1), rack, step);
                    }
                    case 5 -> {
                        if (!flight.isEmpty()) {
                            flight.markLost(random.nextInt(flight.count()));
                        }
                    }
                    case 6 -> {
                        int lost = flight.firstLost();
                        if (lost >= 0) {
                            flight.retransmitted(lost, step);
                        }
                    }
                    default -> {
                        if (random.nextInt(20) == 0) {
                            flight.resegment(1 + random.nextInt(900));
                        } else if (random.nextInt(10) == 0) {
                            flight.unmarkLost();
                        }
                    }
                }
                assertCountsAreRight(flight, una, nxt);
            }
        }
    }

    private static void assertCountsAreRight(Flight flight, int una, int nxt) {
        int lost = 0;
        int sacked = 0;
        int firstLost = -1;
        int at = una;
        for (int i = 0; i < flight.count(); i++) {
            assertThat(flight.startOf(i)).isEqualTo(at);
            at = flight.endOf(i);
            lost += flight.isLost(i) ? flight.lengthOf(i) : 0;
            sacked += flight.isSacked(i) ? flight.lengthOf(i) : 0;
            firstLost = firstLost < 0 && flight.isLost(i) ? i : firstLost;
        }
        assertThat(at).isEqualTo(nxt);
        assertThat(flight.outstanding()).isEqualTo(nxt - una);
        assertThat(flight.lostOctets()).isEqualTo(lost);
        assertThat(flight.sackedOctets()).isEqualTo(sacked);
        assertThat(flight.pipe()).isEqualTo(nxt - una - lost - sacked);
        assertThat(flight.firstLost()).isEqualTo(firstLost);
    }

    @Test
    void theTableFindsEachConnectionAndNoOther() {
        Host host = new Simulation(1).newHost("host");
        TcpEntity tcp = new TcpEntity(host, new TestNetwork(host, "10.0.0.1"), TwoTcps.settings());
        ConnectionTable table = new ConnectionTable(99);
        Map<String, TcpConnection> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            TransportAddress local = new TransportAddress(Ipv4Address.of(1 + random.nextInt(2)), 1 + random.nextInt(8));
            TransportAddress remote = new TransportAddress(Ipv4Address.of(random.nextInt(8)), 1 + random.nextInt(8));
            TcpConnection found = table.find(local.host(), local.port(), remote.host(), remote.port());
            assertThat(found).isSameAs(model.get(local + " " + remote));
            if (found == null) {
                TcpConnection added = new TcpConnection(tcp, local, remote, null);
                table.add(added);
                model.put(local + " " + remote, added);
            } else if (random.nextBoolean()) {
                table.remove(found);
                table.remove(found);
                model.remove(local + " " + remote);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void bothAlgorithmsShrinkAndGrowAsTheyShould() {
        CongestionControl newReno = CongestionControl.Algorithm.NEWRENO.create();
        CongestionControl cubic = CongestionControl.Algorithm.CUBIC.create();
        for (CongestionControl c : new CongestionControl[] {newReno, cubic}) {
            c.begin(1000, 100_000);
            c.lossDetected(100_000, 0);
        }
        assertThat(newReno.cwnd()).isEqualTo(50_000);
        assertThat(cubic.cwnd()).isEqualTo(70_000);
        long now = 0;
        for (int trip = 0; trip < 10; trip++, now += 100 * MS) {
            for (int octets = newReno.cwnd(); octets > 0; octets -= 2000) {
                newReno.acknowledged(2000, false, 100 * MS, now);
            }
        }
        assertThat(newReno.cwnd()).isBetween(59_000, 61_000);
        int before = cubic.cwnd();
        for (now = 0; now < 4_217 * MS; now += 100 * MS) { // K = cbrt(100 * 0.3 / 0.4) = 4.217 s
            for (int octets = cubic.cwnd(); octets > 0; octets -= 2000) {
                cubic.acknowledged(2000, false, 100 * MS, now);
            }
            assertThat(cubic.cwnd()).isGreaterThanOrEqualTo(before);
            before = cubic.cwnd();
        }
        assertThat(cubic.cwnd()).isBetween(98_000, 102_000); // back at W_max
        cubic.timedOut(cubic.cwnd(), false, now);
        assertThat(cubic.cwnd()).isEqualTo(1000);
        cubic.undo();
        assertThat(cubic.cwnd()).isBetween(98_000, 102_000);
    }

    @Test
    void everyOptionHasAnEffectAndADescription() {
        TcpSettings defaults = TcpSettings.of(Options.none("tcp"));
        Map<String, String> others = Map.ofEntries(
                Map.entry("window", "1M"),
                Map.entry("sendbuffer", "1M"),
                Map.entry("mss", "1000"),
                Map.entry("wscale", "off"),
                Map.entry("timestamps", "off"),
                Map.entry("sack", "off"),
                Map.entry("nodelay", "off"),
                Map.entry("congestion", "cubic"),
                Map.entry("initialwindow", "3"),
                Map.entry("timeout", "10s"),
                Map.entry("connecttimeout", "10s"),
                Map.entry("rtomin", "1s"),
                Map.entry("rtomax", "2s"),
                Map.entry("delayedack", "0"),
                Map.entry("keep-alive", "10s"),
                Map.entry("timewait", "1s"),
                Map.entry("timewaits", "1"),
                Map.entry("backlog", "1"),
                Map.entry("connections", "1"),
                Map.entry("outoforder", "0"));
        assertThat(new TcpProvider().options().stream().map(OptionSpec::name))
                .containsExactlyInAnyOrderElementsOf(others.keySet());
        for (Map.Entry<String, String> option : others.entrySet()) {
            Options options = new Options("tcp", null, Map.of(option.getKey(), option.getValue()));
            assertThat(TcpSettings.of(options)).as(option.getKey()).isNotEqualTo(defaults);
        }
        Map<String, String> written = new HashMap<>();
        new TcpProvider()
                .options().stream()
                        .filter(o -> !o.defaultValue().isEmpty())
                        .forEach(o -> written.put(o.name(), o.defaultValue()));
        assertThat(TcpSettings.of(new Options("tcp", null, written))).isEqualTo(defaults);
        assertThatThrownBy(() -> TcpSettings.of(new Options("tcp", null, Map.of("rtomin", "2m"))))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> TcpSettings.of(new Options("tcp", null, Map.of("delayedack", "1s"))))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void tellsWhoeverWatches() {
        List<String> story = new ArrayList<>();
        Script tcp = new Script();
        tcp.host.observe(new Observer() {
            @Override
            public boolean isWatching() {
                return true;
            }

            @Override
            public void stateChanged(Origin origin, String from, String to, String cause) {
                story.add(origin.connection() + ": " + from + " → " + to + " (" + cause + ")");
            }

            @Override
            public void timerArmed(Origin origin, String timer, long nanos, String clause) {
                story.add("armed " + timer + " " + nanos / MS + " ms");
            }

            @Override
            public void timerExpired(Origin origin, String timer) {
                story.add("expired " + timer);
            }

            @Override
            public void timerStopped(Origin origin, String timer) {
                story.add("stopped " + timer);
            }

            @Override
            public void retransmitted(Origin origin, String what, String why) {
                story.add("again " + what + " (" + why + ")");
            }
        });
        tcp.established();
        tcp.sends(3);
        tcp.passes(300).acknowledgesAll();
        assertThat(story)
                .containsExactly(
                        "102 → 40000: CLOSED → SYN-RECEIVED (SYN)",
                        "armed retransmission 1000 ms",
                        "102 → 40000: SYN-RECEIVED → ESTABLISHED (ACK of SYN)",
                        "stopped retransmission",
                        "armed retransmission 300 ms",
                        "expired retransmission",
                        "again seq 1, 3 octets (time-out)",
                        "armed retransmission 600 ms",
                        "stopped retransmission");
        tcp.ignoreSent();
        assertThat(tcp.tcp.endpoints().get(1).toString())
                .contains("state=ESTABLISHED", "local=10.0.0.1:102", "remote=10.0.0.2:40000", "retransmissions=1");
        assertThat(tcp.tcp.counters()).containsEntry("tcpPassiveOpens", 1L).containsEntry("tcpCurrEstab", 1L);
        tcp.end();
    }
}
