package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.cluster.SharedEvent.Permission;
import io.junctor.router.cluster.SharedEvent.Receivers;
import io.junctor.router.spi.Action;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes events: each is an EVENT in the publisher's serialization, with the topic and the receivers in its details. Thread-safe. */
public final class SharedEvents {
    /** The name of the detail that contains the receivers. */
    private static final String TO = "_to";
    /** The name of the detail that contains the number of a retained event. */
    private static final String RETENTION = "_retention";

    private SharedEvents() {}

    /**
     * Writes an event.
     *
     * @throws UnrepresentableException if its details have a value that the payload's serialization cannot express
     */
    public static void write(BodyWriter body, SharedEvent event) throws UnrepresentableException {
        EventDetails details = event.details();
        Dict.Builder extra = details.extra().with();
        if (event.receivers() != Receivers.ALL) {
            extra.put(TO, receivers(event.receivers()).entries());
        }
        if (event.isRetained()) {
            extra.put(RETENTION, event.retention());
        }
        EventDetails sent = new EventDetails(
                details.publisher(),
                event.topic(),
                details.trustLevel(),
                details.retained(),
                details.passthru(),
                details.forwardFor(),
                details.dropped(),
                extra.build());
        WampMessages.write(body, new Event(event.publication(), event.publication(), sent, event.payload()));
    }

    /**
     * Reads an event.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static SharedEvent read(BodyReader body) {
        FromRouter message = WampMessages.fromRouter(body);
        try {
            if (message instanceof Event event && event.details().topic() != null) {
                return event(event, event.details(), event.details().topic());
            }
        } catch (ProtocolViolationException violation) {
            throw new InvalidBodyException("the receivers of an event: " + violation.problem());
        }
        throw new InvalidBodyException("a message that is no event with a topic");
    }

    private static SharedEvent event(Event event, EventDetails details, Uri topic) {
        Dict to = details.extra().dict(TO);
        EventDetails told = new EventDetails(
                details.publisher(),
                null,
                details.trustLevel(),
                details.retained(),
                details.passthru(),
                details.forwardFor(),
                details.dropped(),
                details.extra().without(Set.of(TO, RETENTION)));
        Long retention = details.extra().integer(RETENTION, 0);
        return new SharedEvent(
                event.publication(),
                topic,
                event.payload(),
                told.equals(EventDetails.NONE) ? EventDetails.NONE : told,
                to.isEmpty() ? Receivers.ALL : receivers(to),
                retention == null ? 0 : retention);
    }

    private static Dict receivers(Receivers receivers) {
        Audience audience = receivers.audience();
        Permission needed = receivers.needed();
        Dict.Builder to = new Dict.Builder()
                .put("session", receivers.excludedSession())
                .put("exclude", audience.exclude())
                .put("exclude_authid", audience.excludeAuthid())
                .put("exclude_authrole", audience.excludeAuthrole())
                .put("eligible", audience.eligible())
                .put("eligible_authid", audience.eligibleAuthid())
                .put("eligible_authrole", audience.eligibleAuthrole());
        if (needed != null) {
            to.put("action", needed.action().name())
                    .put("uri", needed.uri().text())
                    .put("match", needed.match().wire());
        }
        return to.build();
    }

    private static Receivers receivers(Dict to) {
        Long session = to.integer("session", 0);
        Audience audience = new Audience(
                to.ids("exclude"),
                to.texts("exclude_authid"),
                to.texts("exclude_authrole"),
                to.ids("eligible"),
                to.texts("eligible_authid"),
                to.texts("eligible_authrole"));
        return new Receivers(
                session == null ? 0 : session, audience.equals(Audience.ALL) ? Audience.ALL : audience, needed(to));
    }

    private static @Nullable Permission needed(Dict to) {
        String action = to.text("action");
        String uri = to.text("uri");
        if (action == null || uri == null) {
            return null;
        }
        try {
            return new Permission(
                    Action.valueOf(action), new Uri(uri), to.choice("match", MatchPolicy::ofWire, MatchPolicy.EXACT));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidBodyException("an event that needs the unknown permission '" + action + "'");
        }
    }
}
