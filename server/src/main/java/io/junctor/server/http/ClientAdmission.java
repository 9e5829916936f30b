package io.junctor.server.http;

import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.UnavailableReason;
import io.junctor.server.connector.WampConnector;
import io.junctor.websocket.OriginPolicy;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a listener accepts another client that connects by HTTP, and answers refused clients. Thread-safe.
 */
public final class ClientAdmission {
    private final WampConnector connector;
    private final Transport transport;
    private final OriginPolicy origins;

    /**
     * The reason why a request is refused.
     *
     * @param sentence tells the client what it can do
     * @param reason tells the operator which rule refuses
     */
    public record Refusal(int status, String sentence, String reason) {
        private static Refusal of(int status, UnavailableReason why) {
            return new Refusal(status, why.sentence(), why.reason());
        }
    }

    /** Refuses a client that opens no socket of its own, because too many such clients arrive in one second. */
    public static final Refusal TOO_MANY_IN_A_SECOND = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "The router takes no more connections in this second: try again.",
            "more connections in a second than joins_per_second");

    /** Creates the admission of the clients of one transport. */
    public ClientAdmission(WampConnector connector, Transport transport) {
        this.connector = connector;
        this.transport = transport;
        this.origins = new OriginPolicy(connector.config().origins());
    }

    /** Returns a reason to refuse the client that does not depend on its address, or null. */
    public @Nullable Refusal refusal(HttpFields headers) {
        String origin = headers.get(HttpHeader.ORIGIN);
        if (!allowsOrigin(headers)) {
            return new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "Pages of this origin may not connect. The router's configuration lists the origins that may (origins).",
                    "Origin " + RefusalLog.quoted(origin) + " is neither in 'origins' nor the host of the request");
        }
        UnavailableReason unavailable = connector.unavailable();
        return unavailable == null ? null : Refusal.of(HttpStatus.SERVICE_UNAVAILABLE_503, unavailable);
    }

    /** Returns whether the origin of a request is allowed; true if no web page sent the request. */
    public boolean allowsOrigin(HttpFields headers) {
        return origins.allows(headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST));
    }

    /** Returns the refusal of a client whose proxy sent an invalid address. */
    public static Refusal unknownAddress(HttpFields headers) {
        return new Refusal(
                HttpStatus.BAD_REQUEST_400,
                "The proxy sent an X-Forwarded-For that is not an address.",
                "X-Forwarded-For " + RefusalLog.quoted(headers.get(HttpHeader.X_FORWARDED_FOR))
                        + " of a trusted proxy is not an address");
    }

    /** Returns the refusal of a client whose address has the most connections allowed. */
    public Refusal tooManyOf(ClientAddress client) {
        return Refusal.of(
                HttpStatus.TOO_MANY_REQUESTS_429, connector.perAddress().tooManyOf(client));
    }

    private Transport transportOf(Request request) {
        boolean isHttp2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        return isHttp2 && transport == Transport.WEBSOCKET ? Transport.WEBSOCKET_HTTP2 : transport;
    }

    /** Counts, logs and answers a refused request. */
    public void refuse(Request request, Response response, Callback callback, Refusal refusal) {
        connector.counters(transportOf(request)).increment(TransportCounter.CONNECTIONS_REFUSED);
        connector.refusals().refused(request, refusal.status(), refusal.reason());
        PlainTextResponse.write(response, callback, refusal.status(), refusal.sentence());
    }
}
