package io.junctor.server.services;

import io.junctor.router.Router;
import io.junctor.router.inprocess.ClientOrigin;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.Timers;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.server.gateway.session.RoleSession;
import java.util.concurrent.Executor;

/**
 * The objects that an outgoing service uses. Immutable.
 *
 * @param router the router
 * @param threads virtual threads
 * @param sender sends requests
 * @param formats reads and writes messages
 * @param realm the realm of the service
 * @param name the authid of its session, and its name in logs
 */
record ServiceResources(
        Router router, Executor threads, HttpSender sender, GatewaySession.Formats formats, String realm, String name) {
    /** The origin of the session of a service, for logs. */
    private record Origin(String peer) implements ClientOrigin {}

    /** Creates a session with a role. */
    RoleSession session(String role, EventReceiver events) {
        return new RoleSession(router.inProcess().as(name, role).onBehalfOf(new Origin(name)), formats, realm, events);
    }

    Counters counters() {
        return router.counters();
    }

    Timers timers() {
        return router.transportContext().timers();
    }
}
