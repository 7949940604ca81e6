package org.osistack.application.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class RequestReaderTest {
    private static final String[] SAMPLES = {
        "GET /hello.txt HTTP/1.1\r\nHost: bob.local\r\nRange: bytes=0-4\r\n\r\n",
        "HEAD /a%20b?c=d HTTP/1.0\r\nIf-Modified-Since: Tue, 15 Nov 1994 08:12:31 GMT\r\n\r\n",
        "POST / HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello",
        "PUT /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    };

    private final PduPool pool = new PduPool(0);
    private final SplittableRandom random = new SplittableRandom(9112);

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void cutsAMillionMutatedRequestsOutOfStreams() {
        RequestReader reader = new RequestReader();
        int good = 0;
        int refused = 0;
        for (int i = 0; i < 1_000_000; i++) {
            add(reader, mutated());
            for (Request request = reader.next(); request != null; request = reader.next()) {
                if (request.refusal() != null) {
                    refused++;
                    reader = new RequestReader(); // as a server does: it closes the connection
                    break;
                }
                good++;
                reader.skip(Math.max(0, request.contentLength()));
            }
            if (reader.hasEnough()) {
                reader = new RequestReader();
            }
        }
        assertThat(good).isGreaterThan(100_000);
        assertThat(refused).isGreaterThan(100_000);
    }

    private byte[] mutated() {
        byte[] octets = SAMPLES[random.nextInt(SAMPLES.length)].getBytes(StandardCharsets.ISO_8859_1);
        for (int n = random.nextInt(3); n > 0; n--) {
            octets[random.nextInt(octets.length)] =
                    (byte) (random.nextBoolean() ? "\r\n: ".charAt(random.nextInt(4)) : random.nextInt());
        }
        return octets;
    }

    /** In one piece or two, and now and then cut off. */
    private void add(RequestReader reader, byte[] octets) {
        int end = random.nextInt(10) == 0 ? random.nextInt(octets.length + 1) : octets.length;
        int cut = random.nextInt(end + 1);
        addPiece(reader, octets, 0, cut);
        addPiece(reader, octets, cut, end);
    }

    private void addPiece(RequestReader reader, byte[] octets, int from, int to) {
        Pdu piece = pool.takeForReceiving(to - from).append(octets, from, to - from);
        reader.add(piece);
        piece.release();
    }
}
