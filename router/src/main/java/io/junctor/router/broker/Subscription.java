package io.junctor.router.broker;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Belongs to the turn. A topic or pattern that sessions subscribed to (section "Subscribing and Unsubscribing"). */
final class Subscription {
    final long id;
    final Uri topic;
    final MatchPolicy match;
    final Audience audience = new Audience();

    Subscription(long id, Uri topic, MatchPolicy match) {
        this.id = id;
        this.topic = topic;
        this.match = match;
    }
}
