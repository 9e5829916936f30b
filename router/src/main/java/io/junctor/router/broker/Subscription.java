package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventLog;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. A topic or pattern that sessions subscribed to (section "Subscribing and Unsubscribing"). */
final class Subscription {
    final long id;
    final Uri topic;
    final MatchPolicy match;
    final Instant created;

    /** Where its events are kept, or null where they are not; with one it is there for ever. */
    final @Nullable EventLog history;

    final SubscriberList audience = new SubscriberList();

    Subscription(long id, Uri topic, MatchPolicy match, Instant created, @Nullable EventLog history) {
        this.id = id;
        this.topic = topic;
        this.match = match;
        this.created = created;
        this.history = history;
    }

    /** What a session must be allowed to do to be told of it. */
    PermissionQuery subscribing() {
        return new PermissionQuery(Action.SUBSCRIBE, topic, match);
    }

    /** What the meta API tells of it. */
    Map<String, Object> describe() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", id);
        described.put("created", ArgumentsCodec.time(created));
        described.put("uri", topic.text());
        described.put("match", match.wire());
        return described;
    }
}
