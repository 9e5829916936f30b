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
     *
     * @return completes, on any thread, when the event is stored: {@code PUBLISHED} waits for it. If it fails, or is not complete after 10
     *     s, the publisher that asked for an acknowledgement gets {@code wamp.error.network_failure}; subscribers get the event all the same
     */
    CompletionStage<Void> append(StoredEvent event);

    /**
     * Whether the logs of this topic on all routers of a cluster are one: then only the router of the publisher appends an event. Otherwise
     * each router appends all.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Finds events among all that were appended before. The stage may complete on any thread. The session that asks
     * waits for it; if it fails, or is not complete after 5 s, the session gets {@code wamp.error.runtime_error}.
     */
    CompletionStage<EventPage> read(EventQuery query);
}
