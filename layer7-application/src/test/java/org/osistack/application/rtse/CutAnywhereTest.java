package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osistack.core.Octets;

/**
 * The wire is cut before each thing that crosses it: both sides end with equal content, once, whoever hears of the cut
 * first, and however often it happens.
 */
class CutAnywhereTest {
    private static final int UNIT = 1024;
    private static final int HEADER = 4; // octets, of a full RTTR
    private static final int WINDOW = 3;
    private static final RtseSettings SETTINGS =
            new RtseSettings(1, WINDOW, 60_000_000_000L, 100_000_000, 2_000_000_000, 30, 30_000_000_000L);

    /** How the sides hear of a cut. */
    enum Notice {
        BOTH_AT_ONCE(0, 0),
        CALLER_FIRST(0, 5_000),
        CALLED_FIRST(5_000, 0);

        private final long[] millis;

        Notice(long caller, long called) {
            millis = new long[] {caller, called};
        }

        void apply(Lab lab) {
            lab.net.noticeNanos = new long[] {millis[0] * 1_000_000, millis[1] * 1_000_000};
        }
    }

    /** A dialogue with transfers in both directions. */
    private static final class Scenario {
        final Lab lab;
        final List<Lab.Source> sources = new ArrayList<>();
        final Octets first;
        final Octets second = Lab.apdu(700, 2);
        final Octets third = Lab.apdu(4 * UNIT, 3);

        Scenario(long seed, int length) {
            lab = new Lab(seed, SETTINGS, SETTINGS);
            first = Lab.apdu(length, 1);
        }

        /** Alice sends two APDUs and gives the turn when asked; bob sends one, and gives it back; alice closes. */
        void run() {
            lab.caller = new Lab.User() {
                @Override
                public void openConfirm(ReliableTransfer newTransfer, Octets userData) {
                    super.openConfirm(newTransfer, userData);
                    send(this, first);
                }

                @Override
                public void openRefused(String reason, Octets userData) {
                    super.openRefused(reason, userData);
                    transfer = lab.calling.openRequest(Lab.request(DialogueMode.TWO_WAY_ALTERNATE, true), this);
                }

                @Override
                public void transferConfirm(TransferSource source, boolean transferred) {
                    super.transferConfirm(source, transferred);
                    if (confirmed.size() == 1) {
                        send(this, second);
                    } else {
                        transfer.turnGiveRequest();
                    }
                }

                @Override
                public void turnGiveIndication() {
                    super.turnGiveIndication();
                    transfer.closeRequest(Octets.EMPTY);
                }
            };
            lab.called.detach(Lab.CONTEXT);
            lab.callee = new Lab.User() {
                @Override
                public void turnGiveIndication() {
                    super.turnGiveIndication();
                    send(this, third);
                }

                @Override
                public void transferConfirm(TransferSource source, boolean transferred) {
                    super.transferConfirm(source, transferred);
                    transfer.turnGiveRequest();
                }
            };
            lab.called.attach(Lab.CONTEXT, lab.callee);
            lab.caller.transfer =
                    lab.calling.openRequest(Lab.request(DialogueMode.TWO_WAY_ALTERNATE, true), lab.caller);
            lab.run(Duration.ofMinutes(5));
        }

        private void send(Lab.User user, Octets apdu) {
            Lab.Source source = new Lab.Source(apdu);
            sources.add(source);
            user.transfer.transferRequest(source, Lab.LONG);
        }

        void check(int cuts) {
            String story = String.join("\n", lab.net.log);
            assertThat(lab.callee.received).as(story).containsExactly(first, second);
            assertThat(lab.caller.received).as(story).containsExactly(third);
            assertThat(lab.caller.confirmed).as(story).containsExactly(true, true);
            assertThat(lab.callee.confirmed).as(story).containsExactly(true);
            assertThat(lab.caller.heard).as(story).filteredOn("turn"::equals).hasSize(1);
            assertThat(lab.callee.heard).as(story).filteredOn("turn"::equals).hasSize(1);
            for (Lab.Source source : sources) {
                assertThat(source.octetsRead - source.length())
                        .as(story)
                        .isLessThanOrEqualTo((long) cuts * (WINDOW + 2) * UNIT); // one of them is only read ahead
            }
            assertThat(lab.net.octetsSent - lengthsWithHeaders())
                    .as(story)
                    .isLessThanOrEqualTo((long) cuts * (WINDOW + 1) * (UNIT + HEADER));
            assertThat(lab.outstanding()).isZero();
        }

        private long lengthsWithHeaders() {
            long octets = 0;
            for (Octets apdu : List.of(first, second, third)) {
                octets += apdu.length() + (long) HEADER * (apdu.length() / UNIT);
                int rest = apdu.length() % UNIT;
                octets += rest == 0 ? 0 : HEADER;
            }
            return octets;
        }
    }

    @ParameterizedTest
    @EnumSource(Notice.class)
    void everyCutEndsWithEqualContentOnce(Notice notice) {
        Scenario whole = new Scenario(1, 10_000);
        whole.run();
        whole.check(0);
        int deliveries = whole.lab.net.deliveries;
        assertThat(deliveries).isGreaterThan(50);
        int beforeRelease = deliveries - 3; // a cut in the release loses nothing, and has no more to recover

        for (int cut = 0; cut < beforeRelease; cut++) {
            Scenario scenario = new Scenario(1, 10_000);
            notice.apply(scenario.lab);
            scenario.lab.net.cutAfter = cut;
            scenario.run();
            scenario.check(1);
            assertThat(scenario.lab.caller.heard).endsWith("closed 0c0162");
            assertThat(scenario.lab.aliceLog.all()).isEmpty();
            assertThat(scenario.lab.bobLog.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Notice.class)
    void aCutInTheReleaseLosesNothing(Notice notice) {
        Scenario whole = new Scenario(1, 3000);
        whole.run();
        for (int cut = whole.lab.net.deliveries - 3; cut < whole.lab.net.deliveries; cut++) {
            Scenario scenario = new Scenario(1, 3000);
            notice.apply(scenario.lab);
            scenario.lab.net.cutAfter = cut;
            scenario.run();
            scenario.check(1);
        }
    }

    @Test
    void theRecoveryMayBeCutAnywhereToo() {
        for (int first = 12; first < 40; first += 4) {
            for (int second = 0; second < 24; second++) {
                Scenario scenario = new Scenario(1, 10_000);
                scenario.lab.net.cutAfter = first;
                scenario.lab.net.cutAgainAfter = second;
                scenario.run();
                scenario.check(2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 33", "3, 50", "4, 75"})
    void manyCutsAtRandomEndWithEqualContentOnce(long seed, int oneIn) {
        for (int run = 0; run < 60; run++) {
            Scenario scenario = new Scenario(seed * 1000 + run, 40_000);
            scenario.lab.net.cutOneIn = oneIn;
            scenario.lab.net.putOffOneIn = 5;
            scenario.lab.net.downNanos = 300_000_000;
            Notice.values()[run % 3].apply(scenario.lab);
            scenario.run();
            scenario.check(scenario.lab.net.cuts);
        }
    }
}
