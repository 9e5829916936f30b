package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Role;

/** A session as callee of one registration, with the options of its REGISTER. Confined to the realm's turn. */
final class Callee {
    final SessionCalls sessionCalls;
    final Registration registration;
    /** Grows from callee to callee of the registration: a callee that registered later has a higher number. */
    final long order;
    /** Whether it asked for {@code disclose_caller} (section "Caller Identification"). */
    final boolean disclosesCaller;
    /** Whether the callee, not the router, enforces timeouts of calls (section "Call Timeouts"). */
    final boolean keepsTimeout;
    /** The maximum number of open invocations; 0 for no limit. */
    final long concurrency;
    /** The number of open invocations. Only the registration changes it. */
    int open;
    /** Orders callees with the same number of open invocations: the lowest rank goes first. */
    long rank;
    /** The index in the list of callees of the registration; -1 after the callee was removed. */
    int index;

    Callee(SessionCalls sessionCalls, Registration registration, long order, RegisterMessageOptions options) {
        this.sessionCalls = sessionCalls;
        this.registration = registration;
        this.order = order;
        this.disclosesCaller = options.discloseCaller();
        this.keepsTimeout =
                options.forwardTimeout() && sessionCalls.session.roles().has(Role.CALLEE, Feature.CALL_TIMEOUT);
        this.concurrency = options.extensions().concurrency();
    }

    /** Whether it has reached its maximum number of open invocations. */
    @InTurn
    boolean isFull() {
        return concurrency != 0 && open >= concurrency;
    }
}
