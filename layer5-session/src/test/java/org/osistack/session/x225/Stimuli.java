package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.TokenSetting;

/**
 * What a peer may send to a machine: each kind of SPDU, with serial numbers and tokens about those that the machine
 * has, so that some of them fit its state and some do not.
 */
final class Stimuli {
    private static final String CONNECT_OF_NO_VERSION = "0d 0c 05 06 13 01 00 16 01 04 14 02 00 02";

    private final SplittableRandom random;

    Stimuli(SplittableRandom random) {
        this.random = random;
    }

    /**
     * One TSDU.
     *
     * @param spdu the last SPDU that it holds; null if it is not well-formed
     * @param information whether it holds user information
     */
    record Stimulus(Octets tsdu, boolean expedited, Spdu spdu, boolean information) {
        @Override
        public String toString() {
            return tsdu + (expedited ? " expedited" : "");
        }
    }

    private static final PduPool POOL = new PduPool(0);
    private static final Map<String, Stimulus> KNOWN = new HashMap<>();

    private static Stimulus stimulus(String hex, boolean expedited) {
        return KNOWN.computeIfAbsent(hex + expedited, key -> {
            Octets tsdu = hex.isEmpty() ? Octets.EMPTY : Samples.hex(hex);
            Pdu pdu = Samples.pdu(POOL, tsdu);
            Tsdu read = Tsdu.read(pdu, false);
            pdu.release();
            List<Spdu> spdus = read.spdus();
            return new Stimulus(
                    tsdu,
                    expedited,
                    read.isWellFormed() ? spdus.get(spdus.size() - 1) : null,
                    tsdu.length() > read.headerLength());
        });
    }

    List<Stimulus> all(Variables v, int units, int setting, boolean expedited) {
        List<Stimulus> all = new ArrayList<>();
        for (String hex : List.of(
                "0d 1b" + connect(units, setting).substring(5) + " 3c 01 01 c2 04 41 42 43 44",
                CONNECT_OF_NO_VERSION,
                connect(units, setting),
                accept(units, setting),
                "10 03 16 01 02",
                "0f 07 19 01 00 c1 02 41 42",
                "0f 07 19 01 02 c1 02 41 42",
                "0c 06 11 01 01 32 01 02",
                "0c 06 11 01 00 32 01 02",
                "09 03 11 01 01",
                "09 03 11 01 00",
                "0a 00",
                "08 00",
                "19 03 11 01 03",
                "19 03 11 01 02",
                "19 03 11 01 05",
                "1a 00",
                "01 00 01 00 41",
                "21 00 41",
                "05 00 41",
                "07 03 18 01 02",
                "15 00",
                "16 00",
                "01 00 2d 04 29 02 30 31",
                "01 00 1d 0c 21 06 29 01 30 2a 01 35 29 02 30 32",
                "01 00 1d 0f 21 09 29 01 30 2a 01 35 36 01 34 29 02 30 32",
                "01 00 19 03 32 01 03",
                "02 00 1a 00",
                "01 00 39 03 32 01 05",
                "02 00 3a 00",
                "01 00 3d 00",
                "02 00 3e 00",
                "02 00 30 03 32 01 80",
                "02 00 00 00",
                "63 00",
                "")) {
            add(all, hex);
        }
        for (int tokens : new int[] {0x01, 0x04, 0x10, 0x40, 0x05, 0x55, 0x54}) {
            add(all, "01 03 10 01 %02x".formatted(tokens));
            add(all, "02 03 10 01 %02x".formatted(tokens));
        }
        long[] numbers = v.isSymmetric()
                ? new long[] {
                    v.receiving.next, v.receiving.next - 1, v.sending.next - 1, v.sending.next, v.sending.unconfirmed, 5
                }
                : new long[] {v.vm, v.vm - 1, v.vm + 1, v.va, v.vr, v.vr - 1, v.vrspnb, 5};
        for (long number : numbers) {
            if (number >= 0) {
                String digits = "2a 01 " + "3" + number % 10; // numbers stay small here
                if (number < 10) {
                    add(all, "01 00 31 03 " + digits);
                    add(all, "01 00 31 06 0f 01 01 " + digits);
                    add(all, "01 00 31 06 0f 01 02 " + digits);
                    add(all, "02 00 32 03 " + digits);
                    add(all, "01 00 29 06 0f 01 01 " + digits);
                    add(all, "01 00 29 03 " + digits);
                    add(all, "02 00 2a 03 " + digits);
                    for (int type = 0; type < 3; type++) {
                        int wanted = new Whims(random).setting(v.available()).bits();
                        add(all, "01 00 35 09 1a 01 %02x 1b 01 0%d ".formatted(wanted, type) + digits);
                    }
                    add(all, "02 00 22 06 1a 01 %02x ".formatted(decided(v.vrspSetting)) + digits);
                }
            }
        }
        if (v.isSymmetric()) {
            addOfBothFlows(all, v);
        }
        if (expedited) {
            for (String hex : List.of(
                    "05 00 41",
                    "07 03 18 01 01",
                    "07 03 18 01 02",
                    "07 03 18 01 03",
                    "07 03 18 01 04",
                    "07 03 18 01 05",
                    "19 03 11 01 03",
                    "19 03 11 01 05",
                    "1a 00",
                    "01 00 01 00 41",
                    "05 00")) {
                all.add(stimulus(hex, true));
            }
        }
        return all;
    }

    /** SPDUs with two serial numbers: the first is that of the flow that the peer sends, but of the point in MAA. */
    private void addOfBothFlows(List<Stimulus> all, Variables v) {
        long[][] pairs = {
            {v.receiving.next, v.sending.next},
            {v.receiving.restart, v.sending.restart},
            {v.receiving.resyncNumber, v.sending.resyncNumber},
            {v.sending.next - 1, v.receiving.next},
            {v.sending.next, v.receiving.next},
            {5, 3}
        };
        for (long[] pair : pairs) {
            if (pair[0] >= 0 && pair[0] < 10 && pair[1] >= 0 && pair[1] < 10) {
                String first = "2a 01 3" + pair[0];
                String second = " 36 01 3" + pair[1];
                add(all, "02 00 2a 06 " + first + second);
                for (int type = 0; type < 3; type++) {
                    int wanted = new Whims(random).setting(v.available()).bits();
                    int other = random.nextInt(3) == 0 ? random.nextInt(3) : type;
                    add(
                            all,
                            "01 00 35 0f 1a 01 %02x 1b 01 0%d ".formatted(wanted, type) + first + " 35 01 0" + other
                                    + second);
                }
                add(all, "02 00 22 09 1a 01 %02x ".formatted(decided(v.vrspSetting)) + first + second);
            }
        }
    }

    private static void add(List<Stimulus> all, String hex) {
        all.add(stimulus(hex, false));
    }

    private static int decided(int setting) {
        return new TokenSetting(setting & 0x55).bits(); // what is left to this side goes to the initiator
    }

    static String connect(int units, int setting) {
        return "0d 12 05 0c 13 01 00 16 01 02 17 01 31 1a 01 %02x 14 02 %04x".formatted(setting, units);
    }

    static String accept(int units, int setting) {
        return "0e 12 05 0c 13 01 00 16 01 02 17 01 31 1a 01 %02x 14 02 %04x".formatted(setting, units);
    }

    /** The event that a stimulus is to that machine, whose variables of the event are set as it would set them. */
    static Event event(Bench bench, Stimulus stimulus) {
        Spdu spdu = stimulus.spdu;
        if (spdu == null) {
            return Event.INVALID;
        }
        boolean allowed = switch (spdu.type()) {
            case EX -> stimulus.expedited && stimulus.information;
            case PR -> stimulus.expedited;
            case AB, AA -> true;
            default -> !stimulus.expedited;
        };
        return allowed ? bench.machine.receiver().eventOf(spdu) : Event.INVALID;
    }
}
