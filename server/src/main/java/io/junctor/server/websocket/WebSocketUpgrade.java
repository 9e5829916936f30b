package io.junctor.server.websocket;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.ForwardedHeaders;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OpeningHandshake;
import io.junctor.websocket.OriginPolicy;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http.QuotedCSV;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers the opening handshake of a WebSocket (RFC 6455, section 4.2): upgrades to a {@link WebSocketConnection}, or
 * refuses with a status and a sentence that says what the client can do. Thread-safe.
 *
 * <p>The extension permessage-deflate is not offered: each connection would hold its window in memory, and compressing
 * takes many times as long as routing. A client that asks for it goes on without.
 */
public final class WebSocketUpgrade {
    private static final HttpField UPGRADE_WEBSOCKET = new PreEncodedHttpField(HttpHeader.UPGRADE, "websocket");
    private static final HttpField CONNECTION_UPGRADE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString());
    private static final HttpField VERSION =
            new PreEncodedHttpField(HttpHeader.SEC_WEBSOCKET_VERSION, OpeningHandshake.VERSION);

    private final WampConnector connector;
    private final OriginPolicy origins;
    private final String subprotocols;

    /** Why a request is refused: a status, a sentence for the client and a reason for the log. */
    private record Refusal(int status, String sentence, String reason) {}

    public WebSocketUpgrade(WampConnector connector) {
        ListenerConfig config = connector.config();
        this.connector = connector;
        this.origins = new OriginPolicy(config.origins());
        this.subprotocols = config.serializers().stream()
                .sorted()
                .map(Serializer::subprotocol)
                .collect(Collectors.joining(", "));
    }

    /** Upgrades or refuses. */
    public void answer(Request request, Response response, Callback callback) {
        HttpFields headers = request.getHeaders();
        if (!isUpgrade(request, headers)) {
            response.getHeaders().put(UPGRADE_WEBSOCKET).put(CONNECTION_UPGRADE).put(VERSION);
            connector
                    .refusals()
                    .refused(request, HttpStatus.UPGRADE_REQUIRED_426, "it is not an upgrade to WebSocket version 13");
            PlainTextResponse.write(
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "This is a WAMP endpoint: connect by WebSocket (version 13) with subprotocol " + subprotocols
                            + ".");
            return;
        }
        Refusal refusal = refusal(headers);
        Optional<Serializer> serializer = choose(headers);
        if (refusal != null) {
            refuse(request, response, callback, refusal);
        } else if (serializer.isEmpty()) {
            refuse(
                    request,
                    response,
                    callback,
                    new Refusal(
                            HttpStatus.BAD_REQUEST_400,
                            "No WAMP subprotocol in common: Sec-WebSocket-Protocol must name one of " + subprotocols
                                    + ".",
                            "Sec-WebSocket-Protocol "
                                    + RefusalLog.quoted(headers.get(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL))
                                    + " names none of " + subprotocols));
        } else {
            upgradeUnlessOverLimit(request, response, callback, serializer.get());
        }
    }

    /** The reason to refuse a client whatever its address is, or null. */
    private @Nullable Refusal refusal(HttpFields headers) {
        if (headers.get(HttpHeader.SEC_WEBSOCKET_KEY) == null) {
            return new Refusal(
                    HttpStatus.BAD_REQUEST_400,
                    "The header Sec-WebSocket-Key is missing.",
                    "the header Sec-WebSocket-Key is missing");
        }
        String origin = headers.get(HttpHeader.ORIGIN);
        if (!origins.allows(origin, headers.get(HttpHeader.HOST))) {
            return new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "Pages of this origin may not connect. The router's configuration lists the origins that may (origins).",
                    "Origin " + RefusalLog.quoted(origin) + " is neither in 'origins' nor the host of the request");
        }
        if (connector.isClosing()) {
            return new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "The router shuts down.", "the router shuts down");
        }
        if (connector.context().limit().isMemoryLow()) {
            return new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The router is low on memory: try again later.",
                    "the router is low on memory");
        }
        if (connector.context().limit().isFull()) {
            return new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The router has as many connections as it takes.",
                    "the router has the most connections that its limit allows: "
                            + connector.context().limit().most());
        }
        return null;
    }

    private void upgradeUnlessOverLimit(Request request, Response response, Callback callback, Serializer serializer) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        ForwardedHeaders forwarded = connector.forwardedHeaders();
        Optional<ClientAddress> client = forwarded.clientAddress(endPoint, request.getHeaders());
        if (client.isEmpty()) {
            String header = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
            refuse(
                    request,
                    response,
                    callback,
                    new Refusal(
                            HttpStatus.BAD_REQUEST_400,
                            "The proxy sent an X-Forwarded-For that is no address.",
                            "X-Forwarded-For " + RefusalLog.quoted(header) + " of a trusted proxy is no address"));
        } else if (forwarded.acquire(endPoint, client.get())) {
            upgrade(
                    request,
                    response,
                    callback,
                    new WebSocketConnection(connector, endPoint, client.get(), serializer));
        } else {
            int max = forwarded.maxPerAddress();
            refuse(
                    request,
                    response,
                    callback,
                    new Refusal(
                            HttpStatus.TOO_MANY_REQUESTS_429,
                            "Your address has as many connections as it may have: " + max
                                    + " (connections_per_address).",
                            "client address " + client.get().network() + " has " + max
                                    + " connections already (connections_per_address)"));
        }
    }

    private static boolean isUpgrade(Request request, HttpFields headers) {
        return HttpMethod.GET.is(request.getMethod())
                && headers.contains(HttpHeader.UPGRADE, "websocket")
                && headers.contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString())
                && OpeningHandshake.VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION));
    }

    /** The first subprotocol of the client that the listener has. Empty elements are ignored. */
    private Optional<Serializer> choose(HttpFields headers) {
        QuotedCSV wanted = new QuotedCSV();
        for (HttpField field : headers.getFields(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL)) {
            wanted.addValue(field.getValue());
        }
        return wanted.getValues().stream()
                .flatMap(name -> Serializer.ofSubprotocol(name).stream())
                .filter(connector.config().serializers()::contains)
                .findFirst();
    }

    private void refuse(Request request, Response response, Callback callback, Refusal refusal) {
        connector.context().counters().increment(Counter.CONNECTIONS_REFUSED);
        connector.refusals().refused(request, refusal.status(), refusal.reason());
        PlainTextResponse.write(response, callback, refusal.status(), refusal.sentence());
    }

    private static void upgrade(Request request, Response response, Callback callback, WebSocketConnection connection) {
        String key = Objects.requireNonNull(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY));
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(UPGRADE_WEBSOCKET)
                .put(CONNECTION_UPGRADE)
                .put(HttpHeader.SEC_WEBSOCKET_ACCEPT, OpeningHandshake.accept(key))
                .put(
                        HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL,
                        connection.serializer().subprotocol());
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
        response.write(true, null, callback);
    }
}
