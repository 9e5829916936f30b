package io.junctor.cluster.engine;

/** Checks subjects, patterns and keys, and matches subjects with patterns. Used by engines. */
public final class SubjectSyntax {
    private static final int MOST_CHARACTERS = 2_000;

    private SubjectSyntax() {}

    /**
     * Checks a subject or a key.
     *
     * @return {@code subject}
     * @throws IllegalArgumentException if it is empty or too long, or has an empty token or a character that is not allowed
     */
    public static String checkSubject(String subject) {
        return check(subject, false);
    }

    /**
     * Checks a pattern.
     *
     * @return {@code pattern}
     * @throws IllegalArgumentException if it is not a subject, in which a token may be {@code *} and the last token may be {@code >}
     */
    public static String checkPattern(String pattern) {
        return check(pattern, true);
    }

    /**
     * Checks a scope.
     *
     * @return {@code scope}
     * @throws IllegalArgumentException if it is not exactly one token
     */
    public static String checkScope(String scope) {
        if (scope.indexOf('.') >= 0) {
            throw new IllegalArgumentException("a scope has one token: " + scope);
        }
        return check(scope, false);
    }

    /** Whether a pattern contains a wildcard ({@code *} or {@code >}). */
    public static boolean isWildcard(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('>') >= 0;
    }

    /** Whether {@code pattern} matches {@code subject}; both are valid. */
    public static boolean matches(String pattern, String subject) {
        int p = 0;
        int s = 0;
        while (p < pattern.length() && s < subject.length()) {
            char next = pattern.charAt(p);
            if (next == '>') {
                return true;
            }
            int subjectEnd = end(subject, s);
            int patternEnd = end(pattern, p);
            boolean same = patternEnd - p == subjectEnd - s && pattern.regionMatches(p, subject, s, patternEnd - p);
            if (next != '*' && !same) {
                return false;
            }
            p = patternEnd + 1;
            s = subjectEnd + 1;
        }
        return p >= pattern.length() && s >= subject.length();
    }

    private static int end(String tokens, int from) {
        int dot = tokens.indexOf('.', from);
        return dot < 0 ? tokens.length() : dot;
    }

    private static String check(String subject, boolean isPattern) {
        if (subject.isEmpty() || subject.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a subject has 1 to " + MOST_CHARACTERS + " characters, not " + subject.length());
        }
        for (int from = 0; from <= subject.length(); ) {
            int to = end(subject, from);
            if (!isToken(subject, from, to) && !(isPattern && isWildcardToken(subject, from, to))) {
                throw new IllegalArgumentException("not a valid " + (isPattern ? "pattern" : "subject")
                        + ", in the token that begins at character " + from + ": " + subject);
            }
            from = to + 1;
        }
        return subject;
    }

    private static boolean isToken(String subject, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = subject.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '_' && c != '-' && c != '%') {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isWildcardToken(String subject, int from, int to) {
        if (to - from != 1) {
            return false;
        }
        char only = subject.charAt(from);
        return only == '*' || (only == '>' && to == subject.length());
    }
}
