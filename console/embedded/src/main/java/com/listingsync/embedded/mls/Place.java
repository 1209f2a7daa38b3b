package com.listingsync.embedded.mls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a client is in its pages: the content of an opaque {@code $skiptoken}.
 *
 * @param micros moment of the last row that was served; meaningless in key order
 * @param key key of that row; empty at the beginning
 * @param skip rows of another order that were served
 * @param left rows that {@code $top} still allows
 * @param query the client's own query, percent-encoded
 */
record Place(long micros, String key, int skip, int left, String query) {
    static Place beginning(Query query, String text) {
        return new Place(Long.MIN_VALUE, "", query.skip(), query.top(), text);
    }

    String token() {
        String text = micros + "|" + key + '|' + skip + '|' + left + '|' + query;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ODataRefusal when the token is none of ours */
    static Place of(String token) throws ODataRefusal {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\|", 5);
            return new Place(
                    Long.parseLong(parts[0]),
                    parts[1],
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    parts[4]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // The client made the token up, or cut it; it begins again.
            throw ODataRefusal.badRequest("The $skiptoken is not one of this service");
        }
    }
}
