package io.junctor.router.dealer;

import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.RequestIds;
import org.agrona.collections.Long2ObjectHashMap;

/** Belongs to the turn. What a session has to do with calls, as caller and as callee. */
final class Party {
    final Session session;
    /** Section "IDs": the router's own requests to this session count from 1. */
    final RequestIds invocationIds = new RequestIds();
    /** Open calls of this caller by its request id. */
    final Long2ObjectHashMap<PendingCall> calls = new Long2ObjectHashMap<>();
    /** Open invocations of this callee by invocation id. */
    final Long2ObjectHashMap<PendingCall> invocations = new Long2ObjectHashMap<>();
    /** What this callee registered, by registration id. */
    final Long2ObjectHashMap<Registration> registrations = new Long2ObjectHashMap<>();

    Party(Session session) {
        this.session = session;
    }

    /** Whether an {@code INTERRUPT} means something to this callee. */
    @InTurn
    boolean canBeInterrupted() {
        return session.roles().has(Role.CALLEE, Feature.CALL_CANCELING);
    }
}
