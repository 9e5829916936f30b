package io.junctor.cluster.nats;

/** Why a message that arrived was dropped. */
enum DropReason {
    /** It is not a message of a router, was cut short, or is of a newer version. */
    UNREADABLE,
    /** It is a copy of one that arrived before. */
    LATE,
    /** Too many bytes wait for their receivers. */
    OVERFLOW
}
