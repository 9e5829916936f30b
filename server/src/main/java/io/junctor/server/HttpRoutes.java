package io.junctor.server;

import io.junctor.router.cluster.Cluster;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.StatusPageContent;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.files.ConsolePage;
import io.junctor.server.files.StaticFiles;
import io.junctor.server.gateway.HttpGateway;
import io.junctor.server.gateway.hooks.Webhooks;
import io.junctor.server.http.JsonResponse;
import io.junctor.server.http.MetricsPage;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.server.http.StatusPage;
import io.junctor.server.longpoll.LongPollTransport;
import io.junctor.server.websocket.HostPolicy;
import io.junctor.server.websocket.WebSocketUpgrade;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Routes the HTTP requests of a listener: to the WebSocket upgrade, long-poll, webhooks, the HTTP gateway, {@code /health}, {@code /ready},
 * {@code /metrics}, the console, files and the status page. Thread-safe.
 */
final class HttpRoutes extends Handler.Abstract.NonBlocking {
    private static final String HEALTH = "/health";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";
    private static final String IN_SYNC = "/ready";

    private final WampConnector connector;
    private final HostPolicy hosts;
    private final Map<WebSocketPath, WebSocketUpgrade> upgradeByPath = new LinkedHashMap<>();
    private final List<LongPollTransport> longPolls;
    private final MetricsPage metrics;
    private final StatusPage statusPage;
    private final @Nullable ConsolePage console;
    private @Nullable StaticFiles files;
    private @Nullable HttpGateway gateway;
    private @Nullable Webhooks webhooks;
    private volatile boolean announced;

    /** Creates the routes of a listener; {@code realms} returns the names of the router's realms. */
    HttpRoutes(WampConnector connector, Supplier<List<String>> realms) {
        this.connector = connector;
        this.hosts = HostPolicy.of(connector.config());
        connector
                .config()
                .http()
                .websockets()
                .forEach(path -> upgradeByPath.put(path, new WebSocketUpgrade(connector, path)));
        this.longPolls = connector.config().http().longPoll()
                ? upgradeByPath.keySet().stream()
                        .map(path -> new LongPollTransport(connector, path))
                        // A path that lies below another path is compared first.
                        .sorted(Comparator.comparingInt(
                                transport -> -transport.base().length()))
                        .toList()
                : List.of();
        this.metrics = new MetricsPage(connector.context());
        this.statusPage = new StatusPage(connector.config(), realms);
        this.console = connector.config().servesConsole()
                ? new ConsolePage(
                        connector, realms, connector.config().address().isLoopback())
                : null;
    }

    /** From now on {@code /health} answers that the router shuts down; all other paths are served as before. */
    void announceClosing() {
        announced = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // A CONNECT request for a tunnel to another host has no path.
        String path = request.getHttpURI().getCanonicalPath() == null ? "" : Request.getPathInContext(request);
        String host = request.getHeaders().get(HttpHeader.HOST);
        WebSocketUpgrade upgrade = upgrade(path);
        LongPollTransport longPoll = longPoll(path);
        if (!hosts.allows(host)) {
            refuseHost(request, response, callback, host);
        } else if (upgrade != null) {
            upgrade.answer(request, response, callback);
        } else if (longPoll != null) {
            longPoll.answer(request, response, callback);
        } else if (webhooks != null && webhooks.serves(path)) {
            webhooks.answer(request, response, callback);
        } else if (gateway != null && gateway.serves(path)) {
            gateway.answer(request, response, callback);
        } else {
            answerPage(path, request, response, callback);
        }
        return true;
    }

    private void answerPage(String path, Request request, Response response, Callback callback) {
        Runnable page = page(path, request, response, callback);
        boolean isRead = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        if (page == null && !path.isEmpty()) {
            notFound(request, response, callback);
        } else if (page == null || !isRead) {
            connector.invalid(Transport.HTTP, request, HttpStatus.METHOD_NOT_ALLOWED_405, "this path answers GET only");
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            PlainTextResponse.write(
                    response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "This path answers GET only.");
        } else {
            page.run();
        }
    }

    /** Returns a task that writes the page with this path, or null if the router has no such page. */
    private @Nullable Runnable page(String path, Request request, Response response, Callback callback) {
        if (path.equals(HEALTH) || path.equals(LIVE) || path.equals(READY)) {
            return () -> health(path, response, callback);
        }
        if (path.equals(IN_SYNC)) {
            return () -> ready(response, callback);
        }
        if (path.equals("/metrics")) {
            return () -> metrics.answer(response, callback);
        }
        ConsolePage forOperators = console;
        if (forOperators != null && forOperators.has(path)) {
            return () -> forOperators.answer(request, response, callback, this::notFound);
        }
        StaticFiles served = files;
        if (served != null && served.has(path)) {
            return () -> served.answer(request, response, callback, this::notFound);
        }
        boolean isStatus = path.equals("/") && connector.config().http().statusPage() != StatusPageContent.NONE;
        return isStatus ? () -> statusPage.answer(request, response, callback) : null;
    }

    private @Nullable WebSocketUpgrade upgrade(String requested) {
        for (Map.Entry<WebSocketPath, WebSocketUpgrade> entry : upgradeByPath.entrySet()) {
            if (entry.getKey().matches(requested)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private @Nullable LongPollTransport longPoll(String requested) {
        for (LongPollTransport longPoll : longPolls) {
            if (longPoll.serves(requested)) {
                return longPoll;
            }
        }
        return null;
    }

    private void notFound(Request request, Response response, Callback callback) {
        String paths = upgradeByPath.keySet().stream().map(WebSocketPath::path).collect(Collectors.joining(" or "));
        connector.invalid(Transport.HTTP, request, HttpStatus.NOT_FOUND_404, "the path of the WebSocket is " + paths);
        PlainTextResponse.write(
                response,
                callback,
                HttpStatus.NOT_FOUND_404,
                "This path does not exist. A WAMP client connects to " + paths + ", by WebSocket"
                        + (longPolls.isEmpty() ? "." : " or HTTP long-poll."));
    }

    private void refuseHost(Request request, Response response, Callback callback, @Nullable String host) {
        connector.context().counters().increment(Counter.HOSTS_REFUSED);
        connector
                .refusals()
                .refused(
                        request,
                        HttpStatus.MISDIRECTED_REQUEST_421,
                        "Host " + RefusalLog.quoted(host)
                                + " is neither a loopback name nor a host in 'origins', and the listener is on"
                                + " a loopback address");
        PlainTextResponse.write(
                response,
                callback,
                HttpStatus.MISDIRECTED_REQUEST_421,
                "This listener is on a loopback address. It answers to loopback names, such as localhost, and to the"
                        + " hosts in 'origins' of the router's configuration.");
    }

    private void health(String path, Response response, Callback callback) {
        Health health = Health.of(connector, announced);
        int status = health.isReady() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
        switch (path) {
            case LIVE -> JsonResponse.write(response, callback, HttpStatus.OK_200, health.json());
            case READY -> JsonResponse.write(response, callback, status, health.json());
            default -> PlainTextResponse.write(response, callback, status, health.line());
        }
    }

    /** Answers whether the router accepts clients, and whether it works together with the other routers of its cluster. */
    private void ready(Response response, Callback callback) {
        Health health = Health.of(connector, announced);
        Cluster cluster = connector.context().cluster();
        String problem = cluster == null ? null : cluster.problem();
        String reason = health.isReady() ? problem : health.line();
        if (reason == null) {
            JsonResponse.write(response, callback, HttpStatus.OK_200, "{\"ready\":true}");
        } else {
            String json = "{\"ready\":false,\"reason\":\"" + reason + "\"}";
            JsonResponse.write(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, json);
        }
    }

    @Override
    protected void doStart() throws Exception {
        FilesConfig served = connector.config().http().files();
        files = served == null ? null : StaticFiles.open(connector, served);
        GatewayConfig opened = connector.config().http().gateway();
        gateway = opened == null ? null : HttpGateway.open(connector, opened);
        webhooks = Webhooks.open(connector);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        if (files != null) {
            files.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (webhooks != null) {
            webhooks.close();
        }
        metrics.close();
        super.doStop();
    }
}
