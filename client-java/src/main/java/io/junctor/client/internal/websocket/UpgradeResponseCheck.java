package io.junctor.client.internal.websocket;

import java.util.List;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.websocket.core.client.UpgradeListener;
import org.jspecify.annotations.Nullable;

/** Checks the parts of an upgrade response that Jetty does not check (RFC 6455, section 4.1). Thread-safe. */
final class UpgradeResponseCheck implements UpgradeListener {
    private volatile HttpFields headers = HttpFields.EMPTY;

    @Override
    public void onHandshakeResponse(Request request, Response response) {
        headers = response.getHeaders();
    }

    /** Returns why a WebSocket that Jetty has opened must be refused, or null. */
    @Nullable
    String problem(boolean compressionOffered) {
        String upgrade = headers.get(HttpHeader.UPGRADE);
        if (!"websocket".equalsIgnoreCase(upgrade)) {
            return "the server answered with Upgrade: " + upgrade + " instead of websocket";
        }
        if (headers.getFields(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).size() > 1) {
            return "the server chose more than one subprotocol";
        }
        List<HttpField> extensions = headers.getFields(HttpHeader.SEC_WEBSOCKET_EXTENSIONS);
        boolean accepted = extensions.isEmpty()
                || (compressionOffered
                        && extensions.size() == 1
                        && CompressionNegotiation.accepts(
                                String.valueOf(extensions.getFirst().getValue())));
        return accepted ? null : "the server answered with extensions that the client did not offer";
    }
}
