package io.junctor.router.realm;

import io.junctor.wamp.value.WampError;

/** Immutable. Whether a {@code HELLO} leads to a session. */
sealed interface Admission permits Admission.Admitted, Admission.Refused {
    /**
     * Immutable. It does.
     *
     * @param realm the realm to join
     * @param role the role granted there
     */
    record Admitted(Realm realm, String role) implements Admission {}

    /**
     * Immutable. It does not: {@code ABORT} with this.
     *
     * @param error the reason
     * @param text the reason for people
     */
    record Refused(WampError error, String text) implements Admission {}
}
