package io.junctor.router.broker;

import io.junctor.router.match.Patterns;
import io.junctor.router.session.Session;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * The position of a new subscriber in the retained events that match its subscription. Confined to the realm's turn.
 */
final class RetainedEventCursor {
    final Session session;
    final Subscription subscription;
    /** The prefix that all matching topics have in common. */
    final String prefix;
    /** The number of the newest retained event when the cursor was created. */
    final long newestOrder;

    /** The topic to continue at. */
    String next;

    RetainedEventCursor(Session session, Subscription subscription, String prefix, long newestOrder) {
        this.session = session;
        this.subscription = subscription;
        this.prefix = prefix;
        this.newestOrder = newestOrder;
        this.next = prefix;
    }

    /** Whether the subscription matches a topic that begins with {@link #prefix}. */
    boolean matches(String topic) {
        return subscription.match() != MatchPolicy.WILDCARD
                || Patterns.matches(subscription.uri(), subscription.match(), new Uri(topic));
    }
}
