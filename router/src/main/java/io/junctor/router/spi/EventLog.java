package io.junctor.router.spi;

import java.util.concurrent.CompletionStage;

/**
 * Stores the history of one topic or pattern. Confined to the realm's turn. The methods must not block: an implementation that stores
 * events outside of the process has to pass them to another thread, which completes the stages.
 */
public interface EventLog {
    /**
     * Appends an event. If the method throws an exception, the publication fails with {@code wamp.error.runtime_error} and no subscriber
     * gets the event.
     *
     * @return completes, on any thread, when the event is stored: {@code PUBLISHED} waits for it. If the stage fails, or is not complete
     *     after 10 s, a publisher that asked for an acknowledgement gets {@code wamp.error.network_failure}; subscribers still get the
     *     event
     */
    CompletionStage<Void> append(StoredEvent event);

    /**
     * Whether all routers of a cluster share one log for this topic. If so, only the router of the publisher appends an event; otherwise
     * each router appends all events.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Finds events among all that were appended before. The stage may complete on any thread. The calling session waits for the stage; if
     * the stage fails, or is not complete after 5 s, the session gets {@code wamp.error.runtime_error}.
     */
    CompletionStage<EventPage> read(EventQuery query);
}
