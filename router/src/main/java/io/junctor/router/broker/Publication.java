package io.junctor.router.broker;

import io.junctor.router.connection.HeldBytes;
import io.junctor.router.spi.StoredEvent;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Immutable. What somebody published.
 *
 * @param id its id
 * @param topic the topic
 * @param payload the arguments
 * @param details what all receivers are told
 * @param receivers who may receive it
 */
record Publication(long id, Uri topic, Payload payload, EventDetails details, ReceiverFilter receivers) {
    /** What a publication that is kept takes besides its parts of any length. */
    static final int OVERHEAD_BYTES = 256;

    /** The bytes of heap that it takes where it is kept. */
    long heldBytes() {
        return OVERHEAD_BYTES
                + payload.heldBytes()
                + HeldBytes.of(topic.text())
                + HeldBytes.of(details)
                + receivers.heldBytes();
    }

    /** This, as it is told to who subscribed after it. */
    Publication retained() {
        return new Publication(id, topic, payload, details.asRetained(), receivers);
    }

    /** This, as a history keeps it. */
    StoredEvent stored(Instant now) {
        return new StoredEvent(id, now.truncatedTo(ChronoUnit.MILLIS), topic, details, payload, receivers.names());
    }

    /** Section "Pattern-based Subscriptions": who subscribed to a pattern has to be told the topic. */
    Event eventFor(Subscription subscription) {
        EventDetails told = subscription.match() == MatchPolicy.EXACT ? details : details.withTopic(topic);
        return new Event(subscription.id(), id, told, payload);
    }
}
