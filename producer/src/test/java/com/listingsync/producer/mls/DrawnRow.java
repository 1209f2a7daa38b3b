package com.listingsync.producer.mls;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * A row of a drawn server.
 *
 * @param micros its clock as stored, in microseconds since 1970
 * @param edition which of its states this is
 * @param deleted whether it is marked as gone
 */
record DrawnRow(String key, long micros, int edition, boolean deleted) {

    /** The clock as printed, in microseconds since 1970. */
    long printed(long grain, RoundingMode rounding) {
        return BigDecimal.valueOf(micros)
                        .divide(BigDecimal.valueOf(grain), 0, rounding)
                        .longValueExact()
                * grain;
    }

    String json(long grain, RoundingMode rounding) {
        String pattern = "uuuu-MM-dd'T'HH:mm:ss" + (grain == 1 ? ".SSSSSS" : grain == 1_000 ? ".SSS" : "") + "'Z'";
        Instant at = Instant.EPOCH.plus(printed(grain, rounding), ChronoUnit.MICROS);
        String clock =
                DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(at);
        return "{\"ListingKey\":\"" + key + "\",\"ModificationTimestamp\":\"" + clock + "\",\"StandardStatus\":\""
                + (deleted ? "Delete" : "Active") + "\",\"Edition\":" + edition + "}";
    }
}
