package io.junctor.router.authorization;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * Immutable. What a session wants to do. The order is that of the URIs first; with it a hash map finds one among many of equal hash in few
 * steps.
 *
 * @param action what
 * @param uri the URI or pattern
 * @param match how the pattern is compared; exact for a URI
 */
public record PermissionQuery(Action action, Uri uri, MatchPolicy match) implements Comparable<PermissionQuery> {

    @Override
    public int compareTo(PermissionQuery other) {
        int byUri = uri.compareTo(other.uri);
        int byAction = byUri == 0 ? action.compareTo(other.action) : byUri;
        return byAction == 0 ? match.compareTo(other.match) : byAction;
    }
}
