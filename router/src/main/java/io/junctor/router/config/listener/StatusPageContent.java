package io.junctor.router.config.listener;

/** The content of the status page of a listener. */
public enum StatusPageContent {
    /** There is no status page. */
    NONE,
    /** How to connect. */
    ADDRESSES,
    /** How to connect, and the names of the realms that clients can join. */
    REALMS
}
