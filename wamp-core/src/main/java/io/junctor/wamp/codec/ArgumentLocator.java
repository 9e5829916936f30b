package io.junctor.wamp.codec;

import io.junctor.wamp.value.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the argument that contains an invalid or unsupported value, for error texts. Used only after an error, because it reads the
 * arguments again.
 */
final class ArgumentLocator {
    private static final int NAME_CHARACTERS = 64;

    private ArgumentLocator() {}

    /**
     * Names the element of Arguments that contains the byte at {@code position}; {@code in} is at the start of
     * Arguments.
     */
    static String positional(WireReader in, int position) {
        in.begin();
        for (int i = 0; in.next(); i++) {
            in.skip();
            if (position < in.position()) {
                return positional(i);
            }
        }
        return "Arguments";
    }

    /**
     * Names the entry of ArgumentsKw that contains the byte at {@code position}; {@code in} is at the start of
     * ArgumentsKw.
     */
    static String keyword(WireReader in, int position) {
        in.beginDict();
        int index = 0;
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            in.skip();
            if (position < in.position()) {
                return keyword(key, index);
            }
            index++;
        }
        return "ArgumentsKw";
    }

    /** Names the first argument that contains an {@link UnsupportedValue}. */
    static String unsupported(Arguments arguments) {
        int index = 0;
        for (Object argument : arguments.positional()) {
            if (UnsupportedValue.isIn(argument)) {
                return positional(index);
            }
            index++;
        }
        index = 0;
        for (Map.Entry<String, @Nullable Object> argument : arguments.keywords().entrySet()) {
            if (UnsupportedValue.isIn(argument.getValue())) {
                return keyword(argument.getKey(), index);
            }
            index++;
        }
        return "Arguments";
    }

    /** Names a positional argument. */
    static String positional(int index) {
        return "argument " + index;
    }

    /** Names a keyword argument by its key, or by its index if the key is long or has special characters. */
    static String keyword(String key, int index) {
        return isSimple(key) ? "argument '" + key + "'" : "keyword argument " + index;
    }

    private static boolean isSimple(String key) {
        boolean fits = !key.isEmpty() && key.length() <= NAME_CHARACTERS;
        return fits && key.chars().allMatch(c -> c == '_' || c == '.' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }
}
