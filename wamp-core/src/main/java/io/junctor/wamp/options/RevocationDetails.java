package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Details of an {@code UNSUBSCRIBED} or {@code UNREGISTERED} that the router sent unasked (sections
 * "Subscription Revocation" and "Registration Revocation").
 *
 * @param id the subscription or registration that ended
 * @param reason why, or null
 */
public record RevocationDetails(long id, @Nullable String reason) {

    /** Reads the details; {@code what} is {@code subscription} or {@code registration}. */
    public static RevocationDetails of(Dict dict, String what) {
        Long id = dict.id(what);
        if (id == null) {
            throw Dict.wrong(what, "an id");
        }
        return new RevocationDetails(id, dict.text("reason"));
    }

    /** The dictionary to send; {@code what} is {@code subscription} or {@code registration}. */
    public Dict toDict(String what) {
        return new Dict.Builder().put(what, id).put("reason", reason).build();
    }
}
