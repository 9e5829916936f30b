package io.junctor.router.spi;

import java.util.concurrent.CompletionStage;

/**
 * Stores the history of one topic or pattern. Confined to the realm's turn. The methods must not block: a log that
 * stores events outside of the process passes them to another thread and answers from there.
 */
public interface EventLog {
    /**
     * Appends an event. If it throws, the publication fails with {@code wamp.error.runtime_error} and no subscriber
     * gets it.
     */
    void append(StoredEvent event);

    /**
     * Finds events among all that were appended before. The stage may complete on any thread. The session that asks
     * waits for it; if it fails, or is not complete after 5 s, the session gets {@code wamp.error.runtime_error}.
     */
    CompletionStage<EventPage> read(EventQuery query);
}
