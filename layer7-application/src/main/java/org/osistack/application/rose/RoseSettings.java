package org.osistack.application.rose;

/**
 * The limits of one side.
 *
 * @param associationClass who may invoke
 * @param maxInvoked how many invocations of this side may be open
 * @param maxPerformed how many invocations of the peer may be open; what is beyond is rejected
 * @param maxRejects how many APDUs of the peer may be unreadable before the association is aborted
 * @param maxApduLength the longest APDU that is taken by reliable transfer, in octets
 * @param firstInvokeId of this side; with operations of classes 3 to 5 it should grow from association to association, so
 *     that the peer knows repeated invocations again (X.219 annex B)
 */
public record RoseSettings(
        AssociationClass associationClass,
        int maxInvoked,
        int maxPerformed,
        int maxRejects,
        int maxApduLength,
        long firstInvokeId) {
    /** The usual limits. */
    public static RoseSettings of(AssociationClass associationClass) {
        return new RoseSettings(associationClass, 256, 256, 8, 1 << 20, 1);
    }

    /** The same with another first invoke id. */
    public RoseSettings from(long newFirstInvokeId) {
        return new RoseSettings(
                associationClass, maxInvoked, maxPerformed, maxRejects, maxApduLength, newFirstInvokeId);
    }
}
