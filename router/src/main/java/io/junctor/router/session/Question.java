package io.junctor.router.session;

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
public record Question(Action action, Uri uri, MatchPolicy match) {}
