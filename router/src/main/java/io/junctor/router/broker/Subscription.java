package io.junctor.router.broker;

import io.junctor.router.config.Action;
import io.junctor.router.meta.Wording;
import io.junctor.router.session.Question;
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

    final Audience audience = new Audience();

    Subscription(long id, Uri topic, MatchPolicy match, Instant created, @Nullable EventLog history) {
        this.id = id;
        this.topic = topic;
        this.match = match;
        this.created = created;
        this.history = history;
    }

    /** What a session must be allowed to do to be told of it. */
    Question subscribing() {
        return new Question(Action.SUBSCRIBE, topic, match);
    }

    /** What the meta API tells of it. */
    Map<String, Object> describe() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", id);
        described.put("created", Wording.time(created));
        described.put("uri", topic.text());
        described.put("match", match.wire());
        return described;
    }
}
