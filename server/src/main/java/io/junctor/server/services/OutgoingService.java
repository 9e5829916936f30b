package io.junctor.server.services;

/** A link between a realm and an HTTP service. Thread-safe. */
sealed interface OutgoingService extends AutoCloseable permits OutgoingWebhook, HttpCallee {
    /** Returns how many events wait for delivery. */
    long waiting();

    /** Returns the session that the service uses. */
    ServiceSession session();

    /** Accepts no new work, and ends when the current work is done. */
    void retire();

    /** Ends the service and aborts its current work. */
    @Override
    void close();

    /** Called when all threads of the service have ended: counts and logs unfinished work. */
    void ended();
}
