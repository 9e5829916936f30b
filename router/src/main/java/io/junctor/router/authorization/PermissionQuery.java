package io.junctor.router.authorization;

import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;

/**
 * A request for permission: an action and its URI or pattern. The natural order keeps look-ups in a hash map fast when many keys have the
 * same hash.
 *
 * @param action the action
 * @param uri the URI or pattern
 * @param match the match policy of the pattern; exact for a URI
 */
public record PermissionQuery(Action action, Uri uri, MatchPolicy match) implements Comparable<PermissionQuery> {

    /** The maximum number of characters of a URI in a text. */
    private static final int MAX_SHOWN = 100;

    /** The {@code ERROR} for a session without this permission; its text names the action and the URI. */
    public Refusal refusal() {
        return Refusal.of(
                WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it to " + text());
    }

    /** The action and the URI, as in {@code subscribe to plant. (match: prefix)}. */
    public String text() {
        String what = switch (action) {
            case CALL -> "call ";
            case REGISTER -> "register ";
            case PUBLISH -> "publish to ";
            case SUBSCRIBE -> "subscribe to ";
            case REPLACE -> "register and replace (force_reregister) ";
        };
        String how = match == MatchPolicy.EXACT ? "" : " (match: " + match.wire() + ")";
        String shown = uri.text().length() > MAX_SHOWN ? uri.text().substring(0, MAX_SHOWN) + "..." : uri.text();
        return what + shown + how;
    }

    @Override
    public int compareTo(PermissionQuery other) {
        int byUri = uri.compareTo(other.uri);
        int byAction = byUri == 0 ? action.compareTo(other.action) : byUri;
        return byAction == 0 ? match.compareTo(other.match) : byAction;
    }
}
