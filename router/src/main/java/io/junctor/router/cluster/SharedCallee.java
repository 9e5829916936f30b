package io.junctor.router.cluster;

import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Uri;

/**
 * A callee of a procedure in the form that all routers know: a session of this router or of another router. Compact, because a router may
 * store many of them.
 *
 * @param common the properties that it may share with other callees
 * @param session the session id
 * @param registration the registration id, the same on all routers; 0 as long as the callee is not registered
 * @param request the id of the REGISTER that the session sent
 * @param procedure the procedure or pattern
 */
public record SharedCallee(Common common, long session, long registration, long request, Uri procedure) {
    /**
     * The properties that several callees may have in common. Callees with equal properties can share one object.
     *
     * @param router the router of the session
     * @param identity the identity of the session; not meaningful in the copy that another router stores
     * @param roles the roles and features of the session
     * @param options the options of REGISTER
     */
    public record Common(long router, Identity identity, Roles roles, RegisterMessageOptions options) {}

    /** A callee that sent {@code register}. */
    public static SharedCallee of(
            long router, long session, Identity identity, Roles roles, long registration, Register register) {
        return new SharedCallee(
                new Common(router, identity, roles, register.options()),
                session,
                registration,
                register.request(),
                register.procedure());
    }

    /** The router of the session. */
    public long router() {
        return common.router;
    }

    /** The roles and features of the session. */
    public Roles roles() {
        return common.roles;
    }

    /** The options of REGISTER. */
    public RegisterMessageOptions options() {
        return common.options;
    }

    /** The REGISTER message that the session sent. */
    public Register register() {
        return new Register(request, options(), procedure);
    }

    /** This callee with the registration id {@code id}. */
    public SharedCallee in(long id) {
        return new SharedCallee(common, session, id, request, procedure);
    }
}
