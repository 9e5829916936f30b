package io.junctor.router.spi;

import java.util.concurrent.CompletionStage;

/**
 * Used in the turn of a realm. The history of one topic or pattern. Neither method may block: a log that keeps its events elsewhere hands
 * over what it is given, and answers from a thread of its own.
 */
public interface EventLog {
    /**
     * Keeps an event behind all others. Where it throws, the publication fails with {@code wamp.error.runtime_error} and nobody who is
     * subscribed gets it.
     */
    void append(StoredEvent event);

    /**
     * The events that {@code query} asks for: all that were appended before are taken into account. The stage may complete on any thread.
     * The session that asks waits for it: where it fails, or is not complete after 5 s, the session gets {@code wamp.error.runtime_error}.
     */
    CompletionStage<EventPage> read(EventQuery query);
}
