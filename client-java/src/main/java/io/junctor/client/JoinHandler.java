package io.junctor.client;

/** Called on a virtual thread, for one session of a {@link Membership} after the other. */
@FunctionalInterface
public interface JoinHandler {
    /**
     * Sets up a new session: subscribes and registers. What it throws closes the session, and another one is joined after a
     * pause.
     */
    void onJoin(Session session) throws Exception;
}
