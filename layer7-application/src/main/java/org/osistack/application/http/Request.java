package org.osistack.application.http;

/**
 * The head of a request (RFC 9112 §3), or why it was refused.
 *
 * @param refusal null if it is well formed; if not, the connection is of no more use after the answer
 * @param method empty if it could not be read
 * @param target as it stands in the request line; empty if it could not be read
 * @param minorVersion of HTTP/1: 0 or 1 and up
 * @param contentLength how many octets of content follow; -1 if that is not known beforehand (a transfer coding)
 */
record Request(Status refusal, String method, String target, int minorVersion, Fields fields, long contentLength) {
    static Request refused(Status refusal) {
        return new Request(refusal, "", "", 1, new Fields(), 0);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the client wants the connection to go on (RFC 9112 §9.3). */
    boolean wantsPersistence() {
        if (fields.hasToken("connection", "close")) {
            return false;
        }
        return minorVersion >= 1 || fields.hasToken("connection", "keep-alive");
    }
}
