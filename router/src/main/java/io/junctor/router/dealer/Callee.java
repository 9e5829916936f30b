package io.junctor.router.dealer;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import org.jspecify.annotations.Nullable;

/** A session as callee of one registration, with the options of its REGISTER. Confined to the realm's turn. */
abstract sealed class Callee permits Callee.LocalCallee, Callee.RemoteCallee {
    final Registration registration;
    /** The position in the order of registration: a callee that registered later has a higher number. */
    final long order;
    /** The number of open invocations. Only the registration changes it. */
    int open;
    /** Orders callees with the same number of open invocations: the callee with the lowest rank is selected first. */
    long rank;
    /** The index in the list of callees of the registration; -1 after the callee was removed. */
    int index;

    Callee(Registration registration, long order) {
        this.registration = registration;
        this.order = order;
    }

    /** The id of the session. */
    abstract long session();

    /** The roles of the session. */
    abstract Roles roles();

    /** The options of its REGISTER. */
    abstract RegisterMessageOptions options();

    /** The calls of the session. Created if this is a callee of another router and has none. */
    @InTurn
    abstract SessionCalls sessionCalls();

    /** The calls of the session; null for a callee of another router that has none. */
    @InTurn
    abstract @Nullable SessionCalls knownCalls();

    /** Whether it is a session of another router. */
    abstract boolean isElsewhere();

    /** Whether its router is no longer in the cluster: the callee takes no calls and will be removed soon. */
    @InTurn
    abstract boolean isGone();

    /** The maximum number of open invocations; 0 for no limit. */
    final long concurrency() {
        return options().extensions().concurrency();
    }

    /** Whether the callee, not the router, enforces timeouts of calls (section "Call Timeouts"). */
    final boolean keepsTimeout() {
        return options().forwardTimeout() && roles().has(Role.CALLEE, Feature.CALL_TIMEOUT);
    }

    /** Whether it has reached its maximum number of open invocations. */
    @InTurn
    final boolean isFull() {
        long most = concurrency();
        return most != 0 && open >= most;
    }

    /** A session of this router. */
    static final class LocalCallee extends Callee {
        private final SessionCalls sessionCalls;
        private final RegisterMessageOptions options;

        LocalCallee(Registration registration, long order, SessionCalls sessionCalls, RegisterMessageOptions options) {
            super(registration, order);
            this.sessionCalls = sessionCalls;
            this.options = options;
        }

        @Override
        long session() {
            return sessionCalls.session.id();
        }

        @Override
        Roles roles() {
            return sessionCalls.session.roles();
        }

        @Override
        RegisterMessageOptions options() {
            return options;
        }

        @InTurn
        @Override
        SessionCalls sessionCalls() {
            return sessionCalls;
        }

        @InTurn
        @Override
        SessionCalls knownCalls() {
            return sessionCalls;
        }

        @Override
        boolean isElsewhere() {
            return false;
        }

        @InTurn
        @Override
        boolean isGone() {
            return false;
        }
    }

    /** A session of another router. There may be many such callees, most of which are never called, so the object is small until the first call. */
    static final class RemoteCallee extends Callee {
        final SharedCallee shared;
        private final RemoteDealers dealers;
        private boolean gone;

        RemoteCallee(Registration registration, long order, SharedCallee shared, RemoteDealers dealers) {
            super(registration, order);
            this.shared = shared;
            this.dealers = dealers;
        }

        @Override
        long session() {
            return shared.session();
        }

        @Override
        Roles roles() {
            return shared.roles();
        }

        @Override
        RegisterMessageOptions options() {
            return shared.options();
        }

        @InTurn
        @Override
        SessionCalls sessionCalls() {
            return dealers.callsOf(shared);
        }

        @InTurn
        @Override
        @Nullable
        SessionCalls knownCalls() {
            return dealers.knownCallsOf(shared);
        }

        @Override
        boolean isElsewhere() {
            return true;
        }

        @InTurn
        @Override
        boolean isGone() {
            return gone;
        }

        /** Records that its router is no longer in the cluster. */
        @InTurn
        void markGone() {
            gone = true;
        }
    }
}
