package io.junctor.cluster.engine;

/** The kinds of messages between routers. Each kind has its own connection, so a flood of events delays no call and no heartbeat. */
public enum Traffic {
    /** Publications. */
    EVENTS,
    /** Calls, invocations and their results. */
    CALLS,
    /** All other messages, such as heartbeats and questions for the meta API. */
    CONTROL
}
