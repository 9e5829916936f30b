package io.junctor.server.http;

import io.junctor.router.connection.ConnectionLimit;
import io.junctor.router.metrics.Counter;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import io.junctor.websocket.OriginPolicy;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a listener takes one more client that comes by HTTP, and answers those that it does not take. Thread-safe.
 */
public final class ClientAdmission {
    private final WampConnector connector;
    private final OriginPolicy origins;

    /**
     * Why a request is refused.
     *
     * @param sentence tells the client what it can do
     * @param reason tells the operator which rule refuses
     */
    public record Refusal(int status, String sentence, String reason) {}

    public ClientAdmission(WampConnector connector) {
        this.connector = connector;
        this.origins = new OriginPolicy(connector.config().origins());
    }

    /** The reason to refuse a client whatever its address is, or null. */
    public @Nullable Refusal refusal(HttpFields headers) {
        String origin = headers.get(HttpHeader.ORIGIN);
        if (!allowsOrigin(headers)) {
            return new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "Pages of this origin may not connect. The router's configuration lists the origins that may (origins).",
                    "Origin " + RefusalLog.quoted(origin) + " is neither in 'origins' nor the host of the request");
        }
        if (connector.isClosing()) {
            return new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "The router shuts down.", "the router shuts down");
        }
        ConnectionLimit limit = connector.context().limit();
        if (limit.isMemoryLow()) {
            return new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The router is low on memory: try again later.",
                    "the router is low on memory");
        }
        if (limit.isFull()) {
            return new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The router has as many connections as it takes.",
                    "the router has the most connections that its limit allows: " + limit.most());
        }
        return null;
    }

    /** Whether the page that sends a request, if it comes from a page, may connect. */
    public boolean allowsOrigin(HttpFields headers) {
        return origins.allows(headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST));
    }

    /** Refuses a client whose proxy sent an invalid address. */
    public static Refusal unknownAddress(HttpFields headers) {
        return new Refusal(
                HttpStatus.BAD_REQUEST_400,
                "The proxy sent an X-Forwarded-For that is not an address.",
                "X-Forwarded-For " + RefusalLog.quoted(headers.get(HttpHeader.X_FORWARDED_FOR))
                        + " of a trusted proxy is not an address");
    }

    /** Refuses a client whose address has the most connections that it may have. */
    public Refusal tooManyOf(String network) {
        int max = connector.forwardedHeaders().maxPerAddress();
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS_429,
                "Your address has as many connections as it may have: " + max + " (connections_per_address).",
                "client address " + network + " has " + max + " connections already (connections_per_address)");
    }

    /** Counts, logs and answers a refused request. */
    public void refuse(Request request, Response response, Callback callback, Refusal refusal) {
        connector.context().counters().increment(Counter.CONNECTIONS_REFUSED);
        connector.refusals().refused(request, refusal.status(), refusal.reason());
        PlainTextResponse.write(response, callback, refusal.status(), refusal.sentence());
    }
}
