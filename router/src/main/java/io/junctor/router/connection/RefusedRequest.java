package io.junctor.router.connection;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.WampError;

/**
 * Describes a request that the router refused, for the log.
 *
 * @param realm the realm of the session
 * @param session the session's id
 * @param identity the session's identity
 * @param request the type and id of the request, as in {@code CALL 7}
 * @param error the error
 * @param text the reason, and the rule that decides
 */
public record RefusedRequest(
        String realm, long session, Identity identity, String request, WampError error, String text) {}
