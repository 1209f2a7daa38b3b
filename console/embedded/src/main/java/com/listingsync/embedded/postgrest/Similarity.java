package com.listingsync.embedded.postgrest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How alike two names are, for hints: 1 minus the edit distance over the longer length. Pure. */
final class Similarity {
    /** PostgREST's fuzzy search leaves out what is less alike than this. */
    private static final double LEAST = 0.33;

    private Similarity() {}

    /** The candidate most like the name; empty if none is alike enough. */
    static Optional<String> nearest(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> of(name, candidate) >= LEAST)
                .max(Comparator.comparingDouble((String candidate) -> of(name, candidate))
                        .thenComparing(Comparator.reverseOrder()));
    }

    private static double of(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 1 : 1 - (double) distance(a, b) / longer;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
