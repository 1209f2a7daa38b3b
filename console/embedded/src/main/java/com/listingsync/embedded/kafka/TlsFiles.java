package com.listingsync.embedded.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/**
 * A certificate for loopback that is its own authority, made by the JDK's {@code keytool}.
 *
 * @param keystore PKCS 12, with the key
 * @param truststore PKCS 12, with the certificate alone
 * @param password of both
 */
record TlsFiles(Path keystore, Path truststore, String password) {

    private static final String ALIAS = "broker";

    /**
     * Makes both files, or leaves those that are there.
     *
     * @throws IllegalStateException when the JDK has no working keytool
     */
    static TlsFiles in(Path folder, String password) throws IOException, InterruptedException {
        TlsFiles files = new TlsFiles(folder.resolve("broker.p12"), folder.resolve("trusted.p12"), password);
        if (!Files.exists(files.truststore())) {
            files.makeKey();
            files.makeTruststore();
        }
        return files;
    }

    private void makeKey() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass:env",
                "KEYSTORE_PASSWORD");
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put("KEYSTORE_PASSWORD", password);
        Process process = keytool.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool made no key: " + said.strip());
        }
    }

    private void makeTruststore() throws IOException {
        try (InputStream in = Files.newInputStream(keystore);
                OutputStream out = Files.newOutputStream(truststore)) {
            KeyStore with = KeyStore.getInstance("PKCS12");
            with.load(in, password.toCharArray());
            KeyStore without = KeyStore.getInstance("PKCS12");
            without.load(null, null);
            without.setCertificateEntry(ALIAS, with.getCertificate(ALIAS));
            without.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            // Nothing has started; every JDK that Kafka runs on has PKCS 12.
            throw new IllegalStateException("the certificate of " + keystore + " can't be copied", e);
        }
    }
}
