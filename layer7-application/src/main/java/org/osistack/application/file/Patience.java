package org.osistack.application.file;

import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Timer;

/** How long a lost server is looked for: some time, and not again and again if nothing arrives in between. */
final class Patience {
    private static final int MAX_FRUITLESS = 20;

    private final Host host;
    private final long nanos;
    private final String server;
    private final Consumer<String> onEnd;
    private final Timer timer;
    private String trouble = ""; // by which the server was lost
    private int fruitless; // losses without progress between them

    /** @param onEnd hears why there is none left; never while this is called */
    Patience(Host host, long nanos, String server, Consumer<String> onEnd) {
        this.host = host;
        this.nanos = nanos;
        this.server = server;
        this.onEnd = onEnd;
        this.timer = host.newTimer(this::giveUp);
    }

    private void giveUp() {
        onEnd.accept("gave up to look for " + server + (trouble.isEmpty() ? "" : " (" + trouble + ")"));
    }

    /** The server is to be reached from now on. */
    void begin() {
        timer.armNoLaterThan(nanos);
    }

    /** The server is lost. */
    void lost(String detail) {
        trouble = detail;
        if (++fruitless > MAX_FRUITLESS) {
            host.loop().defer(() -> onEnd.accept("lost " + server + " again and again, at last by: " + detail));
        }
        begin();
    }

    /** Something has got through. */
    void progress() {
        fruitless = 0;
    }

    /** The server is there, or nobody wants it any more. */
    void end() {
        timer.disarm();
    }
}
