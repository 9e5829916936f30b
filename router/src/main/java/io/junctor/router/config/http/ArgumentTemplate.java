package io.junctor.router.config.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders for the arguments of a call: {@code {0}} for the first positional argument, {@code {name}} for a keyword
 * argument, and with a question mark, such as {@code {name?}}, for an argument that may be missing. Other braces are literal text.
 * {@code toString} does not show the text, which may contain a secret.
 *
 * @param parts the parts in their order
 */
public record ArgumentTemplate(List<Part> parts) {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_]{1,100})(\\??)}");

    /** A piece of the text. */
    public sealed interface Part permits Literal, Place {}

    /**
     * Literal text.
     *
     * @param text the text
     */
    public record Literal(String text) implements Part {}

    /**
     * A placeholder for an argument.
     *
     * @param name the name or position
     * @param isOptional whether the argument may be missing
     */
    public record Place(String name, boolean isOptional) implements Part {
        /** The index of a positional argument; null for a keyword argument. */
        public @Nullable Integer position() {
            return name.matches("[0-9]{1,4}") ? Integer.valueOf(name) : null;
        }
    }

    /** Copies the list. */
    public ArgumentTemplate {
        parts = List.copyOf(parts);
    }

    /** Parses a text. */
    public static ArgumentTemplate of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            parts.add(new Literal(text.substring(end, matcher.start())));
            parts.add(new Place(matcher.group(1), !matcher.group(2).isEmpty()));
            end = matcher.end();
        }
        parts.add(new Literal(text.substring(end)));
        return new ArgumentTemplate(parts);
    }

    /** The text with {@code other} in place of each placeholder. */
    public String with(String other) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Place place -> other;
                    });
        }
        return text.toString();
    }

    /** The text before the first placeholder. */
    public String start() {
        return parts.getFirst() instanceof Literal literal ? literal.text() : "";
    }

    @Override
    public String toString() {
        return "ArgumentTemplate[]";
    }
}
