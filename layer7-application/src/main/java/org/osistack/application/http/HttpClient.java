package org.osistack.application.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The client's side of one exchange (RFC 9112), on streams that wait. */
public final class HttpClient {
    private static final int MAX_LINE = 16 * 1024;
    private static final int CHUNK = 16 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private String statusLine;
    private int status;
    private int minorVersion;
    private Fields fields;

    /** Make a client on the two directions of a connection. */
    public HttpClient(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in, CHUNK);
        this.out = out;
    }

    /**
     * Send a request and read the head of the response.
     *
     * @param host what the Host field is to say
     * @param target a path with its query, encoded
     * @param range such as {@code bytes=0-99}; null for the whole
     * @throws IOException if what comes is no response
     */
    public void request(String method, String host, String target, String range) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\n"
                + Response.field("Host", host)
                + Response.field("User-Agent", "osistack")
                + (range == null ? "" : Response.field("Range", range))
                + Response.field("Connection", "close")
                + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        do {
            readHead();
        } while (status / 100 == 1); // interim: RFC 9110 §15.2
    }

    private void readHead() throws IOException {
        statusLine = line();
        if (!statusLine.matches("HTTP/1\\.[0-9] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("what answers does not speak HTTP/1");
        }
        status = Integer.parseInt(statusLine.substring(9, 12));
        minorVersion = statusLine.charAt(7) - '0';
        fields = new Fields();
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (fields.size() == Fields.MAX_FIELDS || !fields.addLine(line)) {
                throw new IOException("the head of the response is malformed");
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server ended the connection in the middle of its answer");
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("the head of the response is too long");
            }
            line.append((char) octet);
        }
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }

    /** The first line of the response. */
    public String statusLine() {
        return statusLine;
    }

    public int status() {
        return status;
    }

    /** The value of a field of the response; null if it has none of that name. */
    public String field(String name) {
        return fields.get(name.toLowerCase(Locale.ROOT));
    }

    /** How long the content is; -1 if that shows only at its end. */
    public long contentLength() {
        String length = field("content-length");
        return field("transfer-encoding") == null && length != null && length.matches("[0-9]{1,18}")
                ? Long.parseLong(length)
                : -1;
    }

    /**
     * Read the content of the response to a GET (RFC 9112 §6.3).
     *
     * @return how many octets it had
     * @throws IOException if it ends too early, or cannot be written
     */
    public long readContent(OutputStream target) throws IOException {
        if (status == 204 || status == 304) {
            return 0;
        }
        String coding = field("transfer-encoding");
        if (coding == null) {
            return copy(target, contentLength());
        }
        if (minorVersion == 0 || !coding.equalsIgnoreCase("chunked")) {
            throw new IOException("the content comes in a coding that is not known: " + coding);
        }
        long total = 0;
        for (long length = chunkLength(); length > 0; length = chunkLength()) {
            total += copy(target, length);
            if (!line().isEmpty()) {
                throw new IOException("a chunk of the content has another length than it says");
            }
        }
        while (!line().isEmpty()) {
            continue; // trailer fields tell nothing that is needed: RFC 9112 §7.1.2
        }
        return total;
    }

    private long chunkLength() throws IOException {
        String text = line().replaceFirst(";.*", "").strip();
        if (!text.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a chunk of the content does not say its length");
        }
        return Long.parseLong(text, 16);
    }

    /** Copy so many octets; if -1, all up to the connection's end. */
    private long copy(OutputStream target, long length) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = length < 0 ? Long.MAX_VALUE : length;
        long copied = 0;
        while (left > 0) {
            int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                if (length >= 0) {
                    throw new EOFException("the content ended after " + copied + " of " + length + " octets");
                }
                break;
            }
            target.write(chunk, 0, count);
            left -= count;
            copied += count;
        }
        return copied;
    }
}
