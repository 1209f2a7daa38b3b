package com.listingsync.common.mapping;

import com.listingsync.common.event.Entity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The vocabulary of statuses: which fields say it, which spellings mean which word, and what a change calls for.
 *
 * @param fields the fields that hold a status, by entity, best first: the first with a known spelling decides
 * @param changedAt the fields that say when the source changed the status, best first
 * @param words our word for each known spelling, spelled as {@link #squeezed}
 * @param onMarket words of a listing that can be had
 * @param underContract words of a listing that is promised to somebody and may come back
 * @param unpublish words on which a listing's posts are taken down
 */
public record Statuses(
        Map<Entity, List<String>> fields,
        List<String> changedAt,
        Map<String, String> words,
        Set<String> onMarket,
        Set<String> underContract,
        Set<String> unpublish) {

    /** The word for a listing that is in no feed any more. */
    public static final String DELETED = "deleted";

    /** The word for a listing that the mapping keeps out after it had let it in; only in changes, never in a row. */
    public static final String FILTERED = "filtered";

    public Statuses {
        fields = Map.copyOf(fields);
        changedAt = List.copyOf(changedAt);
        words = Map.copyOf(words);
        onMarket = Set.copyOf(onMarket);
        underContract = Set.copyOf(underContract);
        unpublish = Set.copyOf(unpublish);
    }

    /** The fields of an entity that hold a status; empty when it has none. */
    public List<String> fieldsOf(Entity entity) {
        return fields.getOrDefault(entity, List.of());
    }

    /** Whether a listing with this word has left the market; one that is gone or kept out always has. */
    public boolean leftMarket(String word) {
        return unpublish.contains(word) || word.equals(DELETED) || word.equals(FILTERED);
    }

    /** Our word for a spelling, whatever its case, spaces and punctuation; empty when the spelling is not known. */
    public Optional<String> word(String spelling) {
        return Optional.ofNullable(words.get(squeezed(spelling)));
    }

    /** Letters and digits only, in lower case: what {@code Active Under Contract} and {@code ActiveUnderContract} share. */
    public static String squeezed(String spelling) {
        StringBuilder squeezed = new StringBuilder(spelling.length());
        spelling.codePoints().filter(Character::isLetterOrDigit).forEach(squeezed::appendCodePoint);
        return squeezed.toString().toLowerCase(Locale.ROOT);
    }
}
