package io.junctor.client;

/**
 * Called on a virtual thread, for one event of its subscription after the other, in the order they were published by each
 * publisher; handlers of other subscriptions run at the same time.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Takes an event. It may block and use the session. What it throws is logged with {@link System.Logger} and harms nothing
     * else.
     */
    void onEvent(Event event) throws Exception;
}
