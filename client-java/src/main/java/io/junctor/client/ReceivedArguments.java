package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import io.junctor.wamp.value.Arguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Received arguments, positional ones and ones with a keyword, as values of the type asked for.
 *
 * <p>What is absent, null or of another type is a {@link WampException} with {@code wamp.error.invalid_argument} that names
 * the argument: thrown out of an {@link InvocationHandler}, it is the answer the caller gets. Objects are read by Jackson with
 * the client's mapper. Unread, a value is null, {@link Boolean}, {@link Long}, {@link java.math.BigInteger},
 * {@link Double}, {@link java.math.BigDecimal}, {@link String}, {@code byte[]}, a {@link List} or a {@link Map}.
 */
public abstract sealed class ReceivedArguments permits Event, Invocation, Result {
    private final Arguments arguments;
    private final ValueConverter conversion;

    ReceivedArguments(Arguments arguments, ValueConverter conversion) {
        this.arguments = arguments;
        this.conversion = conversion;
    }

    /** The positional argument at {@code index}, from 0. */
    public <T> T argument(int index, Class<T> type) {
        return conversion.read(positional(index), conversion.type(type), label(index));
    }

    /** The positional argument at {@code index}, from 0, such as a list of a certain type. */
    public <T> T argument(int index, TypeReference<T> type) {
        return conversion.read(positional(index), conversion.type(type), label(index));
    }

    /** The positional argument at {@code index}, from 0; empty where it is absent or null. */
    public <T> Optional<T> optionalArgument(int index, Class<T> type) {
        return optional(positional(index), conversion.type(type), label(index));
    }

    /** The positional argument at {@code index}, from 0, such as a list; empty where it is absent or null. */
    public <T> Optional<T> optionalArgument(int index, TypeReference<T> type) {
        return optional(positional(index), conversion.type(type), label(index));
    }

    /** The argument with this keyword. */
    public <T> T keyword(String keyword, Class<T> type) {
        return conversion.read(arguments.keywords().get(keyword), conversion.type(type), label(keyword));
    }

    /** The argument with this keyword, such as a list of a certain type. */
    public <T> T keyword(String keyword, TypeReference<T> type) {
        return conversion.read(arguments.keywords().get(keyword), conversion.type(type), label(keyword));
    }

    /** The argument with this keyword; empty where it is absent or null. */
    public <T> Optional<T> optionalKeyword(String keyword, Class<T> type) {
        return optional(arguments.keywords().get(keyword), conversion.type(type), label(keyword));
    }

    /** All positional arguments as they came. Unmodifiable. */
    public List<@Nullable Object> arguments() {
        return arguments.positional();
    }

    /** All keyword arguments as they came. Unmodifiable. */
    public Map<String, @Nullable Object> keywords() {
        return arguments.keywords();
    }

    final @Nullable Object positional(int index) {
        List<@Nullable Object> all = arguments.positional();
        return index < all.size() ? all.get(index) : null;
    }

    private <T> Optional<T> optional(@Nullable Object value, JavaType type, String label) {
        return value == null ? Optional.empty() : Optional.of(conversion.<T>read(value, type, label));
    }

    static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String label(int index) {
        return "argument " + index;
    }

    private static String label(String keyword) {
        return "keyword argument '" + keyword + "'";
    }
}
