package io.junctor.client;

/**
 * Handles the events of one subscription.
 *
 * <p>Called on a virtual thread, for one event after the other. Events of the same publisher arrive in the order of publication.
 * Handlers of different subscriptions run at the same time.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles one event. It may block and use the session. An exception is logged with {@link System.Logger} and has no
     * other effect.
     */
    void onEvent(Event event) throws Exception;
}
