package org.osistack.application.file;

/** What a client tells its user: how far it is, and once how it has ended. */
final class ClientReport {
    private final TransferListener listener;
    private final Runnable onProgress;
    private boolean isOver;
    private long confirmed; // octets that are secured at the other side

    /** @param onProgress is run when more is secured than before */
    ClientReport(TransferListener listener, Runnable onProgress) {
        this.listener = listener;
        this.onProgress = onProgress;
    }

    TransferListener listener() {
        return listener;
    }

    /** How far what is sent is. */
    void progress(long nowConfirmed, long sent) {
        if (nowConfirmed > confirmed) {
            onProgress.run();
        }
        confirmed = nowConfirmed;
        listener.confirmed(nowConfirmed);
        listener.progress(sent);
    }

    /** How far what arrives is. */
    void progress(long octets) {
        onProgress.run();
        listener.progress(octets);
    }

    /** Whether the user knows how it has ended. */
    boolean isOver() {
        return isOver;
    }

    void stored(long items, long octets) {
        if (!isOver) {
            isOver = true;
            listener.stored(items, octets);
        }
    }

    void failed(String why) {
        if (!isOver) {
            isOver = true;
            listener.failed(why);
        }
    }

    /** It has ended for now. */
    void suspended(String why) {
        failed(confirmed == 0 ? why : String.format("%s; %,d octets are safe there", why, confirmed));
    }
}
