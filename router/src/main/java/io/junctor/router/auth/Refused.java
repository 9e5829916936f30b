package io.junctor.router.auth;

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
public record Refused(Uri reason, String text, Dict details) implements Ruling, Step {
    /** Unknown user or wrong secret: nobody is told which. */
    public static final Refused DENIED = of(WampError.AUTHENTICATION_DENIED, "the credentials are not accepted");

    /** Authentication could not be carried out now; a client may try again later. */
    public static final Refused RETRY = new Refused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "authentication cannot be carried out now: try again later",
            Dict.of("_retry", true));

    /** A refusal without more details. */
    public static Refused of(WampError error, String text) {
        return new Refused(error.uri(), text, Dict.EMPTY);
    }

    /** The same refusal with one more detail. */
    Refused with(String key, String value) {
        return new Refused(reason, text, details.with().put(key, value).build());
    }

    /** The details of {@code ABORT}. */
    public CloseDetails closeDetails() {
        return new CloseDetails(text, details);
    }
}
