package io.junctor.router.authorization;

/** Tells what an authorizer has decided about one session. Thread-safe. */
@FunctionalInterface
public interface AuthorizerDecisions {
    /** No decisions: everything is denied. */
    AuthorizerDecisions NOTHING = query -> SessionPermissions.DENIED;

    /** Returns the last decision if it is of the current epoch; without one, a denial. */
    Verdict.Decision last(PermissionQuery query);
}
