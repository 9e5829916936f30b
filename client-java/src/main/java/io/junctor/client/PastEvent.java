package io.junctor.client;

import java.time.Instant;

/**
 * A stored event (section "Event History").
 *
 * @param time the time of the publication
 * @param subscription the id of the subscription for which it was stored
 * @param event the event as a subscriber received it
 */
public record PastEvent(Instant time, long subscription, Event event) {}
