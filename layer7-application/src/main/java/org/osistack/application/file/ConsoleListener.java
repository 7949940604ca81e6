package org.osistack.application.file;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a transfer to a person: a bar while it goes on, where there is a terminal for it. What is confirmed is in the bar,
 * and what is on its way besides, behind it.
 */
final class ConsoleListener implements TransferListener, AutoCloseable {
    private final PrintWriter err;
    private final boolean showBar;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final String verb;
    private ProgressBar bar; // null while there is none
    private String name = "";
    private long octets; // in all
    private long begunAt;
    private long first = -1; // octets that were there when it began, or went on; negative before that
    private long confirmed;
    private boolean hasConfirmations;

    /**
     * @param verb such as {@code sent}
     * @param showBar whether there is a terminal
     */
    ConsoleListener(String verb, PrintWriter err, boolean showBar) {
        this.verb = verb;
        this.err = err;
        this.showBar = showBar;
    }

    /** What became of it, as a sentence; exceptionally, with a {@link TransferException}, if it failed. */
    CompletableFuture<String> outcome() {
        return outcome;
    }

    @Override
    public void begun(String newName, long items, long newOctets) {
        close();
        name = newName;
        octets = newOctets;
        begunAt = System.nanoTime();
    }

    @Override
    public void progress(long now) {
        if (!hasConfirmations) {
            show(now);
        } else if (bar != null) {
            long more = (now - confirmed) / 1024;
            bar.setExtraMessage(more > 0 ? String.format(" +%,d KiB unconfirmed", more) : "");
        }
    }

    @Override
    public void confirmed(long now) {
        hasConfirmations = true;
        confirmed = now;
        show(now);
    }

    private void show(long now) {
        if (first < 0) {
            first = now;
        }
        if (showBar && bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(octets)
                    .setUnit(" MB", 1_000_000)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .showSpeed()
                    .startsFrom(now, Duration.ZERO)
                    .build();
        }
        if (bar != null) {
            bar.stepTo(now);
        }
    }

    @Override
    public void resumed() {
        notice("going on with what was interrupted");
    }

    @Override
    public void recovering(String why) {
        notice("lost the other side (" + why + "); looking for it");
    }

    @Override
    public void recovered() {
        notice("the other side is there again; going on");
    }

    @Override
    public void notice(String sentence) {
        close(); // it is drawn anew below the sentence
        err.println(sentence);
    }

    @Override
    public boolean tellsLater() {
        return true;
    }

    @Override
    public void stored(long items, long stored) {
        close();
        double seconds = Math.max(1e-6, (System.nanoTime() - begunAt) / 1e9);
        long now = stored - Math.max(0, Math.min(first, stored));
        outcome.complete(String.format(
                "%s %s: %,d octets in %d %s, %s%.2f s, %.1f MB/s, SHA-256 equal",
                verb,
                name,
                stored,
                items,
                items == 1 ? "item" : "items",
                now == stored ? "" : String.format("%,d of them now, ", now),
                seconds,
                now / seconds / 1e6));
    }

    @Override
    public void failed(String why) {
        close();
        outcome.completeExceptionally(new TransferException(FileApdu.Reason.OTHER, why));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.flush();
            bar = null;
        }
    }
}
