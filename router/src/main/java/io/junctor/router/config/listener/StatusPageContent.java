package io.junctor.router.config.listener;

/** The content of the status page of a listener. */
public enum StatusPageContent {
    /** There is no status page. */
    NONE,
    /** A description of how to connect. */
    ADDRESSES,
    /** A description of how to connect, and the names of the realms that clients can join. */
    REALMS
}
