package io.junctor.router.config.http;

import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * A path of a listener that answers as an HTTP bridge service of Crossbar.io does.
 *
 * @param kind the effect of its requests
 * @param realm the realm, which always exists
 * @param role the role whose permissions hold
 * @param topic the topic of a {@link Kind#WEBHOOK}; null for the other kinds, whose requests name the topic or procedure
 * @param checks the requirements for requests
 * @param success the text that answers a webhook
 * @param failure the text that answers a webhook that could not be published
 */
public record CrossbarService(
        Kind kind,
        String realm,
        String role,
        @Nullable Uri topic,
        CrossbarChecks checks,
        String success,
        String failure) {
    /** The effect of requests. */
    public enum Kind {
        /** Requests publish events. */
        PUBLISHER,
        /** Requests call procedures. */
        CALLER,
        /** The body of each request is published to one topic. */
        WEBHOOK
    }
}
