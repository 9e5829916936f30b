package io.junctor.server.gateway.hooks;

import io.junctor.router.inprocess.ClientOrigin;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.router.metrics.Transport;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.server.gateway.session.RoleSession;

/**
 * The origin of the session of a webhook, which all senders of requests to this webhook share. Immutable.
 *
 * @param listener the listener, for logs
 * @param path the path
 */
record HookOrigin(String listener, String path) implements ClientOrigin {
    /** Returns the session of the webhook; its authid is {@code webhook:} followed by the path. */
    RoleSession session(InProcessEndpoint endpoint, String realm, String role, GatewaySession.Formats formats) {
        return new RoleSession(
                endpoint.as("webhook:" + path, role).onBehalfOf(this), formats, realm, EventReceiver.NONE);
    }

    @Override
    public Transport transport() {
        return Transport.GATEWAY;
    }

    @Override
    public String peer() {
        return "webhook " + path;
    }
}
