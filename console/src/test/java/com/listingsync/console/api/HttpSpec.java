package com.listingsync.console.api;

import static com.listingsync.console.api.ApiUnderTest.APPLICATION_JSON;
import static com.listingsync.console.api.ApiUnderTest.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.ConsoleApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the API speaks HTTP with clients that do not speak it well. */
abstract class HttpSpec {

    private final ConsoleUnderTest world;
    private final ConsoleApp open;

    HttpSpec(ApiUnderTest api) {
        world = api.world;
        open = api.open;
    }

    /** A client that is not told keeps the connection for its next request, and that gets no answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/replays/x/pause?limit=%ff%fe",
                "POST /api/replays/x/pause?limit=%ED%A0%80",
                "POST /api/replays/x/pause?limit=%u0041",
                "POST /api/replays/%ff%fe/pause",
                "POST /api/replays/%00/pause",
                "POST /api/replays/%2e%2e/pause",
                "POST /api/replays/..%3B%2F/pause",
                "POST /api/replays/a%2Fb/pause",
                "POST /api/replays/%0D%0ASet-Cookie:%20a=b/pause",
                "POST /api/replays/%zz/pause",
                "PROPFIND /api/replays/x/pause",
                "GET /api/runs?nothing=%",
                "GET /../../etc/passwd",
                "GET /api/\u00ff"
            })
    void saysThatItHangsUpWheneverItDoes(String asked) throws IOException {
        for (String body : List.of("", "{}")) {
            try (Socket socket = new Socket("127.0.0.1", open.api().getPort())) {
                socket.setSoTimeout(10_000);
                String request =
                        asked + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String first = answer(socket.getInputStream());

                assertThat(first).startsWith("HTTP/1.1 4");
                if (first.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                } else {
                    socket.getOutputStream()
                            .write("GET /api/session HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @Test
    void refusesABodyThatIsTooLong() throws IOException {
        HttpResponse<String> announced =
                world.post(open, "/api/sync", "[" + " ".repeat(1 << 20) + "]", JSON, APPLICATION_JSON);
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String chunked = RawCall.of(
                open,
                "POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n");

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked).startsWith("HTTP/1.1 413");
    }

    /** Head and body of one answer. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("hung up after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }
}
