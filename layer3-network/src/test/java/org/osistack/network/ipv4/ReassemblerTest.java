package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;

class ReassemblerTest {
    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final List<String> timedOut = new ArrayList<>();
    private final Reassembler reassembler = new Reassembler(host, first -> timedOut.add(first.toString()));

    @AfterEach
    void noPduLeaks() {
        time.run(Duration.ofNanos(Reassembler.TIMEOUT_NANOS));
        assertThat(reassembler.memory()).isZero();
        assertThat(host.pool().outstanding()).isZero();
    }

    static Stream<List<Integer>> orders() {
        List<List<Integer>> orders = new ArrayList<>();
        permute(new ArrayList<>(), orders);
        return orders.stream();
    }

    private static void permute(List<Integer> begin, List<List<Integer>> orders) {
        if (begin.size() == 4) {
            orders.add(List.copyOf(begin));
            return;
        }
        for (int i = 0; i < 4; i++) {
            if (!begin.contains(i)) {
                begin.add(i);
                permute(begin, orders);
                begin.remove(begin.size() - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void putsFourFragmentsTogetherInAnyOrder(List<Integer> order) {
        byte[] data = Octets.counting(100);
        int[] bounds = {0, 24, 48, 88, 100};
        String whole = null;
        for (int i : order) {
            assertThat(whole).isNull();
            whole = add(Octets.datagram()
                    .fragment(bounds[i], i < 3)
                    .with(Arrays.copyOfRange(data, bounds[i], bounds[i + 1])));
        }
        assertThat(whole).isEqualTo(hex(Octets.datagram().with(data)));
        assertThat(reassembler.memory()).isZero();
        assertThat(reassembler.reassembled()).isOne();
        assertThat(reassembler.fragmentsReceived()).isEqualTo(4);
    }

    @Test
    void keepsTheHeaderAndOptionsOfTheFirstFragment() {
        byte[] first = Octets.datagram()
                .options("0707040000000001")
                .typeOfService(4)
                .ttl(9)
                .fragment(0, true)
                .with(Octets.counting(8));
        assertThat(add(Octets.datagram().fragment(8, false).with("aabb"))).isNull();
        String whole = add(first);
        assertThat(whole)
                .isEqualTo(hex(Octets.datagram()
                        .options("0707040000000001")
                        .typeOfService(4)
                        .ttl(9)
                        .with("0001020304050607 aabb")));
    }

    @Test
    void tellsDatagramsApartBySourceDestinationIdentificationAndProtocol() {
        List<Octets> datagrams = List.of(
                Octets.datagram(),
                Octets.datagram().from(0x0a000003),
                Octets.datagram().id(0x1235),
                Octets.datagram().protocol(6),
                Octets.datagram().to(0x0a0000ff));
        for (Octets one : datagrams) {
            assertThat(add(one.fragment(0, true).with(Octets.counting(24)))).isNull();
        }
        for (Octets one : datagrams) {
            assertThat(add(one.fragment(24, false).with("11"))).isNotNull();
        }
    }

    @Test
    void ignoresTheExactRepetitionOfAFragment() {
        byte[] first = Octets.datagram().fragment(0, true).with(Octets.counting(16));
        byte[] last = Octets.datagram().fragment(16, false).with("1111");
        assertThat(add(last)).isNull();
        assertThat(add(last)).isNull();
        assertThat(add(first)).isNotNull();
        assertThat(discarded(Discard.DUPLICATE)).isOne();
        assertThat(discarded(Discard.OVERLAP)).isZero();
    }

    static Stream<Overlap> overlaps() {
        return Stream.of(
                new Overlap("same place, other octets", 8, true, "ffffffffffffffff"),
                new Overlap("same place, longer", 8, true, "08090a0b0c0d0e0f1011121314151617"),
                new Overlap("covers the end of one", 0, true, "000102030405060708090a0b0c0d0e0f"),
                new Overlap("behind the end", 32, true, "1111111111111111"),
                new Overlap("last, but others were behind", 16, false, "11"),
                new Overlap("another end", 24, false, "18191a1b"),
                new Overlap("the last one, but more follow", 24, true, "18191a1b1c1d1e1f"));
    }

    record Overlap(String name, int offset, boolean more, String data) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("overlaps")
    void throwsTheWholeDatagramAwayWhenAFragmentContradictsAnother(Overlap overlap) {
        add(Octets.datagram().fragment(0, true).with(Octets.counting(8)));
        add(Octets.datagram().fragment(8, true).with(Arrays.copyOfRange(Octets.counting(32), 8, 16)));
        add(Octets.datagram().fragment(24, false).with(Arrays.copyOfRange(Octets.counting(32), 24, 32)));
        assertThat(add(Octets.datagram()
                        .fragment(overlap.offset(), overlap.more())
                        .with(overlap.data())))
                .isNull();
        assertThat(discarded(Discard.OVERLAP)).isEqualTo(4);
        assertThat(reassembler.memory()).isZero();
        // and what is still to come of it
        assertThat(add(Octets.datagram().fragment(0, true).with(Octets.counting(24))))
                .isNull();
        assertThat(add(Octets.datagram().fragment(24, false).with("1111"))).isNull();
        assertThat(discarded(Discard.OVERLAP)).isEqualTo(6);
        time.run(Duration.ofSeconds(31));
        assertThat(timedOut).isEmpty();
        // but not another datagram that has the same identification later
        assertThat(add(Octets.datagram().fragment(0, true).with(Octets.counting(24))))
                .isNull();
        assertThat(add(Octets.datagram().fragment(24, false).with("1111"))).isNotNull();
    }

    @Test
    void discardsFragmentsThatNoHonestSenderMakes() {
        add(Octets.datagram().fragment(0, true).with("11"));
        add(Octets.datagram().fragment(0, true).with(""));
        add(Octets.datagram().fragment(8, false).with(""));
        assertThat(discarded(Discard.BAD_LENGTH)).isEqualTo(3);
        add(Octets.datagram().fragment(65_528, false).with(Octets.counting(8))); // "ping of death"
        add(Octets.datagram().fragment(65_512, false).with(Octets.counting(4)));
        assertThat(discarded(Discard.TOO_LONG)).isEqualTo(2);
        add(Octets.datagram().protocol(6).fragment(8, true).with(Octets.counting(8))); // RFC 1858
        assertThat(discarded(Discard.BAD_FIELD)).isOne();
        assertThat(reassembler.memory()).isZero();
    }

    @Test
    void putsTheLongestDatagramTogetherAndNoLongerOne() {
        byte[] data = Octets.counting(65_515);
        String whole = null;
        for (int at = 0; at < data.length; at += 1480) {
            int end = Math.min(at + 1480, data.length);
            whole = add(Octets.datagram().fragment(at, end < data.length).with(Arrays.copyOfRange(data, at, end)));
        }
        assertThat(whole).isEqualTo(hex(Octets.datagram().with(data)));
        assertThat(add(Octets.datagram().options("01010101").fragment(0, true).with(Octets.counting(1480))))
                .isNull();
        for (int at = 1480; at < data.length; at += 1480) {
            int end = Math.min(at + 1480, data.length);
            assertThat(add(Octets.datagram().fragment(at, end < data.length).with(Arrays.copyOfRange(data, at, end))))
                    .isNull();
        }
        assertThat(discarded(Discard.TOO_LONG)).isEqualTo(45);
    }

    @Test
    void givesUpAfter30SecondsAndTellsWhoSentTheFirstFragment() {
        byte[] first = Octets.datagram().fragment(0, true).with(Octets.counting(16));
        add(Octets.datagram().fragment(16, true).with(Octets.counting(16)));
        time.run(Duration.ofSeconds(10));
        add(first);
        add(Octets.datagram().id(9).fragment(16, true).with(Octets.counting(16)));
        time.run(Duration.ofMillis(19_999));
        assertThat(timedOut).isEmpty();
        assertThat(reassembler.memory()).isPositive();
        time.run(Duration.ofMillis(1));
        assertThat(timedOut).containsExactly(hex(first));
        assertThat(discarded(Discard.REASSEMBLY_TIMEOUT)).isEqualTo(2);
        time.run(Duration.ofSeconds(10));
        assertThat(discarded(Discard.REASSEMBLY_TIMEOUT)).isEqualTo(3);
        assertThat(timedOut).hasSize(1); // of the other datagram the first fragment never came
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void makesRoomForNewDatagramsWhenThereAreTooMany() {
        for (int id = 0; id < 1000; id++) {
            add(Octets.datagram().id(id).fragment(0, true).with(Octets.counting(8)));
        }
        assertThat(host.pool().outstanding()).isEqualTo(Reassembler.MAX_DATAGRAMS);
        assertThat(discarded(Discard.OVER_LIMIT)).isEqualTo(1000 - Reassembler.MAX_DATAGRAMS);
        assertThat(add(Octets.datagram().id(999).fragment(8, false).with("11"))).isNotNull();
        assertThat(add(Octets.datagram().id(0).fragment(8, false).with("11"))).isNull();
    }

    @Test
    void neverHoldsMoreOctetsThanItsLimit() {
        for (int i = 0; i < 5000; i++) {
            int id = i % 20;
            add(Octets.datagram().id(id).fragment(8 * (1 + i / 20), true).with(Octets.counting(8)));
            assertThat(reassembler.memory()).isLessThanOrEqualTo(Reassembler.MAX_OCTETS);
        }
        assertThat(discarded(Discard.OVER_LIMIT)).isPositive();
    }

    @Test
    void agreesWithASimpleModelOnFragmentsAtRandom() {
        Random random = new Random(6);
        int wholes = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] data = new byte[40];
            random.nextBytes(data);
            boolean[] have = new boolean[5]; // units of 8 octets
            String whole = null;
            for (int i = 0; i < 6 && whole == null; i++) {
                int from = random.nextInt(5);
                int to = from + 1 + random.nextInt(Math.min(2, 5 - from));
                boolean clash = false;
                boolean all = true;
                for (int unit = 0; unit < 5; unit++) {
                    boolean inside = unit >= from && unit < to;
                    clash |= inside && have[unit];
                    all &= inside || have[unit];
                }
                if (clash) {
                    break; // duplicates and overlaps have their own tests
                }
                Arrays.fill(have, from, to, true);
                whole = add(Octets.datagram()
                        .id(round)
                        .fragment(8 * from, to < 5)
                        .with(Arrays.copyOfRange(data, 8 * from, 8 * to)));
                assertThat(whole != null).isEqualTo(all);
            }
            if (whole != null) {
                wholes++;
                assertThat(whole).isEqualTo(hex(Octets.datagram().id(round).with(data)));
            }
        }
        assertThat(wholes).isGreaterThan(100);
    }

    private String add(byte[] fragment) {
        Pdu whole =
                reassembler.add(host.pool().takeForReceiving(fragment.length).append(fragment));
        if (whole == null) {
            return null;
        }
        assertThat(Ipv4Header.fault(whole)).isNull();
        String text = whole.toString();
        whole.release();
        return text;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private long discarded(Discard reason) {
        return host.discards(3, "IPv4").count(reason);
    }
}
