package io.junctor.client;

import java.time.Instant;

/**
 * Immutable. An event that the router kept (section "Event History").
 *
 * @param time when it was published
 * @param subscription the subscription it was kept for
 * @param event the event as a subscriber got it
 */
public record PastEvent(Instant time, long subscription, Event event) {}
