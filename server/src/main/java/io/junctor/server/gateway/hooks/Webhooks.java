package io.junctor.server.gateway.hooks;

import io.junctor.router.config.http.HookAction;
import io.junctor.router.config.listener.HttpServices;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.RequestThreads;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.RoleSession;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.server.http.ClientAdmission;
import io.junctor.server.http.CorsHeaders;
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
    private final ClientAdmission admission;
    private final WampJson json;
    private final RequestThreads threads;
    private final Map<String, HookEndpoint> hookByPath = new LinkedHashMap<>();

    private Webhooks(WampConnector connector) {
        ListenerLimits limits = connector.config().limits();
        this.admission = new ClientAdmission(connector, Transport.GATEWAY);
        this.json = new WampJson(limits.depth());
        this.threads = new RequestThreads(connector, "webhook");
        InProcessEndpoint endpoint = InProcessEndpoint.of(connector.context(), threads.executor(), connector::isClosing)
                .limits(limits);
        GatewaySession.Formats formats = GatewaySession.Formats.of(limits, json);
        HttpServices services = connector.config().http().services();
        String listener = connector.refusals().listener();
        services.webhooks().forEach((path, config) -> {
            HookAction action = config.target();
            RoleSession session =
                    new HookOrigin(listener, path).session(endpoint, action.realm(), action.role(), formats);
            hookByPath.put(path, new IncomingWebhook(config, connector, session));
        });
        services.crossbar().forEach((path, config) -> {
            RoleSession session =
                    new HookOrigin(listener, path).session(endpoint, config.realm(), config.role(), formats);
            hookByPath.put(path, new CrossbarHook(config, connector, session));
        });
    }

    /** Opens the webhooks of the listener of {@code connector}. */
    public static Webhooks open(WampConnector connector) {
        return new Webhooks(connector);
    }

    /** Returns whether a path belongs to a webhook. */
    public boolean serves(String path) {
        return hookByPath.containsKey(path);
    }

    /** Answers a request whose path belongs to a webhook. Returns at once. */
    public void answer(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, json);
        HookEndpoint hook = Objects.requireNonNull(hookByPath.get(Request.getPathInContext(request)));
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store").put("X-Content-Type-Options", "nosniff");
        boolean isPage = hook instanceof CrossbarHook && admission.allowsOrigin(request.getHeaders());
        if (isPage) {
            CorsHeaders.allow(request, response);
        }
        if (isPage && HttpMethod.OPTIONS.is(request.getMethod())) {
            CorsHeaders.answerPreflight(response, callback);
        } else if (hook.methods().contains(request.getMethod())) {
            threads.answer(exchange, () -> hook.answer(exchange));
        } else {
            String methods = String.join(", ", hook.methods());
            response.getHeaders().put(HttpHeader.ALLOW, methods);
            threads.refuse(
                    exchange, Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, "This path answers " + methods + " only."));
        }
    }

    @Override
    public void close() {
        hookByPath.values().forEach(HookEndpoint::close);
        threads.close();
    }
}
