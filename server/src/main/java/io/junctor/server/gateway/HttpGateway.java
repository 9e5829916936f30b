package io.junctor.server.gateway;

import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.router.metrics.Transport;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.PublishRequestHandler.RequestSender;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.exchange.RequestBody;
import io.junctor.server.gateway.exchange.RequestThreads;
import io.junctor.server.gateway.session.Admission;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Login;
import io.junctor.server.gateway.session.RequestOrigin;
import io.junctor.server.gateway.session.SessionPool;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.server.http.ClientAdmission;
import io.junctor.server.http.ClientAdmission.Refusal;
import io.junctor.server.http.CorsHeaders;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HTTP requests that publish events, call procedures and receive events. Each request acts as a session of its client, with the
 * same logins, permissions and limits as over a WebSocket. Thread-safe.
 */
public final class HttpGateway implements AutoCloseable {
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);

    private final WampConnector connector;
    private final GatewayConfig config;
    private final ClientAdmission admission;
    private final WampJson json;
    private final RequestThreads threads;
    private final SessionPool sessions;
    private final PublishRequestHandler publications;
    private final CallRequestHandler calls;
    private final EventRequestHandler events;
    private final OpenApiDocument document;
    private final Timer sweeper;

    private HttpGateway(WampConnector connector, GatewayConfig config) {
        ListenerLimits limits = connector.config().limits();
        this.connector = connector;
        this.config = config;
        this.admission = new ClientAdmission(connector, Transport.GATEWAY);
        this.json = new WampJson(limits.depth());
        this.threads = new RequestThreads(connector, "gateway");
        this.sessions = new SessionPool(
                InProcessEndpoint.of(connector.context(), threads.executor(), connector::isClosing),
                config,
                limits,
                GatewaySession.Formats.of(limits, json),
                connector.context().timers());
        this.publications =
                new PublishRequestHandler(config, connector.context().timers()::nanos);
        this.calls = new CallRequestHandler(config.callTimeout());
        this.events = new EventRequestHandler(sessions, limits);
        this.document =
                new OpenApiDocument(config, connector.config().http().services().webhooks());
        this.sweeper = connector.context().timers().every(SWEEP_PERIOD, sessions::sweep);
    }

    /** Opens the gateway of a listener. */
    public static HttpGateway open(WampConnector connector, GatewayConfig config) {
        return new HttpGateway(connector, config);
    }

    /** Returns whether a path belongs to the gateway. */
    public boolean serves(String path) {
        return GatewayPath.of(path, config) != null;
    }

    /** Answers a request whose path belongs to the gateway. Returns at once. */
    public void answer(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, json);
        GatewayPath path = Objects.requireNonNull(GatewayPath.of(Request.getPathInContext(request), config));
        response.getHeaders().put(NO_STORE).put(NO_SNIFF);
        if (!admission.allowsOrigin(request.getHeaders())) {
            admission.refuse(
                    request, response, callback, Objects.requireNonNull(admission.refusal(request.getHeaders())));
            return;
        }
        CorsHeaders.allow(request, response);
        if (HttpMethod.OPTIONS.is(request.getMethod())) {
            CorsHeaders.answerPreflight(response, callback);
        } else if (!path.action().method().equals(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, path.action().method() + ", OPTIONS");
            threads.refuse(
                    exchange,
                    Problem.of(
                            HttpStatus.METHOD_NOT_ALLOWED_405,
                            "This path answers " + path.action().method() + " only."));
        } else if (path.action() == GatewayPath.Action.OPENAPI) {
            exchange.answer(document.of(path.named()));
        } else {
            threads.answer(exchange, () -> answer(exchange, path));
        }
    }

    private void answer(Exchange exchange, GatewayPath path) throws ProblemException {
        String realm = path.named() == null ? config.realm() : path.named();
        if (realm == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND_404,
                    "The path names no realm, and the configuration has none for such paths: use {realm}/"
                            + path.action().path() + ".");
        }
        RequestOrigin origin = origin(exchange);
        Login login = login(exchange, origin);
        switch (path.action()) {
            case PUBLISH -> {
                boolean hasLines = hasLines(exchange);
                withBody(exchange, origin, realm, login, (session, body) -> {
                    if (hasLines) {
                        publications.lines(exchange, session, body);
                    } else {
                        publications.one(exchange, new RequestSender(realm, origin, session), body);
                    }
                });
            }
            case CALL -> {
                requireJson(exchange, "application/json");
                withBody(exchange, origin, realm, login, (session, body) -> calls.answer(exchange, session, body));
            }
            case EVENTS -> events.answer(exchange, origin, realm, login);
            case OPENAPI -> throw new IllegalStateException("the document needs no session");
        }
    }

    /** Handles a request with its body. */
    @FunctionalInterface
    private interface BodyHandler {
        void handle(GatewaySession session, byte[] body) throws ProblemException;
    }

    private void withBody(Exchange exchange, RequestOrigin origin, String realm, Login login, BodyHandler handler)
            throws ProblemException {
        switch (sessions.take(origin, realm, login)) {
            case Admission.Refused refused -> throw new ProblemException(Problem.of(refused.reason()));
            case Admission.Admitted admitted -> {
                try (RequestBody body = RequestBody.read(
                        exchange.request(),
                        connector.context().limit().incoming(),
                        connector.config().limits().messageBytes(),
                        "message_bytes")) {
                    handler.handle(admitted.session(), body.bytes());
                } finally {
                    admitted.release().run();
                }
            }
        }
    }

    private static boolean hasLines(Exchange exchange) throws ProblemException {
        if (Exchange.NDJSON.equals(exchange.contentType())) {
            return true;
        }
        requireJson(exchange, "application/json or " + Exchange.NDJSON);
        return false;
    }

    private static void requireJson(Exchange exchange, String expected) throws ProblemException {
        if (!"application/json".equals(exchange.contentType())) {
            throw new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Content-Type must be " + expected + ".");
        }
    }

    private RequestOrigin origin(Exchange exchange) throws ProblemException {
        return RequestOrigin.of(connector, exchange.request()).orElseThrow(() -> {
            Refusal refusal = ClientAdmission.unknownAddress(exchange.request().getHeaders());
            return new ProblemException(refusal.status(), refusal.sentence());
        });
    }

    private static Login login(Exchange exchange, RequestOrigin origin) throws ProblemException {
        Login login = Login.of(exchange.request().getHeaders().get(HttpHeader.AUTHORIZATION), origin);
        if (login == null) {
            throw new ProblemException(HttpStatus.UNAUTHORIZED_401, Login.EXPECTED);
        }
        if (login.hasSecret() && !origin.isPrivate()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN_403, "A secret must not travel unencrypted: send the request by https.");
        }
        return login;
    }

    @Override
    public void close() {
        sweeper.cancel();
        sessions.close();
        threads.close();
    }
}
