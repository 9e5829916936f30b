package io.junctor.router.spi;

import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;

/**
 * The refusal of a client, which the router sends in {@code ABORT}.
 *
 * @param reason the reason, a URI
 * @param text the message for the client
 * @param details more details of {@code ABORT}
 */
public record JoinRefused(Uri reason, String text, Dict details) implements AuthenticationDecision {
    /** The refusal of a client with an unknown user or a wrong secret; the client does not learn which of the two is the reason. */
    public static final JoinRefused DENIED = of(WampError.AUTHENTICATION_DENIED, "the credentials are not accepted");

    /** Authentication is not possible now; the client may try again later. */
    public static final JoinRefused RETRY = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "authentication cannot be carried out now: try again later",
            Dict.of("_retry", true));

    /** {@code HELLO} names no realm, and no authenticator chose one. */
    public static final JoinRefused NO_REALM = of(
            WampError.NO_SUCH_REALM,
            "HELLO names no realm, and no authenticator of this router chose one for this client");

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
