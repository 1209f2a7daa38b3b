package com.listingsync.sink.post;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a platform answered, as far as it decides anything. Its message is not kept: platforms repeat tokens in theirs.
 *
 * @param status HTTP status
 * @param json whether the body is a JSON object
 * @param code the platform's own error code; empty when the body has none
 * @param subcode the platform's finer code; empty when the body has none
 * @param temporary whether the body says that trying again helps
 * @param success what the body says of its own success; empty when it does not say
 * @param pause how long the platform asks to be left alone; empty when it does not say
 */
record PlatformAnswer(
        int status,
        boolean json,
        OptionalInt code,
        OptionalInt subcode,
        boolean temporary,
        Optional<Boolean> success,
        Optional<Duration> pause) {

    PlatformAnswer {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(subcode, "subcode");
        Objects.requireNonNull(success, "success");
        Objects.requireNonNull(pause, "pause");
    }

    boolean ok() {
        return status / 100 == 2;
    }

    /** The error as dead letters and meters name it: {@code 190}, {@code 100-33}, or the HTTP status. */
    String cause() {
        if (code.isEmpty()) {
            return Integer.toString(status);
        }
        return code.getAsInt() + (subcode.isPresent() ? "-" + subcode.getAsInt() : "");
    }

    /** The same for people. */
    String inWords() {
        return "HTTP " + status + (code.isPresent() ? ", code " + cause() : "");
    }
}
