package io.junctor.router.broker;

import io.junctor.router.match.Patterns;
import io.junctor.router.session.Session;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Belongs to the turn. Where a session that has just subscribed is in the order of the topics with retained events. */
final class RetainedEventCursor {
    final Session session;
    final Subscription subscription;
    /** What every topic that the subscription is about starts with. */
    final String start;
    /** The place in the order of what was retained when the cursor began. */
    final long upTo;

    /** The next topic to look at, or where it would be. */
    String next;

    RetainedEventCursor(Session session, Subscription subscription, String start, long upTo) {
        this.session = session;
        this.subscription = subscription;
        this.start = start;
        this.upTo = upTo;
        this.next = start;
    }

    /** Whether the subscription is about a topic that begins with {@link #start}. */
    boolean isAbout(String topic) {
        return subscription.match() != MatchPolicy.WILDCARD
                || Patterns.matches(subscription.uri(), subscription.match(), new Uri(topic));
    }
}
