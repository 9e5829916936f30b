package io.junctor.client;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import java.util.Optional;
import java.util.OptionalLong;

/** Immutable. An event of a subscription (section "Publishing and Events"). */
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

    /** The topic that was published to. */
    public String topic() {
        return topic;
    }

    /** The id of the publication, the same for all its subscribers. */
    public long publication() {
        return publication;
    }

    /** Who published, if that is disclosed: {@link PublishOptions#discloseMe}. */
    public Optional<PeerIdentity> publisher() {
        return PeerIdentity.of(details.publisher());
    }

    /** How far the router trusts the publisher, 0 lowest; empty where it has no such rules. */
    public OptionalLong trustLevel() {
        return ReceivedArguments.optional(details.trustLevel());
    }

    /** Whether the router kept it from before the subscription: {@link SubscribeOptions#withRetained}. */
    public boolean isRetained() {
        return details.retained();
    }

    /** How many events of the subscription this session lost just before this one, because it was too slow for them. */
    public long dropped() {
        return details.dropped();
    }

    /** Names topic and publication; arguments never reach a log this way. */
    @Override
    public String toString() {
        return "event " + publication + " of " + topic;
    }
}
