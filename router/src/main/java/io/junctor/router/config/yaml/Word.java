package io.junctor.router.config.yaml;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words. Immutable.
 *
 * @param <T> what it becomes
 * @param meaningByWord the words in the order messages show them
 */
record Word<T>(Map<String, T> meaningByWord) implements Kind<T> {

    /** The constants of an enum, in small letters. */
    static <E extends Enum<E>> Word<E> of(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> words.put(constant.name().toLowerCase(Locale.ROOT), constant));
        return new Word<>(words);
    }

    @Override
    public @Nullable T read(Value value) {
        String expected = "one of " + String.join(", ", meaningByWord.keySet());
        String text = value.text(expected);
        if (text == null) {
            return null;
        }
        T meaning = meaningByWord.get(text);
        if (meaning == null) {
            value.rejectUnless(expected, value.hint(text, meaningByWord.keySet()));
        }
        return meaning;
    }
}
