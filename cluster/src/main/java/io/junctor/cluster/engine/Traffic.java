package io.junctor.cluster.engine;

/**
 * The kinds of messages between routers. Each has a connection of its own, so a flood of events delays no call and no
 * heartbeat.
 */
public enum Traffic {
    /** Publications. */
    EVENTS,
    /** Calls, invocations and their results. */
    CALLS,
    /** Everything else: heartbeats, questions of the meta API. */
    CONTROL
}
