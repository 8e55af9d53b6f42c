package io.imaas.model.failure;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {
    /** A word that was written, and the one that was probably meant. */
    public record Correction(String written, String meant) implements Serializable {}

    private Spelling() {}

    /** The nearest of the known words, if it is near enough that a slip of the fingers explains the difference. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        String word = plain(written);
        int limit = word.length() <= 3 ? 1 : word.length() <= 6 ? 2 : 3;
        return known.stream()
                .filter(candidate -> distance(word, plain(candidate)) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(word, plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'x'?}, or the list of what is allowed. */
    public static String suggestion(String written, Collection<String> known) {
        return nearest(written, known)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> known.isEmpty() ? "there is none yet" : "use one of " + String.join(", ", known));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Damerau and Levenshtein's distance with adjacent transpositions ("optimal string alignment"). */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3 || Math.max(a.length(), b.length()) > 100) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
