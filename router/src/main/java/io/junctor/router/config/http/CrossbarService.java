package io.junctor.router.config.http;

import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * A path of a listener that answers as an HTTP bridge service of Crossbar.io does.
 *
 * @param kind what its requests do
 * @param realm the realm, which always exists
 * @param role the role whose permissions hold
 * @param topic the topic of a {@link Kind#WEBHOOK}; null for the others, whose requests name theirs
 * @param checks what requests have to be like
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
    /** What requests do. */
    public enum Kind {
        /** They publish. */
        PUBLISHER,
        /** They call. */
        CALLER,
        /** Their body is published to one topic. */
        WEBHOOK
    }
}
