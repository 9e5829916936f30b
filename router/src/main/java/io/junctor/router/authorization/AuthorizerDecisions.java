package io.junctor.router.authorization;

/** Gives the decisions of an authorizer about one session. Thread-safe. */
@FunctionalInterface
public interface AuthorizerDecisions {
    /** No decisions: everything is denied. */
    AuthorizerDecisions NOTHING = query -> SessionPermissions.DENIED;

    /** Returns the last decision about {@code query} if it was made in the current epoch; otherwise a denial. */
    Verdict.Decision last(PermissionQuery query);
}
