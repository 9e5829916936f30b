package io.junctor.client;

import io.junctor.client.engine.Sealer;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. Reads what the router answers about past events. */
final class History {
    private static final System.Logger LOG = System.getLogger(History.class.getName());

    private final Conversion conversion;
    private final Sealer sealer;

    History(Conversion conversion, Sealer sealer) {
        this.conversion = conversion;
        this.sealer = sealer;
    }

    /** Routers send one list of events, or each as an argument of its own. What cannot be opened is left out. */
    List<PastEvent> events(Result result, String topic) {
        List<@Nullable Object> arguments = result.arguments();
        List<?> answers = arguments.size() == 1 && arguments.getFirst() instanceof List<?> list ? list : arguments;
        List<PastEvent> events = new ArrayList<>();
        for (Object answer : answers) {
            PastEvent event = event(Answer.of("a past event", answer), topic);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private @Nullable PastEvent event(Answer answer, String topic) {
        try {
            EventDetails details = EventDetails.of(dict(answer.entries().get("details")));
            Arguments arguments = opened(details, arguments(answer));
            Event event = new Event(topic, answer.id("publication"), details, arguments, conversion);
            return new PastEvent(answer.time("timestamp"), answer.id("subscription"), event);
        } catch (ProtocolViolation problem) {
            LOG.log(System.Logger.Level.WARNING, "a past event of {0} is left out: {1}", topic, problem.getMessage());
            return null;
        }
    }

    private Arguments opened(EventDetails details, Arguments arguments) {
        Passthru passthru = details.passthru();
        if (passthru == null) {
            return arguments;
        }
        boolean single = arguments.positional().size() == 1;
        if (single && arguments.positional().getFirst() instanceof byte[] bytes) {
            return sealer.open(passthru, bytes);
        }
        throw new ProtocolViolation("a payload with ppt_scheme must be one binary argument");
    }

    @SuppressWarnings("NullAway") // The records' null annotations do not survive in their class files.
    private static Arguments arguments(Answer answer) {
        List<?> positional = answer.entries().get("args") instanceof List<?> list ? list : List.of();
        return new Arguments(
                new ArrayList<@Nullable Object>(positional),
                map(answer.entries().get("kwargs")));
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
