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
 * The positional and keyword arguments of an event, an invocation or a result, read as the type that the caller wants.
 * Immutable.
 *
 * <p>If an argument is absent, null or of another type, a method throws a {@link WampException} with {@code
 * wamp.error.invalid_argument} that names the argument. If an {@link InvocationHandler} lets this exception pass, the caller receives
 * it as the error. Jackson reads objects with the client's mapper. {@link #arguments} and {@link #keywords} contain null,
 * {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link java.math.BigDecimal}, {@link String},
 * {@code byte[]}, {@link List} and {@link Map}.
 */
public abstract sealed class ReceivedArguments permits Event, Invocation, Result {
    private final Arguments arguments;
    private final ValueConverter converter;

    ReceivedArguments(Arguments arguments, ValueConverter converter) {
        this.arguments = arguments;
        this.converter = converter;
    }

    /** Returns the positional argument at {@code index}, from 0. */
    public <T> T argument(int index, Class<T> type) {
        return converter.read(positional(index), converter.type(type), label(index));
    }

    /** Returns the positional argument at {@code index}, from 0, as a generic type such as a list. */
    public <T> T argument(int index, TypeReference<T> type) {
        return converter.read(positional(index), converter.type(type), label(index));
    }

    /** Returns the positional argument at {@code index}, from 0; empty if it is absent or null. */
    public <T> Optional<T> optionalArgument(int index, Class<T> type) {
        return optional(positional(index), converter.type(type), label(index));
    }

    /**
     * Returns the positional argument at {@code index}, from 0, as a generic type such as a list; empty if it is absent or
     * null.
     */
    public <T> Optional<T> optionalArgument(int index, TypeReference<T> type) {
        return optional(positional(index), converter.type(type), label(index));
    }

    /** Returns the argument with this keyword. */
    public <T> T keyword(String keyword, Class<T> type) {
        return converter.read(arguments.keywords().get(keyword), converter.type(type), label(keyword));
    }

    /** Returns the argument with this keyword, as a generic type such as a list. */
    public <T> T keyword(String keyword, TypeReference<T> type) {
        return converter.read(arguments.keywords().get(keyword), converter.type(type), label(keyword));
    }

    /** Returns the argument with this keyword; empty if it is absent or null. */
    public <T> Optional<T> optionalKeyword(String keyword, Class<T> type) {
        return optional(arguments.keywords().get(keyword), converter.type(type), label(keyword));
    }

    /** All positional arguments as they were received. Unmodifiable. */
    public List<@Nullable Object> arguments() {
        return arguments.positional();
    }

    /** All keyword arguments as they were received. Unmodifiable. */
    public Map<String, @Nullable Object> keywords() {
        return arguments.keywords();
    }

    final @Nullable Object positional(int index) {
        List<@Nullable Object> all = arguments.positional();
        return index < all.size() ? all.get(index) : null;
    }

    private <T> Optional<T> optional(@Nullable Object value, JavaType type, String label) {
        return value == null ? Optional.empty() : Optional.of(converter.<T>read(value, type, label));
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
