package io.junctor.router.config;

/** What happens when an event does not fit in a session's outbox. */
public enum SlowSubscriber {
    /** The event is dropped for this session and counted. */
    DROP,
    /** The session ends. */
    DISCONNECT
}
