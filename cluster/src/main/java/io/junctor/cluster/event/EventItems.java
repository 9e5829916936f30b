package io.junctor.cluster.event;

import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.SharedEvents;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.cluster.SharedEvent.Receivers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Writes and reads the events of a message between routers: most of them, which have no details, in few bytes. Thread-safe. */
final class EventItems {
    private static final int PLAIN = 1;
    private static final int PLAIN_OF_SAME_TOPIC = 2;
    private static final int WITH_DETAILS = 3;

    private EventItems() {}

    /**
     * Writes an event.
     *
     * @param before the topic of the event before it in the message, or null
     * @throws UnrepresentableException if its details have a value that the payload's serialization cannot express
     */
    static void write(BodyWriter body, SharedEvent event, @Nullable Uri before) throws UnrepresentableException {
        if (!isPlain(event)) {
            SharedEvents.write(body.octet(WITH_DETAILS), event);
            return;
        }
        boolean isSameTopic = event.topic().equals(before);
        body.octet(isSameTopic ? PLAIN_OF_SAME_TOPIC : PLAIN)
                .id(event.publication())
                .id(event.receivers().excludedSession());
        if (!isSameTopic) {
            body.text(event.topic().text());
        }
        body.payload(event.payload());
    }

    private static boolean isPlain(SharedEvent event) {
        Receivers receivers = event.receivers();
        return !event.isRetained()
                && event.details().equals(EventDetails.NONE)
                && receivers.needed() == null
                && receivers.audience().equals(Audience.ALL);
    }

    /**
     * Reads an event.
     *
     * @param before the topic of the event before it in the message, or null
     * @throws InvalidBodyException if the bytes have another form
     */
    static SharedEvent read(BodyReader body, @Nullable Uri before) {
        int kind = body.octet();
        return switch (kind) {
            case PLAIN -> plain(body, null);
            case PLAIN_OF_SAME_TOPIC -> {
                if (before == null) {
                    throw new InvalidBodyException("an event of the same topic as none");
                }
                yield plain(body, before);
            }
            case WITH_DETAILS -> SharedEvents.read(body);
            default -> throw new InvalidBodyException("an event of the unknown kind " + kind);
        };
    }

    private static SharedEvent plain(BodyReader body, @Nullable Uri before) {
        long publication = body.wampId("publication");
        long excluded = body.wampIdOrNone("session");
        Uri topic = before == null ? new Uri(body.text()) : before;
        Payload payload = body.payload();
        Receivers receivers = excluded == 0 ? Receivers.ALL : new Receivers(excluded, Audience.ALL, null);
        return new SharedEvent(publication, topic, payload, EventDetails.NONE, receivers, 0);
    }
}
