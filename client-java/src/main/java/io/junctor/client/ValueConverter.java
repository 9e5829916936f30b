package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Safe for use by many threads. Between objects of the application and the values that codecs know. */
final class ValueConverter {
    private final ObjectMapper mapper;

    ValueConverter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Modules found on the class path are used; unknown properties are ignored, so that a peer may add some; a number with
     * a fraction is no integer, and a string is no number.
     */
    static ObjectMapper defaultMapper() {
        return JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    JavaType type(Class<?> type) {
        return mapper.constructType(type);
    }

    JavaType type(TypeReference<?> type) {
        return mapper.constructType(type.getType());
    }

    /** Reads a received value; {@code label} names it where it does not fit. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T read(@Nullable Object value, JavaType type, String label) {
        if (value == null) {
            throw new WampException(
                    WampError.INVALID_ARGUMENT.uri().text(),
                    label + " is missing, expected " + type.getRawClass().getSimpleName());
        }
        if (isPlain(value) && type.isTypeOrSuperTypeOf(value.getClass())) {
            return (T) value;
        }
        try {
            T read = mapper.convertValue(value, type);
            if (read != null) {
                return read;
            }
        } catch (IllegalArgumentException mismatch) {
            throw WampException.unfit(label, type, value, mismatch);
        }
        throw WampException.unfit(label, type, value, null);
    }

    /** What a codec can encode; anything that Jackson cannot write is {@code wamp.error.invalid_payload}. */
    @SuppressWarnings("NullAway") // The record's null annotations do not survive in its class file.
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
            return mapper.convertValue(value, Object.class);
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
            case Boolean flag -> true;
            case byte[] bytes -> true;
            case BigInteger number -> true;
            case BigDecimal number -> true;
            default -> false;
        };
    }
}
