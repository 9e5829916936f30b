package io.junctor.server.websocket;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OpeningHandshake;
import io.junctor.websocket.OriginPolicy;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe for use by many threads. The opening handshake of a WebSocket (RFC 6455, section 4.2): either the client gets a {@link WebSocketConnection},
 * or a status and a sentence that says what it should do instead.
 *
 * <p>The extension permessage-deflate is not offered: each connection would hold its window in memory, and compressing is
 * many times the work of routing. A client that asks for it simply goes without.
 */
public final class WebSocketUpgrade {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);

    private static final HttpField UPGRADE_WEBSOCKET = new PreEncodedHttpField(HttpHeader.UPGRADE, "websocket");
    private static final HttpField CONNECTION_UPGRADE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString());
    private static final HttpField VERSION =
            new PreEncodedHttpField(HttpHeader.SEC_WEBSOCKET_VERSION, OpeningHandshake.VERSION);

    private final WampConnector door;
    private final OriginPolicy origins;
    private final String offered;

    public WebSocketUpgrade(WampConnector door) {
        ListenerConfig config = door.config();
        this.door = door;
        this.origins = new OriginPolicy(config.origins());
        this.offered = config.serializers().stream()
                .sorted()
                .map(Serializer::subprotocol)
                .collect(Collectors.joining(", "));
    }

    /** Answers a request on the path of the WebSocket. */
    public void answer(Request request, Response response, Callback callback) {
        HttpFields headers = request.getHeaders();
        if (!isUpgrade(request, headers)) {
            response.getHeaders().put(UPGRADE_WEBSOCKET).put(CONNECTION_UPGRADE).put(VERSION);
            PlainTextResponse.write(
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "This is a WAMP endpoint: connect by WebSocket (version 13) with subprotocol " + offered + ".");
            return;
        }
        String key = headers.get(HttpHeader.SEC_WEBSOCKET_KEY);
        if (key == null) {
            PlainTextResponse.write(
                    response, callback, HttpStatus.BAD_REQUEST_400, "The header Sec-WebSocket-Key is missing.");
            return;
        }
        if (isRefused(headers, response, callback)) {
            return;
        }
        Optional<Serializer> serializer = choose(headers);
        if (serializer.isEmpty()) {
            PlainTextResponse.write(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "No WAMP subprotocol in common: Sec-WebSocket-Protocol must name one of " + offered + ".");
            return;
        }
        letIn(request, response, callback, key, serializer.get());
    }

    private void letIn(Request request, Response response, Callback callback, String key, Serializer serializer) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Optional<ClientAddress> visitor = door.visitors().visitor(endPoint, request.getHeaders());
        if (visitor.isEmpty()) {
            LOG.info(
                    "a client behind {} is refused: X-Forwarded-For has no address", endPoint.getRemoteSocketAddress());
            refuse(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "The proxy does not say where you are: what it names in X-Forwarded-For is no address.");
        } else if (door.visitors().letIn(endPoint, visitor.get())) {
            upgrade(
                    request,
                    response,
                    callback,
                    key,
                    new WebSocketConnection(door, endPoint, visitor.get(), serializer));
        } else {
            String why = "Your address has as many connections as it may have: "
                    + door.visitors().most() + " (connections_per_address).";
            refuse(response, callback, HttpStatus.TOO_MANY_REQUESTS_429, why);
        }
    }

    /** Refuses whoever it is. */
    private boolean isRefused(HttpFields headers, Response response, Callback callback) {
        if (!origins.allows(headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST))) {
            refuse(
                    response,
                    callback,
                    HttpStatus.FORBIDDEN_403,
                    "Pages of this origin may not connect; the router's configuration lists those that may (origins).");
            return true;
        }
        if (door.isClosing() || door.context().limit().isFull()) {
            String why =
                    door.isClosing() ? "The router shuts down." : "The router has as many connections as it takes.";
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, why);
            return true;
        }
        return false;
    }

    private static boolean isUpgrade(Request request, HttpFields headers) {
        return HttpMethod.GET.is(request.getMethod())
                && headers.contains(HttpHeader.UPGRADE, "websocket")
                && headers.contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString())
                && OpeningHandshake.VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION));
    }

    /** The first of the client's subprotocols that this listener has; empty items count for nothing. */
    private Optional<Serializer> choose(HttpFields headers) {
        QuotedCSV wanted = new QuotedCSV();
        for (HttpField field : headers.getFields(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL)) {
            wanted.addValue(field.getValue());
        }
        return wanted.getValues().stream()
                .flatMap(name -> Serializer.ofSubprotocol(name).stream())
                .filter(door.config().serializers()::contains)
                .findFirst();
    }

    private void refuse(Response response, Callback callback, int status, String why) {
        door.context().counters().increment(Counter.CONNECTIONS_REFUSED);
        PlainTextResponse.write(response, callback, status, why);
    }

    private void upgrade(Request request, Response response, Callback callback, String key, WebSocketConnection line) {
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(UPGRADE_WEBSOCKET)
                .put(CONNECTION_UPGRADE)
                .put(HttpHeader.SEC_WEBSOCKET_ACCEPT, OpeningHandshake.accept(key))
                .put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, line.serializer().subprotocol());
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, line);
        response.write(true, null, callback);
    }
}
