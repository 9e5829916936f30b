package io.junctor.client.meta;

import io.junctor.client.ReceivedArguments;
import io.junctor.client.WampException;
import io.junctor.wamp.value.WampError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a dictionary of the meta API. {@code what} names it in errors. */
record MetaDictionary(String what, Map<?, ?> entries) {
    /** Returns the dictionary at this position. Throws {@code wamp.error.invalid_payload} if the value is not a dictionary. */
    static MetaDictionary of(String what, ReceivedArguments received, int index) {
        Object value =
                index < received.arguments().size() ? received.arguments().get(index) : null;
        if (value instanceof Map<?, ?> map) {
            return new MetaDictionary(what, map);
        }
        throw unfit(what + " is not a dictionary");
    }

    long id(String key) {
        if (entries.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw unfit(what + " has no id '" + key + "'");
    }

    @Nullable
    String text(String key) {
        return entries.get(key) instanceof String text ? text : null;
    }

    String required(String key) {
        String text = text(key);
        if (text == null) {
            throw unfit(what + " has no text '" + key + "'");
        }
        return text;
    }

    Instant time(String key) {
        String text = required(key);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException problem) {
            throw unfit("'" + key + "' of " + what + " is not a time");
        }
    }

    <T> T choice(String key, Function<String, @Nullable T> spelled) {
        T value = spelled.apply(required(key));
        if (value == null) {
            throw unfit("'" + key + "' of " + what + " has an unknown value");
        }
        return value;
    }

    static WampException unfit(String text) {
        return new WampException(WampError.INVALID_PAYLOAD.uri().text(), text);
    }
}
