package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The common base of subscriptions and registrations: the URI or pattern, and its description in the meta API (sections "Subscription Meta
 * API" and "Registration Meta API").
 */
public abstract class PatternEntry {
    private final long id;
    private final Uri uri;
    private final MatchPolicy match;
    private final long createdMillis;

    /** Creates an entry for a URI or pattern that no other entry of the table has. */
    protected PatternEntry(long id, Uri uri, MatchPolicy match, Instant created) {
        this.id = id;
        this.uri = uri;
        this.match = match;
        this.createdMillis = created.toEpochMilli();
    }

    /** The id of the subscription or registration. */
    public final long id() {
        return id;
    }

    /** The topic, procedure or pattern. */
    public final Uri uri() {
        return uri;
    }

    /** The match policy of the pattern; exact for a topic or procedure. */
    public final MatchPolicy match() {
        return match;
    }

    /** The permission that a session needs to see this entry in the meta API if it does not hold the entry. */
    public abstract PermissionQuery permissionQuery();

    /** The dictionary by which the meta API describes this entry. */
    public Map<String, Object> describe() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", id);
        description.put("created", ArgumentsCodec.time(Instant.ofEpochMilli(createdMillis)));
        description.put("uri", uri.text());
        description.put("match", match.wire());
        return description;
    }
}
