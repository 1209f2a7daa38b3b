package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What of a header may be shown, and how. Ours hold no secret; those of other applications might, so a header whose name says that
 * it is one is never shown, printed or exported. Pure.
 */
final class HeaderText {

    static final String HIDDEN = "***";

    private static final Pattern SECRET = Pattern.compile(
            ".*(authori[sz]ation|token|secret|passw|api-?_?key|apikey|cookie|credential|private).*",
            Pattern.CASE_INSENSITIVE);

    private HeaderText() {}

    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /** Its value for people: text as it is, Spring's two numbers as numbers, anything else in base64. */
    static String of(Header header) {
        if (isSecret(header.key())) {
            return HIDDEN;
        }
        byte @Nullable [] value = header.value();
        if (value == null) {
            return "";
        }
        if (header.key().equals(DeadLetter.DLT_PARTITION) && value.length == Integer.BYTES) {
            return Integer.toString(ByteBuffer.wrap(value).getInt());
        }
        if (header.key().equals(DeadLetter.DLT_OFFSET) && value.length == Long.BYTES) {
            return Long.toString(ByteBuffer.wrap(value).getLong());
        }
        return text(value).orElseGet(() -> "base64:" + Base64.getEncoder().encodeToString(value));
    }

    /** Bytes as text; empty when they are not printable UTF-8. */
    static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean printable =
                    text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
            return printable ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            // Not text: it is shown as bytes.
            return Optional.empty();
        }
    }
}
