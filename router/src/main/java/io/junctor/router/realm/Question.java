package io.junctor.router.realm;

import io.junctor.router.config.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * Immutable. What a session wants to do.
 *
 * @param action what
 * @param uri the URI or pattern
 * @param match how the pattern is compared; exact for a URI
 */
record Question(Action action, Uri uri, MatchPolicy match) {}
