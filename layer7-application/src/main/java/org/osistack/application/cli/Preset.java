package org.osistack.application.cli;

import java.util.Locale;
import org.osistack.core.StackSpec;

/** A stack that has a name of its own. */
public enum Preset {
    /**
     * The OSI upper layers over TCP, by RFC 1006. X.225 has no means to notice that a silent peer is gone, so TCP asks: it
     * gives up 30 s after the last sign of life, be it asked for data or for nothing.
     */
    ISO_ON_TCP("ethernet", "ipv4", "tcp:keep-alive=3s,timeout=30s", "x225", "x226"),
    /**
     * The Internet's four layers; 5 and 6 hand through. Nobody above TCP asks whether a silent peer is there, so TCP does
     * (RFC 9293 §3.8.4 leaves that to the application to turn on), and gives up after 110 s.
     */
    INTERNET("ethernet", "ipv4", "tcp:keep-alive=10s", "none", "plain");

    /** The medium of a stack that was given none: other processes on this machine can join it. */
    static final String MEDIUM = "segment:lab";

    private final String[] upper;

    Preset(String... upper) {
        this.upper = upper;
    }

    StackSpec spec() {
        StackSpec spec = new StackSpec().set(1, MEDIUM);
        for (int i = 0; i < upper.length; i++) {
            spec.set(i + 2, upper[i]);
        }
        return this == ISO_ON_TCP ? spec.add(4, "tpkt") : spec;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The preset of that name; null if there is none. */
    static Preset of(String name) {
        for (Preset preset : values()) {
            if (preset.toString().equals(name)) {
                return preset;
            }
        }
        return null;
    }
}
