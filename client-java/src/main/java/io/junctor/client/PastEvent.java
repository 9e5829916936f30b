package io.junctor.client;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. An event that the router kept (section "Event History").
 *
 * @param time when it was published
 * @param subscription the subscription it was kept for
 * @param event the event as a subscriber got it
 */
public record PastEvent(Instant time, long subscription, Event event) {
    /** Routers send one list of events, or each as an argument of its own. */
    static List<PastEvent> all(Result result, String topic, Conversion conversion) {
        List<@Nullable Object> arguments = result.arguments();
        Stream<?> events = arguments.size() == 1 && arguments.getFirst() instanceof List<?> list
                ? list.stream()
                : arguments.stream();
        return events.map(event -> of(Answer.of("a past event", event), topic, conversion))
                .toList();
    }

    @SuppressWarnings("NullAway") // The records' null annotations do not survive in their class files.
    private static PastEvent of(Answer answer, String topic, Conversion conversion) {
        try {
            EventDetails details = EventDetails.of(new Dict(map(answer.entries().get("details"))));
            List<?> positional = answer.entries().get("args") instanceof List<?> list ? list : List.of();
            Arguments arguments = new Arguments(
                    new ArrayList<@Nullable Object>(positional),
                    map(answer.entries().get("kwargs")));
            Event event = new Event(topic, answer.id("publication"), details, arguments, conversion);
            return new PastEvent(answer.time("timestamp"), answer.id("subscription"), event);
        } catch (ProtocolViolation problem) {
            throw Answer.unfit("a past event cannot be read: " + problem.getMessage());
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> entries.put(String.valueOf(key), element));
        }
        return entries;
    }
}
