package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.WampError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts objects of the application to WAMP values and back. Thread-safe. */
final class ValueConverter {
    /** The default mapper, created on first use: many programs do not need it, and Jackson takes a while to load. */
    private static final class DefaultMapper {
        static final ObjectMapper MAPPER = defaultMapper();
    }

    private final @Nullable ObjectMapper given;

    /** Creates a converter that uses {@code given}, or the default mapper if {@code given} is null. */
    ValueConverter(@Nullable ObjectMapper given) {
        this.given = given;
    }

    private ObjectMapper mapper() {
        return given == null ? DefaultMapper.MAPPER : given;
    }

    /**
     * Returns a mapper that reads and writes {@code Optional} and {@code java.time}, the latter as ISO 8601 texts, by two modules that are
     * runtime dependencies. It also uses the other Jackson modules on the class path. It ignores unknown properties, so that a peer
     * may add some. It accepts neither a number with a fraction as an integer nor a string as a number.
     */
    static ObjectMapper defaultMapper() {
        return JsonMapper.builder()
                .findAndAddModules()
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    JavaType type(Class<?> type) {
        return mapper().constructType(type);
    }

    JavaType type(TypeReference<?> type) {
        return mapper().constructType(type.getType());
    }

    /** Returns a received value as {@code type}. {@code label} names the value in errors. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T read(@Nullable Object value, JavaType type, String label) {
        if (value == null && type.isReferenceType()) {
            return mapper().convertValue(null, type);
        }
        if (value == null) {
            throw new WampException(
                    WampError.INVALID_ARGUMENT.uri().text(),
                    label + " is missing, expected " + type.getRawClass().getSimpleName());
        }
        if (isPlain(value) && type.isTypeOrSuperTypeOf(value.getClass())) {
            return (T) value;
        }
        try {
            T read = mapper().convertValue(value, type);
            if (read != null) {
                return read;
            }
        } catch (IllegalArgumentException mismatch) {
            throw WampException.unfit(label, type, value, mismatch);
        }
        throw WampException.unfit(label, type, value, null);
    }

    /**
     * Converts arguments into values that codecs can encode. Fails with {@code wamp.error.invalid_payload} if Jackson cannot
     * write an object.
     */
    @SuppressWarnings("NullAway") // The null annotations of records are not in their class files.
    Arguments write(Args args) {
        List<@Nullable Object> positional = new ArrayList<>(args.positional().size());
        for (Object element : args.positional()) {
            positional.add(write(element, "argument " + positional.size()));
        }
        Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
        args.keywords().forEach((keyword, value) -> keywords.put(keyword, write(value, "argument '" + keyword + "'")));
        return new Arguments(positional, keywords);
    }

    private @Nullable Object write(@Nullable Object value, String label) {
        if (value == null || isPlain(value)) {
            return value;
        }
        try {
            return mapper().convertValue(value, Object.class);
        } catch (IllegalArgumentException problem) {
            throw new WampException(
                    WampError.INVALID_PAYLOAD.uri().text(),
                    Args.of(label + " cannot be sent: " + problem.getMessage()),
                    problem);
        }
    }

    private static boolean isPlain(Object value) {
        return switch (value) {
            case String text -> true;
            case Long number -> true;
            case Integer number -> true;
            case Double number -> true;
            case Float number -> true;
            case Boolean flag -> true;
            case byte[] bytes -> true;
            case BigInteger number -> true;
            case BigDecimal number -> true;
            default -> false;
        };
    }
}
