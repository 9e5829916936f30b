package io.junctor.router.session;

import io.junctor.router.config.Action;
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
public record Question(Action action, Uri uri, MatchPolicy match) implements Comparable<Question> {

    @Override
    public int compareTo(Question other) {
        int byUri = uri.compareTo(other.uri);
        int byAction = byUri == 0 ? action.compareTo(other.action) : byUri;
        return byAction == 0 ? match.compareTo(other.match) : byAction;
    }
}
