package io.junctor.router.spi;

import java.util.List;

/**
 * Immutable. What a history answers.
 *
 * @param events the events in the order of the walk
 * @param isLimitReached whether there are more behind them
 */
public record EventPage(List<StoredEvent> events, boolean isLimitReached) {
    /** No event. */
    public static final EventPage EMPTY = new EventPage(List.of(), false);

    /** Copies the list. */
    public EventPage {
        events = List.copyOf(events);
    }
}
