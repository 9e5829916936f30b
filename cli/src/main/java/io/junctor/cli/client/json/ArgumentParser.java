package io.junctor.cli.client.json;

import io.junctor.client.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses arguments in the form in which people type them: {@code 5}, {@code true}, {@code [1, 2]}, {@code text} or {@code key=value}.
 *
 * <p>A value is parsed as JSON if it begins like a list, an object or a string, or if it is a JSON number, {@code true},
 * {@code false} or {@code null}. Any other value is a text. Thread-safe.
 */
public final class ArgumentParser {
    private static final Pattern KEYWORD = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\p{Cntrl}\"']+");

    private ArgumentParser() {}

    /**
     * Parses words: a value is a positional argument, {@code key=value} is a keyword argument.
     *
     * @param raw whether every word is a text, even if it looks like JSON or {@code key=value}
     * @throws InvalidJsonException if a value begins like JSON but is not JSON; the message contains the value, line and column
     */
    public static Args read(List<String> words, boolean raw) {
        List<@Nullable Object> positional = new ArrayList<>();
        Args keywords = Args.NONE;
        for (String word : words) {
            Matcher keyword = KEYWORD.matcher(word);
            if (!raw && keyword.matches()) {
                keywords = keywords.with(keyword.group(1), one(keyword.group(2), false));
            } else {
                positional.add(one(word, raw));
            }
        }
        return args(positional, keywords.keywords());
    }

    /**
     * Parses a whole input: the elements of a JSON list are positional arguments, the members of a JSON object are keyword
     * arguments, any other value is the only argument.
     *
     * @throws InvalidJsonException if the input begins like JSON but is not JSON
     */
    public static Args readAll(String text, boolean raw) {
        return switch (value(text, raw)) {
            case List<?> list -> Args.of(list.toArray());
            case Map<?, ?> map -> args(List.of(), map);
            case Object value -> Args.of(value);
            case null -> Args.of((Object) null);
        };
    }

    private static @Nullable Object one(String word, boolean raw) {
        try {
            return value(word, raw);
        } catch (InvalidJsonException problem) {
            throw problem.in(word);
        }
    }

    private static @Nullable Object value(String word, boolean raw) {
        return !raw && isJson(word.strip()) ? JsonText.read(word) : word;
    }

    /** Returns the value of a JSON text, such as the output of a program; if it is not JSON, the text itself. */
    public static @Nullable Object lenientValue(String text) {
        try {
            return value(text, false);
        } catch (InvalidJsonException notJson) {
            return text;
        }
    }

    /** Creates arguments from positional ones and keyword arguments. */
    public static Args args(List<?> positional, Map<?, ?> keywords) {
        Args args = Args.of(positional.toArray());
        for (Map.Entry<?, ?> entry : keywords.entrySet()) {
            args = args.with(String.valueOf(entry.getKey()), entry.getValue());
        }
        return args;
    }

    /** Returns arguments on one line, separated by spaces, in the form that {@link #read} parses. */
    public static String write(List<?> positional, Map<String, ?> keywords) {
        List<String> words = new ArrayList<>();
        positional.forEach(value -> words.add(word(value)));
        keywords.forEach((keyword, value) -> words.add(keyword + "=" + word(value)));
        return String.join(" ", words);
    }

    private static String word(@Nullable Object value) {
        return value instanceof String text && PLAIN.matcher(text).matches() && !isJson(text) && !isKeyword(text)
                ? text
                : JsonText.write(value);
    }

    private static boolean isKeyword(String text) {
        return KEYWORD.matcher(text).matches();
    }

    private static boolean isJson(String word) {
        return switch (word) {
            case "true", "false", "null" -> true;
            default ->
                word.startsWith("{")
                        || word.startsWith("[")
                        || word.startsWith("\"")
                        || NUMBER.matcher(word).matches();
        };
    }
}
