package org.osistack.application.bank;

import java.time.InstantSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.AssociationService;
import org.osistack.application.rose.AssociationClass;
import org.osistack.application.rose.RoseSettings;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.application.rtse.TransferLog;
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
    static final long RECOVERY_NANOS = 60_000_000_000L;

    private BankApplication() {}

    /**
     * Reliable transfer for remote operations. What is remembered of it is in the bank's books and the client's journal: so
     * an answer is safe together with the note that its order has arrived, and a process that begins anew goes on.
     *
     * @param log remembers it
     */
    static RtseService transfers(Host host, AssociationService associations, InstantSource clock, TransferLog log) {
        return new RtseService(host, associations, log, RtseSettings.USUAL.withRecovery(RECOVERY_NANOS), clock);
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
