package io.junctor.router.dealer;

/** Belongs to the turn. One session behind a registration, and what it asked for when it registered. */
final class Callee {
    final Party party;
    final Registration registration;
    /** Of the callees of its registration, a later one has a higher number. */
    final long order;
    /** Whether it wants to know its callers (section "Caller Identification"). */
    final boolean disclosesCaller;
    /** Whether it keeps the timeouts of calls itself (section "Call Timeouts"). */
    final boolean keepsTimeout;
    /** Where its registration finds it. */
    int index;

    Callee(Party party, Registration registration, long order, boolean disclosesCaller, boolean keepsTimeout) {
        this.party = party;
        this.registration = registration;
        this.order = order;
        this.disclosesCaller = disclosesCaller;
        this.keepsTimeout = keepsTimeout;
    }
}
