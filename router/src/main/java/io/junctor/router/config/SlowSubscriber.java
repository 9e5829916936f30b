package io.junctor.router.config;

/** The action of the router when an event does not fit into a session's outbox. */
public enum SlowSubscriber {
    /** The router drops the event for this session and counts it. */
    DROP,
    /** The router ends the session. */
    DISCONNECT
}
