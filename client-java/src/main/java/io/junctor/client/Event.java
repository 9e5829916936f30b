package io.junctor.client;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.TraceContext;
import java.util.Optional;
import java.util.OptionalLong;

/** An event of a subscription (section "Publishing and Events"). Immutable. */
public final class Event extends ReceivedArguments {
    private final String topic;
    private final long publication;
    private final EventDetails details;

    Event(String topic, io.junctor.wamp.message.Event event, Arguments arguments, ValueConverter conversion) {
        this(topic, event.publication(), event.details(), arguments, conversion);
    }

    Event(String subscribed, long publication, EventDetails details, Arguments arguments, ValueConverter conversion) {
        super(arguments, conversion);
        this.topic = details.topic() == null ? subscribed : details.topic().text();
        this.publication = publication;
        this.details = details;
    }

    /** The topic of the publication, also for a pattern-based subscription. */
    public String topic() {
        return topic;
    }

    /** The publication id, which is the same for all subscribers. */
    public long publication() {
        return publication;
    }

    /** The publisher, if it is disclosed; see {@link PublishOptions#discloseMe}. */
    public Optional<PeerIdentity> publisher() {
        return PeerIdentity.of(details.publisher());
    }

    /** The trust level of the publisher, of which 0 is the lowest; empty if the router has no trust levels. */
    public OptionalLong trustLevel() {
        return ReceivedArguments.optional(details.trustLevel());
    }

    /** The trace that the publication belongs to, if the publisher or the router sent a trace; see {@link PublishOptions#trace}. */
    public Optional<TraceContext> trace() {
        return Optional.ofNullable(TraceContext.of(details.extra()));
    }

    /** Whether this is a retained event; see {@link SubscribeOptions#withRetained}. */
    public boolean isRetained() {
        return details.retained();
    }

    /** The number of events of this subscription that the router dropped before this one because the client was too slow. */
    public long dropped() {
        return details.dropped();
    }

    /** Returns the topic and the publication id, without arguments, for logs. */
    @Override
    public String toString() {
        return "event " + publication + " of " + topic;
    }
}
