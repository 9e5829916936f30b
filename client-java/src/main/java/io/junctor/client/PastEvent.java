package io.junctor.client;

import java.time.Instant;

/**
 * A stored event (section "Event History").
 *
 * @param time when it was published
 * @param subscription the id of the subscription for which it was stored
 * @param event the event as a subscriber got it
 */
public record PastEvent(Instant time, long subscription, Event event) {}
