package io.junctor.server.services;

/** Something that the router does in a realm with an HTTP service. Thread-safe. */
sealed interface Service extends AutoCloseable permits OutgoingWebhook, HttpCallee {
    /** How many events wait for delivery. */
    long waiting();

    /** The session in which it works. */
    ServiceSession session();

    /** The service takes nothing new, and ends when it has done what it has begun. */
    void retire();

    /** Ends it, and what it has begun. */
    @Override
    void close();

    /** All threads of the service have ended: counts and logs what is left. */
    void ended();
}
