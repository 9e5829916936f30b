package io.junctor.cluster.protocol;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.nio.charset.StandardCharsets;

/**
 * Maps a topic to a subject, and a subscription to a pattern of subjects: one token for each component of the URI. A pattern matches the
 * subjects of all topics that the subscription matches, and sometimes more: the receiver matches the full URI again. Thread-safe.
 *
 * <p>Every byte but {@code A-Z a-z 0-9 _ -} is written as {@code %XX}. An empty component becomes {@code %}. A component that would have more
 * than 48 characters becomes {@code %} and its digest. If a URI has more than 20 components, those from the 20th on together become {@code %}
 * and their digest. So a subject has at most 20 tokens of at most 48 characters.
 */
public final class UriSubjects {
    /** The subject of events that go to all routers. No topic has this subject. */
    public static final String ALL_ROUTERS = "%r";

    private static final int MOST_TOKENS = 20;
    private static final int MOST_CHARACTERS = 48;
    private static final String ANY_ONE = "*";
    private static final String ANY_REST = ">";

    private UriSubjects() {}

    /** The subject of a topic. */
    public static String subject(Uri topic) {
        return pattern(topic, MatchPolicy.EXACT);
    }

    /** The pattern of subjects for a subscription. */
    public static String pattern(Uri topic, MatchPolicy match) {
        StringBuilder subject = new StringBuilder();
        String text = topic.text();
        int from = 0;
        for (int tokens = 1; ; tokens++) {
            int dot = tokens == MOST_TOKENS ? -1 : text.indexOf('.', from);
            String component = dot < 0 ? text.substring(from) : text.substring(from, dot);
            boolean isLast = dot < 0;
            boolean isRest = tokens == MOST_TOKENS && component.indexOf('.') >= 0;
            subject.append(token(component, match, isLast, isRest));
            if (isLast) {
                return subject.toString();
            }
            subject.append('.');
            from = dot + 1;
        }
    }

    private static String token(String component, MatchPolicy match, boolean isLast, boolean isRest) {
        return switch (match) {
            case EXACT -> isRest ? digest(component) : literal(component);
            case PREFIX -> isLast ? ANY_REST : literal(component);
            case WILDCARD -> component.isEmpty() || isRest ? ANY_ONE : literal(component);
        };
    }

    private static String literal(String component) {
        if (component.isEmpty()) {
            return "%";
        }
        StringBuilder token = new StringBuilder();
        for (byte each : component.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (isPlain(c)) {
                token.append(c);
            } else {
                token.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                token.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
            if (token.length() > MOST_CHARACTERS) {
                return digest(component);
            }
        }
        return token.toString();
    }

    private static boolean isPlain(char c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static String digest(String text) {
        return "%" + TextHash.token(text);
    }
}
