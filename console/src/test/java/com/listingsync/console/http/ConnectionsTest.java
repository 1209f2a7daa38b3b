package com.listingsync.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request gets an answer, whatever it is and however early it is refused, over connections that are used again and again by a
 * client that repeats nothing. {@code -Dhttp.rounds=20000} makes it a stress.
 */
class ConnectionsTest {

    private static final int ROUNDS = Integer.getInteger("http.rounds", 150);
    private static final int MEBI = 1 << 20;

    private WebServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() {
        server = new WebServer("127.0.0.1", 0, call -> {
            if (call.path().equals("/refused")) {
                throw Problem.of(401, "expected a key");
            }
            return Reply.json(
                    com.listingsync.common.wire.Json.MAPPER.createObjectNode().put("length", call.body().length));
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> requests() {
        byte[] small = body(10_000);
        byte[] large = body(MEBI + MEBI / 2);
        byte[] larger = body(12 * MEBI);
        return Stream.of(
                Arguments.of("a body that is taken", 200, "/taken", BodyPublishers.ofByteArray(small), 1),
                Arguments.of("no body", 200, "/taken", BodyPublishers.noBody(), 1),
                Arguments.of(
                        "a body that nobody is interested in", 401, "/refused", BodyPublishers.ofByteArray(small), 1),
                Arguments.of("an address that is refused", 400, "/a/..%2fb", BodyPublishers.ofByteArray(small), 1),
                Arguments.of(
                        "a long body to a refused address", 413, "/a/..%2fb", BodyPublishers.ofByteArray(large), 10),
                Arguments.of("a body in chunks", 200, "/taken", BodyPublishers.ofByteArrays(List.of(small, small)), 1),
                Arguments.of("headers that are too long", 431, "/long", BodyPublishers.ofByteArray(small), 1),
                Arguments.of("a body that is too long", 413, "/taken", BodyPublishers.ofByteArray(large), 10),
                Arguments.of("one that is far too long", 413, "/taken", BodyPublishers.ofByteArray(larger), 50),
                Arguments.of(
                        "a body in chunks that is too long",
                        413,
                        "/taken",
                        BodyPublishers.ofByteArrays(List.of(large, large)),
                        20));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answersEveryRequest(String name, int status, String path, BodyPublisher body, int dearness) {
        Map<String, Integer> found = new TreeMap<>();
        for (int round = 0; round < Math.max(3, ROUNDS / dearness); round++) {
            found.merge(sent(path, body), 1, Integer::sum);
        }

        assertThat(found).containsOnlyKeys(Integer.toString(status));
    }

    @Test
    void tellsWhoeverWaitsToGoOnOrThatTheBodyIsTooLong() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(10_000);

            String first = said(socket, head("/refused", 5), "\r\n\r\n");
            String answer = said(socket, "12345", "}\n");

            assertThat(first).startsWith("HTTP/1.1 100");
            assertThat(answer).startsWith("HTTP/1.1 401");
        }
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(10_000);

            assertThat(said(socket, head("/taken", 2 * MEBI), "}\n"))
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void answersRequestsOfAllKindsInAnyOrder() {
        Map<String, Integer> wrong = new TreeMap<>();
        List<Arguments> all = requests().toList();
        for (int round = 0; round < ROUNDS; round++) {
            // Far too long bodies have rounds of their own.
            Object[] one = all.get(round * 7 % 8).get();
            String answer = sent((String) one[2], (BodyPublisher) one[3]);
            if (!answer.equals(one[1].toString())) {
                wrong.merge(one[0] + ": " + answer, 1, Integer::sum);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private String sent(String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .timeout(Duration.ofSeconds(20))
                .POST(body);
        if (path.equals("/long")) {
            request.header("x-long", "a".repeat(20_000));
        }
        try {
            return Integer.toString(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode());
        } catch (IOException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    /** What comes back, to where it ends so. */
    private static String said(Socket socket, String sent, String end) throws IOException {
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        StringBuilder said = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (said.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            said.append((char) next);
        }
        return said.toString();
    }

    private static byte[] body(int bytes) {
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        return body;
    }
}
