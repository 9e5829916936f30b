package io.junctor.router.connection;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.WampError;

/**
 * A request that the router refused, for the log. Immutable.
 *
 * @param realm the realm of the session
 * @param session the session's id
 * @param identity its identity
 * @param request the type and id of the request, as in {@code CALL 7}
 * @param error the error
 * @param text what is wrong, and which rule decides
 */
public record RefusedRequest(
        String realm, long session, Identity identity, String request, WampError error, String text) {}
