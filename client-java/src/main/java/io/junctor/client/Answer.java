package io.junctor.client;

import io.junctor.wamp.value.WampError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Immutable. A dictionary that the router answered or published about itself. */
record Answer(String what, Map<?, ?> entries) {
    /** The dictionary; anything else is a failure that names {@code what} it should be. */
    static Answer of(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Answer(what, map);
        }
        throw unfit(what + " is no dictionary");
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
            throw unfit("'" + key + "' of " + what + " is no time");
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
