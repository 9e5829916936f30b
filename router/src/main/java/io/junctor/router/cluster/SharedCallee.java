package io.junctor.router.cluster;

import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;

/**
 * A session of some router as callee of a procedure, as all routers know it. Immutable.
 *
 * @param router the router of the session
 * @param session the session id
 * @param identity the identity of the session
 * @param roles the roles and features of the session
 * @param registration the registration id, the same on all routers; 0 as long as the callee is not registered
 * @param register what the session sent
 */
public record SharedCallee(
        long router, long session, Identity identity, Roles roles, long registration, Register register) {
    /** This callee with its registration. */
    public SharedCallee in(long id) {
        return new SharedCallee(router, session, identity, roles, id, register);
    }
}
