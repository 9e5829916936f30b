package io.junctor.client;

import io.junctor.client.internal.Log;
import io.junctor.client.internal.PassthruCodec;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the events in the router's answer to {@code wamp.subscription.get_events}. Thread-safe. */
final class PastEventDecoder {
    private static final Log LOG = Log.of(PastEventDecoder.class);

    private final ValueConverter converter;
    private final PassthruCodec codec;

    PastEventDecoder(ValueConverter converter, PassthruCodec codec) {
        this.converter = converter;
        this.codec = codec;
    }

    /**
     * Returns the events in the result. Some routers send one list of events, others one argument per event. An event that
     * cannot be read or decrypted is left out and logged.
     */
    List<PastEvent> events(Result result, String topic) {
        List<@Nullable Object> arguments = result.arguments();
        List<?> entries = arguments.size() == 1 && arguments.getFirst() instanceof List<?> list ? list : arguments;
        List<PastEvent> events = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?>)) {
                throw new WampException(WampError.INVALID_PAYLOAD.uri().text(), "a past event is not a dictionary");
            }
            PastEvent event = event(dict(entry), topic);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private @Nullable PastEvent event(Dict entry, String topic) {
        try {
            EventDetails details = EventDetails.of(dict(entry.entries().get("details")));
            Arguments arguments = opened(details, arguments(entry));
            Event event = new Event(topic, id(entry, "publication"), details, arguments, converter);
            return new PastEvent(time(entry), id(entry, "subscription"), event);
        } catch (ProtocolViolationException problem) {
            LOG.write(System.Logger.Level.WARNING, "a past event of {0} is left out: {1}", topic, problem.getMessage());
            return null;
        }
    }

    private static long id(Dict entry, String key) {
        if (entry.entries().get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new ProtocolViolationException("it has no '" + key + "'");
    }

    private static Instant time(Dict entry) {
        try {
            return OffsetDateTime.parse(String.valueOf(entry.text("timestamp"))).toInstant();
        } catch (DateTimeParseException problem) {
            throw new ProtocolViolationException("its 'timestamp' is not a time");
        }
    }

    private Arguments opened(EventDetails details, Arguments arguments) {
        PassthruOptions passthru = details.passthru();
        if (passthru == null) {
            return arguments;
        }
        boolean single = arguments.positional().size() == 1;
        if (single && arguments.positional().getFirst() instanceof byte[] bytes) {
            return codec.open(passthru, bytes);
        }
        throw new ProtocolViolationException("a payload with ppt_scheme must be one binary argument");
    }

    @SuppressWarnings("NullAway") // The null annotations of records are not in their class files.
    private static Arguments arguments(Dict entry) {
        List<?> positional = entry.entries().get("args") instanceof List<?> list ? list : List.of();
        return new Arguments(
                new ArrayList<@Nullable Object>(positional), map(entry.entries().get("kwargs")));
    }

    @SuppressWarnings("NullAway") // The same.
    private static Dict dict(@Nullable Object value) {
        return new Dict(map(value));
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> entries.put(String.valueOf(key), element));
        }
        return entries;
    }
}
