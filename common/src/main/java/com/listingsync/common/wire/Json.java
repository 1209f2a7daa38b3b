package com.listingsync.common.wire;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The one JSON mapper. Numbers with a fraction are read as BigDecimal: a price or coordinate must not change by passing
 * through us. Thread-safe.
 */
public final class Json {

    /** Longest string value accepted, in characters: a listing's remarks are under 10,000, a raw record under 1 MiB. */
    private static final int MAX_STRING_CHARS = 20_000_000;

    /** Longest number accepted, in digits. */
    private static final int MAX_NUMBER_DIGITS = 200;

    /** Shared, configured once; callers never reconfigure it. */
    public static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_STRING_CHARS)
                            .maxNumberLength(MAX_NUMBER_DIGITS)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}
}
