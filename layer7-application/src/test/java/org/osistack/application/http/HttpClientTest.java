package org.osistack.application.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private HttpClient client;

    private String exchange(String response) throws IOException {
        byte[] octets = response.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        client = new HttpClient(new ByteArrayInputStream(octets), sent);
        client.request("GET", "bob", "/x", null);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long length = client.readContent(content);
        assertThat(length).isEqualTo(content.size());
        return content.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void asksForOneThingAndNoMore() throws IOException {
        exchange("HTTP/1.1 204 No Content||");

        assertThat(sent.toString(StandardCharsets.US_ASCII))
                .isEqualTo("GET /x HTTP/1.1\r\nHost: bob\r\nUser-Agent: osistack\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK|Content-Length: 5||Hello and more, Hello",
        "HTTP/1.1 200 OK||Hello, Hello",
        "HTTP/1.0 200 OK||Hello, Hello",
        "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 5||Hello, Hello",
        "HTTP/1.1 200|Transfer-Encoding: chunked||2|He|3;x=y|llo|0|Trailer: x||, Hello",
        "HTTP/1.1 304 Not Modified|Content-Length: 5||, ''"
    })
    void readsTheContentHoweverItIsFramed(String response, String content) throws IOException {
        assertThat(exchange(response)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH|",
                "HTTP/2.0 200 OK||",
                "",
                "HTTP/1.1 200 OK|Content-Le",
                "HTTP/1.1 200 OK|no colon||",
                "HTTP/1.1 200 OK|Content-Length: 5||Hel",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||zz|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|Hello|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|Hello|",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip||x"
            })
    void refusesWhatIsNoResponseOrEndsTooEarly(String response) {
        assertThatThrownBy(() -> exchange(response))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("null");
    }

    @Test
    void limitsWhatItKeeps() {
        assertThatThrownBy(() -> exchange("HTTP/1.1 200 OK|X: " + "x".repeat(20_000)))
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> exchange("HTTP/1.1 200 OK|" + "X: y|".repeat(101)))
                .hasMessageContaining("malformed");
    }

    @Test
    void failsInNoOtherWay() {
        SplittableRandom random = new SplittableRandom(5);
        String seed = "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 7||2|He|3;x=y|llo|0|Trailer: x||";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(seed);
            for (int n = random.nextInt(5); n > 0; n--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            try {
                exchange(text.substring(0, random.nextInt(text.length() + 1)));
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
