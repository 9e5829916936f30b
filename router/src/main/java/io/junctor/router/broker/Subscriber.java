package io.junctor.router.broker;

import io.junctor.router.session.Session;

/** Belongs to the turn. One session's part in one subscription. */
final class Subscriber {
    final Subscription subscription;
    final Session session;
    /** Where the subscribers keeps it; changed by {@link SubscriberList} only. */
    int slot;
    /** How many events it lost since the last one it got (extension {@code _dropped}). */
    long dropped;

    Subscriber(Subscription subscription, Session session) {
        this.subscription = subscription;
        this.session = session;
    }
}
