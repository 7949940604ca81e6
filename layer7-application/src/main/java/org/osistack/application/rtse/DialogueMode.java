package org.osistack.application.rtse;

/** Who may transfer (X.218 §9.1). The values are those of RTORQ. */
public enum DialogueMode {
    /** The side that has the turn at first, for ever. */
    MONOLOGUE,
    /** Each side in turn. */
    TWO_WAY_ALTERNATE
}
