package com.listingsync.embedded.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.embedded.network.Weather.Kind;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each weather does to an HTTP request. */
class FaultProxyTest {

    private final AtomicInteger arrived = new AtomicInteger();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        proxy = FaultProxy.start(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void passesWhatItIsGiven() throws Exception {
        assertThat(get()).isEqualTo("hello");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "ANSWERS_RESET", "ANSWERS_TRUNCATED"})
    void breaksConnectionsUntilTheWeatherIsFair(Kind kind) throws Exception {
        proxy.weather(Weather.of(kind));

        assertThatThrownBy(this::get).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);

        // The client itself may have tried once more.
        assertThat(arrived.get() > 0).isEqualTo(kind != Kind.RESET);
        proxy.weather(Weather.FAIR);
        assertThat(get()).isEqualTo("hello");
    }

    @Test
    void swallowsEverything() throws Exception {
        proxy.weather(Weather.of(Kind.BLACKHOLE));

        assertThatThrownBy(this::get).isInstanceOf(HttpTimeoutException.class);

        assertThat(arrived).hasValue(0);
        proxy.weather(Weather.FAIR);
        assertThat(get()).isEqualTo("hello");
    }

    @Test
    void refusesConnectionsAndTakesThemAgainOnTheSamePort() throws Exception {
        proxy.refuse();

        assertThatThrownBy(this::get).isInstanceOf(IOException.class);

        proxy.accept();
        assertThat(get()).isEqualTo("hello");
    }

    @Test
    void delaysAnswers() throws Exception {
        proxy.weather(Weather.latency(Duration.ofMillis(200)));
        long begin = System.nanoTime();

        get();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    private String get() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port()))
                .timeout(Duration.ofSeconds(2))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
