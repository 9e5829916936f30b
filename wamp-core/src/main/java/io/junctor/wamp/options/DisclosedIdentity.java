package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * The disclosed identity of a publisher or caller (sections "Publisher Identification" and "Caller Identification").
 *
 * @param session the id of the session, or null
 * @param authid its authid, or null
 * @param authrole its role, or null
 */
public record DisclosedIdentity(
        @Nullable Long session,
        @Nullable String authid,
        @Nullable String authrole) {

    /** Reads the keys {@code who}, {@code who_authid} and {@code who_authrole}; returns null if all are absent. */
    static @Nullable DisclosedIdentity of(Dict dict, String who) {
        Long session = dict.id(who);
        String authid = dict.text(who + "_authid");
        String authrole = dict.text(who + "_authrole");
        boolean nothing = session == null && authid == null && authrole == null;
        return nothing ? null : new DisclosedIdentity(session, authid, authrole);
    }

    static void put(Dict.Builder dict, String who, @Nullable DisclosedIdentity disclosure) {
        if (disclosure != null) {
            dict.put(who, disclosure.session)
                    .put(who + "_authid", disclosure.authid)
                    .put(who + "_authrole", disclosure.authrole);
        }
    }
}
