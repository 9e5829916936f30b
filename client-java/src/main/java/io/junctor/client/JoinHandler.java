package io.junctor.client;

/** Sets up the sessions of a {@link Membership}. Called on a virtual thread, for one session after the other. */
@FunctionalInterface
public interface JoinHandler {
    /**
     * Sets up a new session: subscribes and registers. If it throws an exception, the session is closed and a new one
     * is joined after a pause.
     */
    void onJoin(Session session) throws Exception;
}
