package io.junctor.router.realm;

import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolation;

/**
 * Belongs to the turn. Checks the request ids of one session (section "IDs", session scope) as strictly as the realm wants it. Ids of
 * open calls are the dealer's matter.
 */
final class RequestIdGuard {
    private final RequestIdCheck check;
    private long last;
    private boolean deviated;

    RequestIdGuard(RequestIdCheck check) {
        this.check = check;
    }

    /**
     * Notes the id of a request.
     *
     * @return whether it deviates: it is not the last plus 1
     * @throws ProtocolViolation if the realm does not accept it
     */
    @InTurn
    boolean note(long request) {
        long expected = Ids.next(last);
        if (request == expected) {
            last = request;
            return false;
        }
        if (check == RequestIdCheck.STRICT) {
            throw new ProtocolViolation(
                    "request id is " + request + " where " + expected + " was expected (request_ids: strict)");
        }
        if (check == RequestIdCheck.MONOTONIC && request <= last) {
            throw new ProtocolViolation(
                    "request id " + request + " is not above " + last + " (request_ids: monotonic)");
        }
        last = request;
        return true;
    }

    /** Whether {@code request} is not above all ids so far. */
    @InTurn
    boolean isUsed(long request) {
        return request <= last;
    }

    /** Whether this is the first time it is asked: a session's deviations are logged once. */
    @InTurn
    boolean isFirstDeviation() {
        boolean first = !deviated;
        deviated = true;
        return first;
    }
}
