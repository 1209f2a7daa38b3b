package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.listingsync.common.health.Service;
import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.SecretPlace;
import com.listingsync.common.secret.SecretPlace.Holder;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.producer.connection.KeyFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets are planted, servers that repeat them in their answers are read, and everything that leaves is searched. */
class SecretsStayInsideIT {

    private static final String GIVEN_TOKEN = "planted-secret-given-5c1f";
    private static final String CLIENT_SECRET = "planted-secret-client-77ab";
    private static final String ISSUED_TOKEN = "planted-secret-issued-901e";
    private static final String GOOGLE_TOKEN = "ya29.planted-secret-google-3d2c";
    private static final Secret MASTER_KEY = MasterKey.random();

    /** How a signed assertion begins, which is as good as a token for an hour. */
    private static final String SIGNED_ASSERTION = "eyJhbGciOi";

    @TempDir
    Path folder;

    private final LoopbackServer server =
            new LoopbackServer("echo", LoopbackServer.LOOPBACK, 0, 2, SecretsStayInsideIT::echo);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final JavaUtilLog javaLog = new JavaUtilLog();
    private final Broker broker = Broker.withTopics();
    private Producing producing;

    @BeforeEach
    void start() {
        server.start();
        log.start();
        logger("ROOT").addAppender(log);
        for (String name : List.of("com.listingsync", "okhttp3", "com.google")) {
            logger(name).setLevel(Level.TRACE);
        }
        javaLog.start();
        MasterKey key = MasterKey.of(MASTER_KEY);
        String sealed = key.seal(
                new Secret(CLIENT_SECRET),
                new SecretPlace(Holder.CONNECTION, "refused-client", "auth.oauth2.client_secret"));
        producing = new Producing(broker, folder, """
                        connections:
                          - {name: refused-token, kind: mls, profile: reso, url: "%1$s/echo/401", auth: {token: "${TOKEN}"}, feeds: {property: {}}}
                          - {name: broken-server, kind: mls, profile: reso, url: "%1$s/echo/500", auth: {token: "${TOKEN}"}, feeds: {property: {}}}
                          - {name: broken-body, kind: mls, profile: reso, url: "%1$s/echo/200", auth: {token: "${TOKEN}"}, feeds: {property: {}}}
                          - name: refused-client
                            kind: mls
                            profile: reso
                            url: "%1$s/odata"
                            auth: {oauth2: {token_url: "%1$s/echo/400", client_id: id, client_secret: "%2$s"}}
                            feeds: {property: {}}
                          - name: broken-oauth
                            kind: mls
                            profile: reso
                            url: "%1$s/odata"
                            auth: {oauth2: {token_url: "%1$s/echo/200", client_id: id, client_secret: "${CLIENT_SECRET}"}}
                            feeds: {property: {}}
                          - name: refused-issued-token
                            kind: mls
                            profile: reso
                            url: "%1$s/echo/401"
                            auth: {oauth2: {token_url: "%1$s/token", client_id: id, client_secret: "${CLIENT_SECRET}"}}
                            feeds: {property: {}}
                          - name: well
                            kind: mls
                            profile: reso
                            url: "%1$s/odata"
                            auth: {oauth2: {token_url: "%1$s/token", client_id: id, client_secret: "${CLIENT_SECRET}"}}
                            feeds: {property: {}}
                          - name: refused-account
                            kind: google-sheets
                            spreadsheet_id: s
                            sheets_url: "%1$s/echo/403"
                            drive_url: "%1$s/echo/403"
                            auth: {service_account_json: "${REFUSED_ACCOUNT}"}
                            tabs: [{title: A}]
                          - name: unshared
                            kind: google-sheets
                            spreadsheet_id: s
                            sheets_url: "%1$s/echo/403"
                            drive_url: "%1$s/echo/403"
                            auth: {service_account_json: "${ACCOUNT}"}
                            tabs: [{title: A}]
                        """.formatted(root(), sealed))
                .with("SYNC_SOURCE_RETRY_ATTEMPTS", "2")
                .with("SYNC_MASTER_KEY", MASTER_KEY.reveal())
                .with("TOKEN", GIVEN_TOKEN)
                .with("CLIENT_SECRET", CLIENT_SECRET)
                .with("REFUSED_ACCOUNT", account("/echo/400"))
                .with("ACCOUNT", account("/google-token"));
    }

    @AfterEach
    void stop() {
        javaLog.stop();
        logger("ROOT").detachAppender(log);
        for (String name : List.of("com.listingsync", "okhttp3", "com.google")) {
            logger(name).setLevel(null);
        }
        producing.close();
        server.close();
    }

    @Test
    void secretsAreInNoLogHealthAnswerMeterOrRecord() throws Exception {
        Service service = producing.start();

        List<String> problems = new ArrayList<>();
        for (String connection : List.of(
                "refused-token",
                "broken-server",
                "broken-body",
                "refused-client",
                "broken-oauth",
                "refused-issued-token",
                "well",
                "refused-account",
                "unshared")) {
            String feed = connection.contains("account") || connection.equals("unshared") ? "A" : "property";
            problems.add(Objects.requireNonNullElse(
                    producing
                            .sync("run-" + connection, connection, feed)
                            .feeds()
                            .get(connection + "/" + feed)
                            .problem(),
                    "none"));
        }
        String answers = get(service, "/health/ready") + get(service, "/health/live") + get(service, "/metrics");
        producing.close();

        assertThat(problems).filteredOn("none"::equals).hasSize(1);
        assertThat(answers).contains("refused-client", "listings_producer_requests");
        assertThat(log.list).hasSizeGreaterThan(10);
        String everything = logged() + answers + records() + problems;
        List<String> planted = List.of(
                GIVEN_TOKEN,
                CLIENT_SECRET,
                ISSUED_TOKEN,
                GOOGLE_TOKEN,
                MASTER_KEY.reveal(),
                SIGNED_ASSERTION,
                KeyFiles.right().path("private_key").asText().split("\n")[3]);
        assertThat(planted).noneMatch(everything::contains);
    }

    private String account(String tokenPath) {
        return KeyFiles.right().put("token_uri", root() + tokenPath).toString();
    }

    private String root() {
        return server.uri().toString();
    }

    private String logged() {
        StringBuilder all = new StringBuilder(javaLog.text());
        for (ILoggingEvent event : List.copyOf(log.list)) {
            all.append(event.getFormattedMessage()).append(event.getKeyValuePairs());
            if (event.getThrowableProxy() != null) {
                all.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return all.toString();
    }

    private String records() {
        StringBuilder all = new StringBuilder();
        for (TopicSpec topic : broker.used()) {
            for (ConsumerRecord<byte[], byte[]> record : broker.read(topic)) {
                all.append(text(record.key())).append(text(record.value()));
                for (Header header : record.headers()) {
                    all.append(header.key()).append(text(header.value()));
                }
            }
        }
        return all.toString();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String get(Service service, String path) throws IOException, InterruptedException {
        URI uri = service.endpoint().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    /** Repeats in its answer whatever it was sent: {@code /echo/STATUS} in any words, the others as they should. */
    private static Reply echo(Request request) {
        String path = request.path();
        if (path.startsWith("/echo/")) {
            String said = request.header("Authorization").orElse("") + " "
                    + new String(request.body(), StandardCharsets.UTF_8);
            return Reply.json(Integer.parseInt(path.substring(6, 9)), "\"" + said + " is not accepted: " + said);
        }
        return switch (path) {
            case "/token" -> Reply.json(200, "{\"access_token\":\"" + ISSUED_TOKEN + "\",\"expires_in\":3600}");
            case "/google-token" ->
                Reply.json(
                        200,
                        "{\"access_token\":\"" + GOOGLE_TOKEN + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
            default -> Reply.json(200, "{\"value\":[]}");
        };
    }

    /** What libraries log through java.util.logging, all of it. */
    private static final class JavaUtilLog extends Handler {

        private final java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        private final java.util.logging.Logger google = java.util.logging.Logger.getLogger("com.google");
        private final java.util.logging.Logger okhttp = java.util.logging.Logger.getLogger("okhttp3");
        private final StringBuffer text = new StringBuffer();

        void start() {
            setLevel(java.util.logging.Level.ALL);
            google.setLevel(java.util.logging.Level.ALL);
            okhttp.setLevel(java.util.logging.Level.ALL);
            root.addHandler(this);
        }

        void stop() {
            root.removeHandler(this);
            google.setLevel(null);
            okhttp.setLevel(null);
        }

        String text() {
            return text.toString();
        }

        @Override
        public void publish(LogRecord record) {
            text.append(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
