package io.junctor.server.services;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An event that waits for delivery. Thread-safe, because no code changes its arrays and nodes. */
final class Delivery {
    private final long publication;
    private final String topic;
    private final ObjectNode event;
    private final byte[] body;

    /**
     * Creates a delivery.
     *
     * @param publication the id of the publication
     * @param topic the topic
     * @param event the event as JSON
     * @param body the bytes of {@code event}
     */
    Delivery(long publication, String topic, ObjectNode event, byte[] body) {
        this.publication = publication;
        this.topic = topic;
        this.event = event;
        this.body = body;
    }

    long publication() {
        return publication;
    }

    String topic() {
        return topic;
    }

    ObjectNode event() {
        return event;
    }

    byte[] body() {
        return body;
    }
}
