package io.junctor.client.internal;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;

/** Checks the URIs that a session sends. */
public final class UriCheck {
    private UriCheck() {}

    /**
     * Checks a topic or procedure.
     *
     * @throws RequestException with {@code wamp.error.invalid_uri} if {@code uri} is not a valid URI
     */
    public static void check(String label, Uri uri) {
        if (!UriRules.LOOSE.isUri(uri)) {
            throw notUri(label, MatchPolicy.EXACT);
        }
    }

    /**
     * Checks a topic, a procedure or a pattern.
     *
     * @throws RequestException with {@code wamp.error.invalid_uri} if {@code uri} is neither a valid URI nor a valid pattern
     */
    public static void check(String label, Uri uri, MatchPolicy match) {
        if (!UriRules.LOOSE.isPattern(uri, match)) {
            throw notUri(label, match);
        }
    }

    private static RequestException notUri(String label, MatchPolicy match) {
        String what = match == MatchPolicy.EXACT ? "a URI" : "a pattern for match " + match.wire();
        return RequestException.of(
                WampError.INVALID_URI,
                label + ": not " + what
                        + ": parts are separated by '.', are not empty, and hold no '#' or white space");
    }
}
