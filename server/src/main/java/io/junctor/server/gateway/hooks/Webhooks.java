package io.junctor.server.gateway.hooks;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.RequestThreads;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.WampJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the requests to the webhooks of a listener. Thread-safe. */
public final class Webhooks implements AutoCloseable {
    private final WampJson json;
    private final RequestThreads threads;
    private final Map<String, Webhook> hookByPath = new LinkedHashMap<>();

    private Webhooks(WampConnector connector) {
        ListenerLimits limits = connector.config().limits();
        this.json = new WampJson(limits.depth());
        this.threads = new RequestThreads(connector, "webhook");
        InProcessEndpoint endpoint = InProcessEndpoint.of(connector.context(), threads.executor(), connector::isClosing)
                .limits(limits);
        GatewaySession.Formats formats = GatewaySession.Formats.of(limits, json);
        connector.config().http().services().webhooks().forEach((path, config) -> {
            HookOrigin origin = new HookOrigin(connector.refusals().listener(), path);
            hookByPath.put(path, new Webhook(config, connector, origin.session(endpoint, config.target(), formats)));
        });
    }

    /** Opens the webhooks of the listener of {@code connector}. */
    public static Webhooks open(WampConnector connector) {
        return new Webhooks(connector);
    }

    /** Whether a path is that of a webhook. */
    public boolean serves(String path) {
        return hookByPath.containsKey(path);
    }

    /** Answers a request whose path is that of a webhook. Returns at once. */
    public void answer(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, json);
        Webhook hook = Objects.requireNonNull(hookByPath.get(Request.getPathInContext(request)));
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store").put("X-Content-Type-Options", "nosniff");
        if (HttpMethod.POST.is(request.getMethod())) {
            threads.answer(exchange, () -> hook.answer(exchange));
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            threads.refuse(exchange, Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, "This path answers POST only."));
        }
    }

    @Override
    public void close() {
        hookByPath.values().forEach(Webhook::close);
        threads.close();
    }
}
