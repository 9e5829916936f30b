package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Role;

/** Belongs to the turn. One session behind a registration, and what it asked for when it registered. */
final class Callee {
    final SessionCalls sessionCalls;
    final Registration registration;
    /** Of the callees of its registration, a later one has a higher number. */
    final long order;
    /** Whether it wants to know its callers (section "Caller Identification"). */
    final boolean disclosesCaller;
    /** Whether it keeps the timeouts of calls itself (section "Call Timeouts"). */
    final boolean keepsTimeout;
    /** The most invocations it has open at a time, 0 for any number. */
    final long concurrency;
    /** Its open invocations; changed by its registration only. */
    int open;
    /** Which of callees with as many open invocations goes first. */
    long rank;
    /** Where its registration finds it. */
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

    /** Whether it has as many open invocations as it wants. */
    @InTurn
    boolean isFull() {
        return concurrency != 0 && open >= concurrency;
    }
}
