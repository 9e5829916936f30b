package io.junctor.router.config.http;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;

/**
 * The action that a webhook request causes in a realm.
 *
 * @param realm the realm, which always exists
 * @param role the role whose permissions hold
 * @param action {@link Action#PUBLISH} or {@link Action#CALL}
 * @param uri the topic or procedure
 */
public record HookAction(String realm, String role, Action action, Uri uri) {
    /** Checks the action. */
    public HookAction {
        if (action != Action.PUBLISH && action != Action.CALL) {
            throw new IllegalArgumentException("a webhook publishes or calls");
        }
    }
}
