package org.osistack.application.http;

import java.nio.charset.StandardCharsets;

/**
 * A response: its head without the fields of the connection, and its content.
 *
 * @param fields lines of the head, each with its end
 * @param contentLength of the representation, which a response to HEAD tells without sending it
 */
record Response(Status status, String fields, long contentLength, Content content) {
    /** A response that is said in a few words. */
    static Response ofWords(Status status, String fields) {
        byte[] words = (status + "\n").getBytes(StandardCharsets.US_ASCII);
        return new Response(
                status, fields + field("Content-Type", ContentTypes.TEXT), words.length, new Content.OfOctets(words));
    }

    static Response ofWords(Status status) {
        return ofWords(status, "");
    }

    static String field(String name, Object value) {
        return name + ": " + value + "\r\n";
    }
}
