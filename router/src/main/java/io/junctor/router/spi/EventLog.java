package io.junctor.router.spi;

import java.util.concurrent.CompletionStage;

/**
 * Used in the turn of a realm. The history of one topic or pattern. Neither method may block: a log that keeps its events elsewhere hands
 * over what it is given, and answers from a thread of its own.
 */
public interface EventLog {
    /** Keeps an event behind all others. */
    void append(StoredEvent event);

    /**
     * The events that {@code query} asks for: all that were appended before are taken into account. The stage may complete on any thread, and
     * must not be left open for ever: the session that asks waits for it. Where it fails, the session gets
     * {@code wamp.error.runtime_error}.
     */
    CompletionStage<EventPage> read(EventQuery query);
}
