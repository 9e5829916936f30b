package io.junctor.conformance.snippets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Immutable. The lines that a block should print, in any order, because handlers run at the same time. {@code ...}
 * stands for any text.
 */
record Output(List<String> expected) {

    /** Whether each expected line was printed; there may be more. */
    boolean isIn(List<String> printed) {
        List<String> left = new ArrayList<>(printed);
        return expected.stream().allMatch(line -> removeOne(left, pattern(line)));
    }

    /** Whether exactly the expected lines were printed. */
    boolean is(List<String> printed) {
        return printed.size() == expected.size() && isIn(printed);
    }

    private static boolean removeOne(List<String> lines, Predicate<String> pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.test(lines.get(i))) {
                lines.remove(i);
                return true;
            }
        }
        return false;
    }

    private static Predicate<String> pattern(String line) {
        return Pattern.compile(Stream.of(line.split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .asMatchPredicate();
    }
}
