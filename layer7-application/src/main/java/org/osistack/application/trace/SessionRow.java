package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.TraceEvent;

/** One step of a session protocol machine, in the making. */
final class SessionRow {
    final Step begin;
    final String host;
    final long time;
    final List<TraceEvent> notes = new ArrayList<>();

    Step primitive; // of the session service; null if there is none
    Step spdu; // one TSDU; null if there is none
    Message transport; // a primitive of the transport service that carries no SPDU; null if there is none
    String from = ""; // the state in which it began, if that was another
    Standing standing; // behind it; null if nobody knows

    /**
     * @param begin what it begins with, as far as it is of layer 5
     */
    SessionRow(Step begin) {
        this.begin = begin;
        this.host = begin.event().host();
        this.time = begin.event().time();
    }
}
