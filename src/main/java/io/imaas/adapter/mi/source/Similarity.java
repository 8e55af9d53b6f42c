package io.imaas.adapter.mi.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name was meant. */
public final class Similarity {
    private static final int CLOSE = 2;

    private Similarity() {}

    public static Optional<String> nearest(String wanted, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.min(CLOSE, wanted.length() / 2))
                .min(Comparator.comparingInt(name -> distance(wanted, name)));
    }

    /** Levenshtein's distance, upper and lower case the same. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
