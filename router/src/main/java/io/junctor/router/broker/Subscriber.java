package io.junctor.router.broker;

import io.junctor.router.session.Session;

/** A session as subscriber of one subscription. Confined to the realm's turn. */
final class Subscriber {
    final Subscription subscription;
    final Session session;
    /** The slot in {@link SubscriberList}, which alone changes it. */
    int slot;
    /** The number of events that were dropped since the last event that was sent (extension {@code _dropped}). */
    long dropped;

    Subscriber(Subscription subscription, Session session) {
        this.subscription = subscription;
        this.session = session;
    }
}
