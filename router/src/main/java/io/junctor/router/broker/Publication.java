package io.junctor.router.broker;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.StoredEvent;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A publication in the form in which it is delivered, retained and stored in a history.
 *
 * @param id the publication id
 * @param topic the topic
 * @param payload the arguments
 * @param details the details for all receivers
 * @param receivers decides who may receive it
 */
record Publication(long id, Uri topic, Payload payload, EventDetails details, ReceiverFilter receivers) {
    /** The bytes of heap that a kept publication uses in addition to its parts of variable length. */
    static final int OVERHEAD_BYTES = 256;

    /** The refusal of a publication that cannot be kept because memory is low or all realms together have reached their limit. */
    static final Refusal NOT_KEPT = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "the router cannot keep this now: it is low on memory, or all realms together keep as much as limit"
                    + " kept_heap_percent allows");

    /** The bytes of heap that this publication uses while it is kept. */
    long heldBytes() {
        return OVERHEAD_BYTES
                + payload.heldBytes()
                + HeapEstimate.of(topic.text())
                + HeapEstimate.of(details)
                + receivers.heldBytes();
    }

    /** The publication of an event that another router passed on. */
    static Publication of(SharedEvent event) {
        return new Publication(
                event.publication(),
                event.topic(),
                event.payload(),
                event.details(),
                ReceiverFilter.of(event.receivers()));
    }

    /** This publication in the form for other routers; {@code retention} is that of {@link SharedEvent}. */
    SharedEvent shared(long retention) {
        return new SharedEvent(id, topic, payload, details, receivers.shared(), retention);
    }

    /** This publication with its details marked as those of a retained event. */
    Publication retained() {
        return new Publication(id, topic, payload, details.asRetained(), receivers);
    }

    /** This publication as an event of a history. */
    StoredEvent stored(Instant now) {
        return new StoredEvent(id, now.truncatedTo(ChronoUnit.MILLIS), topic, details, payload, receivers.names());
    }

    /** The EVENT for a subscription; with the topic if that is a pattern (section "Pattern-based Subscriptions"). */
    Event eventFor(Subscription subscription) {
        EventDetails told = subscription.match() == MatchPolicy.EXACT ? details : details.withTopic(topic);
        return new Event(subscription.id(), id, told, payload);
    }

    /** The details of the event that all receivers get: what {@code disclosure} discloses of the publisher, and the options that are passed on. */
    static EventDetails details(Session publisher, PublishMessageOptions options, SenderDisclosure disclosure) {
        boolean disclosed = disclosure.discloses(options.discloseMe());
        if (!disclosed
                && disclosure.trustLevel() == null
                && options.passthru() == null
                && options.extra().isEmpty()) {
            return EventDetails.NONE;
        }
        return new EventDetails(
                disclosed ? publisher.disclosure() : null,
                null,
                disclosure.trustLevel(),
                false,
                options.passthru(),
                List.of(),
                0,
                options.extra());
    }
}
