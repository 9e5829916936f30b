package io.junctor.server.services;

import java.time.Duration;

/** Something that the router does in a realm with an HTTP service. Thread-safe. */
sealed interface Service extends AutoCloseable permits OutgoingWebhook, HttpCallee {
    /** How many events wait for delivery. */
    long waiting();

    /** The router will shut down: when the session of the service ends, no other begins. */
    void announceClosing();

    /** Waits until the service has begun, but no longer than {@code longest}. */
    void awaitBegun(Duration longest);

    /** The service takes nothing new, and ends when it has done what it has begun. */
    void retire();

    /** Ends it, and what it has begun. */
    @Override
    void close();

    /** All threads of the service have ended: counts and logs what is left. */
    void ended();
}
