package org.osistack.application.cut;

import java.util.HashMap;
import java.util.Map;
import org.osistack.core.Host;

/** Counts the octets of the frames that have crossed a cable, for each sender as each receiver hears them. */
final class OctetCount {
    private record Way(String sender, String receiver) {}

    private final Map<Way, Long> octets = new HashMap<>();

    /** A frame comes out of the cable; returns how many octets had come out of it before, that way. */
    long add(Host sender, Host receiver, int length) {
        return octets.merge(new Way(sender.name(), receiver.name()), (long) length, Long::sum) - length;
    }
}
