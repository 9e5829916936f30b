package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Details of an {@code UNSUBSCRIBED} or {@code UNREGISTERED} that revokes a subscription or registration (sections
 * "Subscription Revocation" and "Registration Revocation").
 *
 * @param id the id of the revoked subscription or registration
 * @param reason the reason, or null
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

    /** Returns the dictionary to send; {@code what} is {@code subscription} or {@code registration}. */
    public Dict toDict(String what) {
        return new Dict.Builder().put(what, id).put("reason", reason).build();
    }
}
