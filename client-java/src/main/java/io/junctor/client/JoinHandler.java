package io.junctor.client;

/** Sets up the sessions of a {@link Membership}. Called on a virtual thread, for one session after the other. */
@FunctionalInterface
public interface JoinHandler {
    /**
     * Sets up a new session, for example with subscriptions and registrations. If this method throws an exception, the session is closed,
     * and the membership joins a new one after a pause.
     */
    void onJoin(Session session) throws Exception;
}
