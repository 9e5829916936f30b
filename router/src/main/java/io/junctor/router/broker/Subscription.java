package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.meta.PatternEntry;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventLog;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A topic or pattern with its subscribers (section "Subscribing and Unsubscribing"). Confined to the realm's turn. */
final class Subscription extends PatternEntry {
    /** The log of its events, or null. A subscription with a log exists even without subscribers. */
    @Nullable
    EventLog history;

    final SubscriberList subscribers = new SubscriberList();

    /** The number of publications that matched the topic or pattern. */
    long publications;

    Subscription(long id, Uri topic, MatchPolicy match, Instant created, @Nullable EventLog history) {
        super(id, topic, match, created);
        this.history = history;
    }

    @Override
    public PermissionQuery permissionQuery() {
        return new PermissionQuery(Action.SUBSCRIBE, uri(), match());
    }
}
