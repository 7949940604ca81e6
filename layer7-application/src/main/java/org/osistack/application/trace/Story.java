package org.osistack.application.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/** What belongs together: one message of a user, or the coming and going of a connection, with all that it causes. */
final class Story {
    /** What a story is about. */
    enum Kind {
        /** A message of a user, from its words to the frames, and up again. */
        MESSAGE,
        /** The setting up or the end of a connection. */
        CONNECTION,
        /** What no user asked for: address resolution, keep-alives, and the like. */
        OTHER
    }

    final Kind kind;
    final String host; // where it began
    final String title;
    final String pdu; // the PDU of the message
    final int userOctets;
    final long began;
    private final Map<String, Integer> octets = new LinkedHashMap<>(); // on the medium, by layer and owner
    private final int[] layers = new int[Owner.USER + 1];
    int frames;
    int frameOctets;
    int acknowledgements;
    int acknowledgementOctets;
    boolean isTold = true; // at length
    boolean isHeaded; // its title has been told
    boolean isCosted; // its cost has been told
    boolean delivered;
    String receiver = "";

    Story(Kind kind, String host, String title, String pdu, int userOctets, long began) {
        this.kind = kind;
        this.host = host;
        this.title = title;
        this.pdu = pdu;
        this.userOctets = userOctets;
        this.began = began;
    }

    /** A frame of the story goes onto a medium. */
    void frame(Message frame) {
        if (!carries(frame)) {
            acknowledgements++;
            acknowledgementOctets += frame.length;
            return;
        }
        frames++;
        frameOctets += frame.length;
        frame.owners.forEach((owner, length) -> {
            layers[owner.layer()] += length;
            octets.merge(owner.layer() + " " + owner.name(), length, Integer::sum);
        });
    }

    /** Whether a frame carries octets of a user of the transport layer, and isn't a mere acknowledgement. */
    static boolean carries(Message frame) {
        return frame.owners.runs().stream().anyMatch(run -> run.owner().layer() > 4)
                || frame.owners.runs().stream().noneMatch(run -> run.owner().layer() == 4);
    }

    /** How many octets on the medium a layer wrote so far. */
    int octetsOf(int layer) {
        return layers[layer];
    }

    /** How many octets on the medium each PDU of a layer took, by name. */
    Map<String, Integer> octetsByName(int layer) {
        Map<String, Integer> names = new LinkedHashMap<>();
        octets.forEach((key, count) -> {
            if (key.startsWith(layer + " ")) {
                names.put(key.substring(2), count);
            }
        });
        return names;
    }
}
