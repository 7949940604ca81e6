package org.osistack.application.file;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a transfer to a person: a bar while it goes on, where there is a terminal for it. */
final class ConsoleListener implements TransferListener, AutoCloseable {
    private final PrintWriter err;
    private final boolean showBar;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final String verb;
    private ProgressBar bar;
    private String name = "";
    private long begunAt;

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
        if (bar != null) {
            bar.stepTo(octets);
        }
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
