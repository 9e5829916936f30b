package io.junctor.server.websocket;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.ClientAdmission;
import io.junctor.server.http.ClientAdmission.Refusal;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.server.http2.WebSocketTunnel;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.OpeningHandshake;
import io.junctor.websocket.PermessageDeflate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.compression.DeflaterPool;
import org.eclipse.jetty.util.compression.InflaterPool;
import org.jspecify.annotations.Nullable;

/**
 * Answers the opening handshake of a WebSocket (RFC 6455, section 4.2, and RFC 8441): upgrades to a {@link WebSocketConnection}, or
 * refuses with a status and a sentence that tells the client what to do. Thread-safe.
 *
 * <p>The extension permessage-deflate is accepted only if the configuration allows it: compression takes much more time than
 * routing, and many clients offer the extension by default. Without it, a client goes on uncompressed.
 */
public final class WebSocketUpgrade {
    private static final HttpField UPGRADE_WEBSOCKET = new PreEncodedHttpField(HttpHeader.UPGRADE, "websocket");
    private static final HttpField CONNECTION_UPGRADE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString());
    private static final HttpField VERSION =
            new PreEncodedHttpField(HttpHeader.SEC_WEBSOCKET_VERSION, OpeningHandshake.VERSION);

    private final WampConnector connector;
    private final ClientAdmission admission;
    private final DeflaterPool deflaters;
    private final InflaterPool inflaters;
    private final String subprotocols;
    private final JoinRestriction joins;

    /** Creates the handshake handler of one path. */
    public WebSocketUpgrade(WampConnector connector, WebSocketPath path) {
        ListenerConfig config = connector.config();
        this.connector = connector;
        this.joins = config.joins(path);
        this.admission = new ClientAdmission(connector, Transport.WEBSOCKET);
        this.deflaters = DeflaterPool.ensurePool(connector);
        this.inflaters = InflaterPool.ensurePool(connector);
        this.subprotocols = Subprotocol.namesOf(connector.config().serializers());
    }

    /** Upgrades or refuses. */
    public void answer(Request request, Response response, Callback callback) {
        HttpFields headers = request.getHeaders();
        if (!isUpgrade(request, headers)) {
            response.getHeaders().put(UPGRADE_WEBSOCKET).put(CONNECTION_UPGRADE).put(VERSION);
            connector.invalid(
                    Transport.WEBSOCKET,
                    request,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "it is not an upgrade to WebSocket version 13");
            PlainTextResponse.write(
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "This is a WAMP endpoint: connect by WebSocket (version 13) with subprotocol " + subprotocols
                            + ".");
            return;
        }
        Refusal refusal = refusal(headers, WebSocketTunnel.isAskedFor(request));
        Optional<Subprotocol> chosen = choose(headers);
        if (refusal != null) {
            refuse(request, response, callback, refusal);
        } else if (chosen.isEmpty()) {
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
            upgradeUnlessOverLimit(request, response, callback, chosen.get());
        }
    }

    private @Nullable Refusal refusal(HttpFields headers, boolean isTunnel) {
        Refusal wrongHeader = HandshakeHeaderCheck.refusal(headers, !isTunnel);
        return wrongHeader == null ? admission.refusal(headers) : wrongHeader;
    }

    private void upgradeUnlessOverLimit(Request request, Response response, Callback callback, Subprotocol chosen) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Optional<ClientAddress> client = connector.forwardedHeaders().clientAddress(endPoint, request.getHeaders());
        if (client.isEmpty()) {
            refuse(request, response, callback, ClientAdmission.unknownAddress(request.getHeaders()));
        } else if (WebSocketTunnel.isAskedFor(request)) {
            openTunnel(request, response, callback, chosen, client.get());
        } else if (connector.perAddress().acquire(endPoint, client.get())) {
            WebSocketConnection connection = connection(request, endPoint, client.get(), chosen);
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
            upgrade(request, response, callback, connection);
        } else {
            refuse(request, response, callback, admission.tooManyOf(client.get()));
        }
    }

    /** Opens a WebSocket in a stream of HTTP/2 (RFC 8441), which counts as one connection, like a socket. */
    private void openTunnel(
            Request request, Response response, Callback callback, Subprotocol chosen, ClientAddress client) {
        if (!connector.takeOpening()) {
            refuse(request, response, callback, ClientAdmission.TOO_MANY_IN_A_SECOND);
        } else if (connector.perAddress().acquire(client)) {
            WebSocketTunnel tunnel = WebSocketTunnel.of(
                    request, connector, () -> connector.perAddress().release(client));
            WebSocketConnection connection = connection(request, tunnel.endPoint(), client, chosen);
            tunnel.openAfterResponse(request, connection);
            response.setStatus(HttpStatus.OK_200);
            answer(response, callback, connection.agreement());
        } else {
            refuse(request, response, callback, admission.tooManyOf(client));
        }
    }

    private WebSocketConnection connection(
            Request request, EndPoint endPoint, ClientAddress client, Subprotocol chosen) {
        return new WebSocketConnection(
                connector,
                endPoint,
                client,
                new NegotiatedParameters(chosen, compression(request.getHeaders()), deflaters, inflaters),
                OpeningRequest.of(connector, joins, request.getHeaders()));
    }

    private static boolean isUpgrade(Request request, HttpFields headers) {
        boolean isAskedFor = WebSocketTunnel.isAskedFor(request)
                || (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                        && HttpMethod.GET.is(request.getMethod())
                        && headers.contains(HttpHeader.UPGRADE, "websocket")
                        && headers.contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString()));
        return isAskedFor && OpeningHandshake.VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION));
    }

    /** Returns the first subprotocol in the client's list that the listener supports. Empty elements are ignored. */
    private Optional<Subprotocol> choose(HttpFields headers) {
        return elements(headers, HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).stream()
                .flatMap(name -> Subprotocol.of(name).stream())
                .filter(found -> connector.config().serializers().contains(found.serializer()))
                .findFirst();
    }

    private @Nullable PermessageDeflate compression(HttpFields headers) {
        return connector.config().http().compression()
                ? PermessageDeflate.accept(elements(headers, HttpHeader.SEC_WEBSOCKET_EXTENSIONS))
                        .orElse(null)
                : null;
    }

    /** Returns the elements of a list of subprotocols or extensions, which are separated by commas. */
    private static List<String> elements(HttpFields headers, HttpHeader name) {
        return headers.getFields(name).stream()
                .flatMap(field -> Stream.of(String.valueOf(field.getValue()).split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    private void refuse(Request request, Response response, Callback callback, Refusal refusal) {
        admission.refuse(request, response, callback, refusal);
    }

    private static void upgrade(Request request, Response response, Callback callback, WebSocketConnection connection) {
        String key = Objects.requireNonNull(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY));
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(UPGRADE_WEBSOCKET)
                .put(CONNECTION_UPGRADE)
                .put(HttpHeader.SEC_WEBSOCKET_ACCEPT, OpeningHandshake.accept(key));
        answer(response, callback, connection.agreement());
    }

    private static void answer(Response response, Callback callback, NegotiatedParameters agreement) {
        response.getHeaders()
                .put(
                        HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL,
                        agreement.subprotocol().name());
        PermessageDeflate compression = agreement.compression();
        if (compression != null) {
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, compression.response());
        }
        response.write(true, null, callback);
    }
}
