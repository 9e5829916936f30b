package io.junctor.client;

import io.junctor.wamp.value.Arguments;

/** Immutable. An event of a subscription (section "Publishing and Events"). */
public final class Event extends Values {
    private final String topic;
    private final long publication;

    Event(String topic, long publication, Arguments arguments, Conversion conversion) {
        super(arguments, conversion);
        this.topic = topic;
        this.publication = publication;
    }

    /** The topic that was published to. */
    public String topic() {
        return topic;
    }

    /** The id of the publication, the same for all its subscribers. */
    public long publication() {
        return publication;
    }

    /** Names topic and publication; arguments never reach a log this way. */
    @Override
    public String toString() {
        return "event " + publication + " of " + topic;
    }
}
