package io.junctor.cluster.engine;

/** The figures of an engine for each kind of traffic, counted since the engine was opened, except {@link #WAITING_BYTES}. */
public enum Figure {
    /** Messages that arrived, including dropped ones. If a message is sent in parts, each part counts as a message. */
    MESSAGES_RECEIVED,
    /** Messages that were published. */
    MESSAGES_SENT,
    /** Bytes of messages that arrived. */
    BYTES_RECEIVED,
    /** Bytes of messages that were published. */
    BYTES_SENT,
    /** Messages dropped because they do not come from a router, are truncated, or have another version of the format. */
    DROPPED_UNREADABLE,
    /** Messages dropped because they are copies of earlier ones. */
    DROPPED_LATE,
    /** Messages dropped because too many bytes wait for their receivers. */
    DROPPED_OVERFLOW,
    /** Messages dropped because there was no connection. */
    DROPPED_UNCONNECTED,
    /** How often a lost connection was restored. */
    RECONNECTS,
    /** Bytes that wait now to be sent, or to be taken by a receiver. */
    WAITING_BYTES
}
