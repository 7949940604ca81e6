package org.osistack.application.shell;

/**
 * Where a client is in what its server says: behind which synchronization point, and how many APDUs. After a cut the server
 * begins again behind that point, so what was taken beyond it is counted off.
 */
final class Place {
    private long point = ShellApdu.NOTHING_SEEN;
    private int apdus; // that were taken behind it
    private long octets; // of output in them
    private int toSkip; // before the next one is new
    private long skippedOctets;

    /** The last point that was passed; {@link ShellApdu#NOTHING_SEEN} before there is one. */
    long point() {
        return point;
    }

    /** Octets of output that were taken behind the point. */
    long octets() {
        return octets;
    }

    /** Octets of output that came again and were skipped, in all. */
    long skippedOctets() {
        return skippedOctets;
    }

    /** A point has come. */
    void pass(long number) {
        point = number;
        apdus = 0;
        octets = 0;
        toSkip = 0;
    }

    /**
     * The server goes on behind a point on a new association. If that is beyond ours, what lay between was abandoned.
     *
     * @return whether we can go on there
     */
    boolean resume(long from) {
        if (from < point) {
            return false;
        } else if (from == point) {
            toSkip = apdus;
        } else {
            pass(from);
        }
        return true;
    }

    /** For a trace. */
    @Override
    public String toString() {
        return "the screen goes on behind point " + point
                + (toSkip == 0 ? "" : ", of which " + toSkip + " APDUs are there already");
    }

    /** An APDU has come; whether it is new. */
    boolean take(ShellApdu apdu) {
        int length = apdu instanceof ShellApdu.Output output ? output.octets().length() : 0;
        boolean isNew = toSkip == 0;
        if (isNew) {
            apdus++;
            octets += length;
        } else {
            toSkip--;
            skippedOctets += length;
        }
        return isNew;
    }
}
