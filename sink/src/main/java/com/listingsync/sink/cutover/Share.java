package com.listingsync.sink.cutover;

import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.wire.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A share of all listings. Every listing is in one of 100 buckets by its key alone; a share of N percent has the buckets below N, so a
 * larger share has all that a smaller one has. What belongs to a listing is in its bucket; the tables of runs belong to none and are in
 * every share.
 *
 * <p>A bucket is the first four bytes of the SHA-256 of the key in UTF-8, as a number without sign, modulo 100: a rule that the older
 * sync can follow too, in SQL or in any language (docs/cutover.md), and that is independent of the partitions.
 *
 * @param percent 0 for none to 100 for all
 */
public record Share(int percent) {

    /** Every listing. */
    public static final Share ALL = new Share(100);

    /** How many buckets there are. */
    public static final int BUCKETS = 100;

    private static final Set<String> OF_RUNS =
            SystemTables.OF_RUNS.stream().map(TableLayout::name).collect(Collectors.toUnmodifiableSet());

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Share::sha256);

    public Share {
        if (percent < 0 || percent > BUCKETS) {
            throw new IllegalArgumentException("a share has 0 to 100 percent; found " + percent);
        }
    }

    /** Whether rows under this key are in it. */
    public boolean takes(RowKey key) {
        return percent == BUCKETS || OF_RUNS.contains(key.table()) || bucket(key.listing()) < percent;
    }

    /** Whether a listing is in it. */
    public boolean takes(String listing) {
        return percent == BUCKETS || bucket(listing) < percent;
    }

    /** The bucket of a listing, 0 to 99. */
    public static int bucket(String listing) {
        byte[] digest = SHA_256.get().digest(listing.getBytes(StandardCharsets.UTF_8));
        return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), BUCKETS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
