package io.junctor.router.spi;

import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;

/**
 * Immutable. A client does not join: {@code ABORT} with this.
 *
 * @param reason the reason, a URI
 * @param text the reason for people, shown to the client
 * @param details more details of {@code ABORT}
 */
public record JoinRefused(Uri reason, String text, Dict details) implements AuthenticationDecision {
    /** Unknown user or wrong secret: nobody is told which. */
    public static final JoinRefused DENIED = of(WampError.AUTHENTICATION_DENIED, "the credentials are not accepted");

    /** Authentication could not be carried out now; a client may try again later. */
    public static final JoinRefused RETRY = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "authentication cannot be carried out now: try again later",
            Dict.of("_retry", true));

    /** A refusal without more details. */
    public static JoinRefused of(WampError error, String text) {
        return new JoinRefused(error.uri(), text, Dict.EMPTY);
    }

    /** The same refusal with one more detail. */
    public JoinRefused with(String key, String value) {
        return new JoinRefused(reason, text, details.with().put(key, value).build());
    }

    /** The details of {@code ABORT}. */
    public CloseDetails closeDetails() {
        return new CloseDetails(text, details);
    }
}
