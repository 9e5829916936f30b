package io.junctor.server;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.metrics.Counter;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.MetricsPage;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.server.websocket.HostPolicy;
import io.junctor.server.websocket.WebSocketUpgrade;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Safe for use by many threads. Sends every HTTP request of a listener where it belongs. */
final class HttpRoutes extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

    private final WampConnector door;
    private final HostPolicy hosts;
    /** Whether the log tells of a refused host already. */
    private final AtomicBoolean refused = new AtomicBoolean();

    private final WebSocketUpgrade handshake;
    private final MetricsPage metrics;

    HttpRoutes(WampConnector door) {
        this.door = door;
        this.hosts = HostPolicy.of(door.config());
        this.handshake = new WebSocketUpgrade(door);
        this.metrics = new MetricsPage(door.context());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!hosts.allows(request.getHeaders().get(HttpHeader.HOST))) {
            refuse(request, response, callback);
        } else if (path.equals(door.config().websocketPath())) {
            handshake.answer(request, response, callback);
        } else if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            PlainTextResponse.write(
                    response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET is answered here.");
        } else if (path.equals("/health")) {
            health(response, callback);
        } else if (path.equals("/metrics")) {
            metrics.answer(response, callback);
        } else {
            String there = door.config().websocketPath();
            PlainTextResponse.write(
                    response, callback, HttpStatus.NOT_FOUND_404, "Nothing is here; WAMP is spoken at " + there + ".");
        }
        return true;
    }

    /** A name that stands for this machine, though it is none of its own. */
    private void refuse(Request request, Response response, Callback callback) {
        door.context().counters().increment(Counter.HOSTS_REFUSED);
        if (refused.compareAndSet(false, true)) {
            LOG.warn(
                    "{} asked for a host that is not of this machine, and others may: a loopback listener answers to"
                            + " loopback names and the hosts in 'origins'",
                    request.getConnectionMetaData().getRemoteSocketAddress());
        }
        PlainTextResponse.write(
                response,
                callback,
                HttpStatus.MISDIRECTED_REQUEST_421,
                "This listener is on a loopback address and answers to loopback names only, such as localhost, and to"
                        + " the hosts in 'origins' of the router's configuration.");
    }

    private void health(Response response, Callback callback) {
        if (door.isClosing()) {
            PlainTextResponse.write(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "shutting down");
        } else if (AuditLog.fault() != null) {
            // Why it is so stands in the log; who asks here may be anybody.
            int status = AuditLog.refusesJoins() ? HttpStatus.SERVICE_UNAVAILABLE_503 : HttpStatus.OK_200;
            PlainTextResponse.write(response, callback, status, "the audit log cannot be written");
        } else {
            PlainTextResponse.write(response, callback, HttpStatus.OK_200, "ok");
        }
    }

    @Override
    protected void doStop() throws Exception {
        metrics.close();
        super.doStop();
    }
}
