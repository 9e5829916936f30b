package io.junctor.server.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests the known word that is most similar to a mistyped word. */
final class SpellingSuggestion {
    private SpellingSuggestion() {}

    /**
     * Returns {@code "; did you mean 'word'?"}, or an empty text if no known word is similar. A third of the characters may
     * differ; case, hyphens and underscores are ignored.
     */
    static String hint(String word, Collection<String> known) {
        String plain = plain(word);
        return known.stream()
                .filter(candidate -> isNear(plain, plain(candidate)))
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    private static boolean isNear(String word, String candidate) {
        int allowed = Math.max(1, candidate.length() / 3);
        return Math.abs(word.length() - candidate.length()) <= allowed && distance(word, candidate) <= allowed;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Returns the number of insertions, deletions, replacements and swaps of neighbours between two words. */
    static int distance(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : distance(distance, one, i, other, j);
            }
        }
        return distance[one.length()][other.length()];
    }

    /** Computes the distance between the first {@code i} characters of {@code one} and the first {@code j} characters of {@code other};
     * {@code shorter} has the distances of all shorter prefixes. */
    private static int distance(int[][] shorter, String one, int i, String other, int j) {
        int replaced = shorter[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(shorter[i - 1][j], shorter[i][j - 1]));
        boolean isSwap =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwap ? Math.min(least, shorter[i - 2][j - 2] + 1) : least;
    }
}
