package io.junctor.router.spi;

import java.util.List;

/**
 * The answer of a history to an {@link EventQuery}.
 *
 * @param events the events, in the order that the query asks for
 * @param isLimitReached true if there are more
 */
public record EventPage(List<StoredEvent> events, boolean isLimitReached) {
    /** An answer without events. */
    public static final EventPage EMPTY = new EventPage(List.of(), false);

    /** Copies the list. */
    public EventPage {
        events = List.copyOf(events);
    }
}
