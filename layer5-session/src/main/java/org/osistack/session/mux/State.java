package org.osistack.session.mux;

/** The states of one side of a session (mux §7). */
enum State {
    OPENING("asked for it, waits for the answer"),
    ANSWERING("its user is asked"),
    OPEN("data flows"),
    RELEASING("asked for the release, waits for the answer"),
    ASKED("its user is asked for the release"),
    COLLIDED("both have asked for the release, nobody has answered"),
    ANSWERED("both have asked, this side has answered"),
    CONFIRMED("both have asked, the peer has answered"),
    ENDING("over for the user; the peer may not know yet"),
    ENDED("over");

    private final String text;

    State(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
