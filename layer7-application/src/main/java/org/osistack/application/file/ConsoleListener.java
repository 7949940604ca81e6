package org.osistack.application.file;

import java.io.PrintWriter;
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
    private ProgressBar bar;
    private String name = "";
    private long begunAt;
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
    public void begun(String newName, long items, long octets) {
        name = newName;
        begunAt = System.nanoTime();
        close();
        if (showBar) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(octets)
                    .setUnit(" MB", 1_000_000)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .showSpeed()
                    .build();
        }
    }

    @Override
    public void progress(long octets) {
        if (bar == null) {
            return;
        } else if (!hasConfirmations) {
            bar.stepTo(octets);
        } else {
            long more = (octets - confirmed) / 1024;
            bar.setExtraMessage(more > 0 ? String.format(" +%,d KiB unconfirmed", more) : "");
        }
    }

    @Override
    public void confirmed(long octets) {
        hasConfirmations = true;
        confirmed = octets;
        if (bar != null) {
            bar.stepTo(octets);
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
        err.println((bar == null ? "" : "\n") + sentence);
    }

    @Override
    public void stored(long items, long octets) {
        close();
        double seconds = Math.max(1e-6, (System.nanoTime() - begunAt) / 1e9);
        outcome.complete(String.format(
                "%s %s: %,d octets in %d %s, %.2f s, %.1f MB/s, SHA-256 equal",
                verb, name, octets, items, items == 1 ? "item" : "items", seconds, octets / seconds / 1e6));
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
