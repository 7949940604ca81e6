package org.osistack.application.bank;

import java.time.InstantSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.AssociationService;
import org.osistack.application.rose.ApduMeter;
import org.osistack.application.rose.AssociationClass;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseSettings;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.core.Host;

/** What the two sides of the bank have in common. */
final class BankApplication {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("bank", 4, 4004);
    /** The longest name of an account, in UTF-16 units. */
    static final int MAX_NAME = 64;
    /** The longest text: an owner, a reference. */
    static final int MAX_TEXT = 140;
    /** The most that is paid in or out at once, and the most that an account holds, in cents. */
    static final long MAX_AMOUNT = 1_000_000_000_000_000L;
    /** The longest statement. */
    static final int MAX_ENTRIES = 500;

    private static final int MAX_APDU = 256 * 1024; // octets: the longest statement is shorter
    /** A memory of 60 s: a cut of the cable is survived on the same association, and what is longer on a new one. */
    private static final long RECOVERY_NANOS = 60_000_000_000L;

    private BankApplication() {}

    /**
     * Remote operations by reliable transfer.
     *
     * <p>RTSE's log is in memory on purpose. After a crash the association begins anew, and the client repeats the request
     * that it has in its {@link Journal}: the bank knows it again by the number, which is kept with the accounts. A
     * transfer that were continued after the crash could bring no more than that, for the answer to it may have been lost.
     */
    static RoseService operations(Host host, AssociationService associations, InstantSource clock, ApduMeter meter) {
        RtseSettings settings = RtseSettings.USUAL.withRecovery(RECOVERY_NANOS);
        RtseService transfers = new RtseService(host, associations, new MemoryTransferLog(), settings, clock);
        return RoseService.over(host, transfers, meter);
    }

    /** The limits of either side: the client alone invokes. */
    static RoseSettings settings(long firstInvokeId) {
        RoseSettings usual = RoseSettings.of(AssociationClass.INITIATOR_INVOKES);
        return new RoseSettings(usual.associationClass(), 1, 8, usual.maxRejects(), MAX_APDU, firstInvokeId);
    }

    /** Whether a text from a person or a peer is one that can be kept and shown. */
    static boolean isText(String text, int minLength, int maxLength) {
        return text.length() >= minLength
                && text.length() <= maxLength
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Cents as a person writes them: {@code 12.50}. */
    static String money(long cents) {
        long whole = Math.abs(cents);
        return (cents < 0 ? "-" : "") + whole / 100 + "." + (whole / 10) % 10 + whole % 10;
    }
}
