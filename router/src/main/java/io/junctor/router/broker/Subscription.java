package io.junctor.router.broker;

import io.junctor.wamp.value.Uri;

/** Belongs to the turn. A topic that sessions subscribed to (section "Subscribing and Unsubscribing"). */
final class Subscription {
    final long id;
    final Uri topic;
    final Audience audience = new Audience();

    Subscription(long id, Uri topic) {
        this.id = id;
        this.topic = topic;
    }
}
