package io.junctor.router.realm;

import io.junctor.router.auth.Exam;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Refused;

/** Immutable. Where a {@code HELLO} leads. */
sealed interface Admission permits Admission.Anonymous, Admission.Examined, Admission.Turned {
    /**
     * Immutable. To a session without credentials.
     *
     * @param site the realm to join
     * @param role the role granted there
     */
    record Anonymous(Site site, String role) implements Admission {}

    /**
     * Immutable. To an examination of who the client is.
     *
     * @param site the realm to join
     * @param offer the method
     * @param exam its examination
     */
    record Examined(Site site, Offer offer, Exam exam) implements Admission {}

    /**
     * Immutable. To no session.
     *
     * @param refused what {@code ABORT} says
     */
    record Turned(Refused refused) implements Admission {}
}
