package com.listingsync.embedded.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A broker as production has it: clients come over TLS, say who they are with a password (SASL/SCRAM), and may do what an ACL
 * allows and nothing else. Its administrator may do everything. Thread-safe.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String ADMINISTRATOR = "admin";
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required" + " username=\"%s\" password=\"%s\";";

    private final EmbeddedKafka kafka;
    private final TlsFiles tls;
    private final Map<String, String> passwords;

    private SecuredKafka(EmbeddedKafka kafka, TlsFiles tls, Map<String, String> passwords) {
        this.kafka = kafka;
        this.tls = tls;
        this.passwords = passwords;
    }

    /**
     * Starts a broker and returns once it answers.
     *
     * @param folder for its data and keys; a new one
     * @param users who may come in, beside its administrator
     */
    public static SecuredKafka start(Path folder, Collection<String> users) throws IOException, InterruptedException {
        Map<String, String> passwords = new HashMap<>();
        passwords.put(ADMINISTRATOR, password());
        users.forEach(user -> passwords.put(user, password()));
        TlsFiles tls = TlsFiles.in(Files.createDirectories(folder), password());
        List<String> accounts = new ArrayList<>();
        passwords.forEach((user, password) ->
                accounts.addAll(List.of("--add-scram", MECHANISM + "=[name=" + user + ",password=" + password + "]")));
        Hardening hardening = new Hardening(properties(tls, passwords), accounts);
        return new SecuredKafka(EmbeddedKafka.start(folder.resolve("data"), 0, hardening), tls, passwords);
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** What the clients of a user need, as environment variables of ours. */
    public Map<String, String> environment(String user) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers(),
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SASL_MECHANISM",
                MECHANISM,
                "KAFKA_SASL_JAAS_CONFIG",
                LOGIN.formatted(user, Objects.requireNonNull(passwords.get(user), "there is no user " + user)),
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                tls.truststore().toString(),
                "KAFKA_SSL_TRUSTSTORE_PASSWORD",
                tls.password(),
                "KAFKA_SSL_TRUSTSTORE_TYPE",
                "PKCS12");
    }

    /** What the clients of its administrator need. */
    public Map<String, String> administrator() {
        return environment(ADMINISTRATOR);
    }

    @Override
    public void close() {
        kafka.close();
    }

    private static Map<String, String> properties(TlsFiles tls, Map<String, String> passwords) {
        Map<String, String> p = new HashMap<>();
        p.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
        p.put("sasl.enabled.mechanisms", MECHANISM);
        p.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        p.put(
                "listener.name.client.scram-sha-512.sasl.jaas.config",
                LOGIN.formatted(ADMINISTRATOR, passwords.get(ADMINISTRATOR)));
        p.put("listener.name.client.ssl.keystore.location", tls.keystore().toString());
        p.put("listener.name.client.ssl.keystore.password", tls.password());
        p.put("listener.name.client.ssl.keystore.type", "PKCS12");
        p.put("listener.name.client.ssl.truststore.location", tls.truststore().toString());
        p.put("listener.name.client.ssl.truststore.password", tls.password());
        p.put("listener.name.client.ssl.truststore.type", "PKCS12");
        p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.put("allow.everyone.if.no.acl.found", "false");
        // Who comes by the controller's own listener has no name; clients have none but theirs.
        p.put("super.users", "User:" + ADMINISTRATOR + ";User:ANONYMOUS");
        return p;
    }

    private static String password() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
