package io.junctor.cluster.engine;

/** What an engine counts of each kind of traffic since it was opened. */
public enum Figure {
    /** Messages that arrived, with those that were dropped. A message in parts counts for each part. */
    MESSAGES_RECEIVED,
    /** Messages that were published. */
    MESSAGES_SENT,
    /** Bytes of messages that arrived. */
    BYTES_RECEIVED,
    /** Bytes of messages that were published. */
    BYTES_SENT,
    /** Messages dropped because they are not of a router, were cut short, or are of a newer version. */
    DROPPED_UNREADABLE,
    /** Messages dropped because they are copies of earlier ones. */
    DROPPED_LATE,
    /** Messages dropped because too many bytes wait for their receivers. */
    DROPPED_OVERFLOW,
    /** Messages dropped because there was no connection. */
    DROPPED_UNCONNECTED,
    /** Times that a lost connection came back. */
    RECONNECTS,
    /** Bytes that wait to be sent or received now. */
    WAITING_BYTES
}
