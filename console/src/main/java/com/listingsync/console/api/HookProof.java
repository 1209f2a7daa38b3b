package com.listingsync.console.api;

import com.listingsync.common.setting.Secret;
import com.listingsync.console.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a webhook comes from who shares our secret: signed as Standard Webhooks 1.0 does (id, time and body), or as {@code
 * X-Hub-Signature-256} does (body alone). Thread-safe.
 */
final class HookProof {

    /** What Standard Webhooks advises: an old request can't be sent again later. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final int REMEMBERED = 10_000;

    private final byte[] key;
    private final Clock clock;
    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    HookProof(byte[] key, Clock clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /** The bytes that signatures are made with; empty when the secret has another form. */
    static Optional<byte[]> key(Secret secret) {
        try {
            byte[] bytes = secret.reveal().startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()))
                    : new byte[0];
            return bytes.length >= SHORTEST && bytes.length <= LONGEST ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Not Base64; the caller says what was expected.
            return Optional.empty();
        }
    }

    /** What a signed call turned out to be. */
    enum Verdict {
        GENUINE,
        /** Genuine, and followed before. */
        REPEATED,
        FALSE
    }

    Verdict of(Call call) {
        Optional<String> hub = call.header("x-hub-signature-256");
        if (hub.isPresent()) {
            byte[] wanted = ("sha256=" + HexFormat.of().formatHex(mac(new byte[0], call.body())))
                    .getBytes(StandardCharsets.US_ASCII);
            boolean genuine = MessageDigest.isEqual(wanted, hub.get().getBytes(StandardCharsets.UTF_8));
            return genuine ? Verdict.GENUINE : Verdict.FALSE;
        }
        String id = call.header("webhook-id").orElse("");
        String at = call.header("webhook-timestamp").orElse("");
        byte[] signature = mac((id + "." + at + ".").getBytes(StandardCharsets.UTF_8), call.body());
        byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.US_ASCII);
        boolean signed = Arrays.stream(
                        call.header("webhook-signature").orElse("").split(" "))
                .anyMatch(each -> MessageDigest.isEqual(wanted, each.strip().getBytes(StandardCharsets.UTF_8)));
        if (!signed || !isRecent(at)) {
            return Verdict.FALSE;
        }
        synchronized (seen) {
            return seen.put(id, true) == null ? Verdict.GENUINE : Verdict.REPEATED;
        }
    }

    private boolean isRecent(String seconds) {
        return seconds.matches("\\d{1,12}")
                && Math.abs(clock.millis() / 1000 - Long.parseLong(seconds)) <= TOLERANCE.toSeconds();
    }

    private byte[] mac(byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before);
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM + ", and any bytes are a key for it", e);
        }
    }
}
