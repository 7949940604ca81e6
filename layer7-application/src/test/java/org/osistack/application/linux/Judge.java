package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Verdict;

/** Asserts that nothing is wrong with what was captured, and says what tshark warns of for no reason. */
final class Judge {
    private Judge() {}

    /** Stop the capture and judge it. */
    static void assertNothingWrong(Capture capture, String... tsharkOptions) {
        assertNothingWrong(capture.stopAndJudge(tsharkOptions));
    }

    /** Judge what may happen in any test; a test that provokes more has excused that already. */
    static void assertNothingWrong(Verdict verdict) {
        verdict.excuse("DNS query retransmission", "multicast DNS asks three times alike (RFC 6762 §8.1)")
                .excuse("DNS response retransmission", "multicast DNS announces at least twice (RFC 6762 §8.3)")
                .excuse("D-SACK Sequence", "a busy machine answers later than a tail loss probe waits (RFC 8985 §7.2)")
                .excuse("window specified by the receiver is now completely full", "its application is the slower one")
                .excuse("TCP Zero Window", "as above")
                .excuse("ACKed segment that wasn't captured", "a busy machine's capture has holes; the hashes tell")
                .excuse("Previous segment(s) not captured", "as above")
                .excuse("Checksum 0xffff instead of 0x0000", "Linux writes zero so; ours never does (RFC 1624)");
        if (!verdict.findings().isEmpty()) {
            assertThat(verdict.findings())
                    .as("what tshark says of " + keep(verdict.capture()))
                    .isEmpty();
        }
    }

    /** For whoever looks for the reason. */
    private static Path keep(Path capture) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "captures"));
            return Files.copy(capture, folder.resolve(capture.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
