package com.listingsync.common.connection;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that somebody most likely meant: the nearest by Levenshtein distance, if it is near at all. */
public final class NearestName {

    private NearestName() {}

    /** The nearest of the known names; empty when none is near. */
    public static Optional<String> of(String found, Collection<String> known) {
        int far = Math.max(2, found.length() / 2);
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(found, name))
                        .thenComparing(name -> name))
                .filter(name -> distance(found, name) <= far);
    }

    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
