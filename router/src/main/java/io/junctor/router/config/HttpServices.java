package io.junctor.router.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How programs without a WAMP client reach the realms by HTTP.
 *
 * @param gateway the HTTP gateway, or null
 * @param webhooks the webhooks by path
 */
public record HttpServices(@Nullable GatewayConfig gateway, Map<String, WebhookConfig> webhooks) {
    /** No gateway, no webhooks. */
    public static final HttpServices NONE = new HttpServices(null, Map.of());

    /** Copies the map. */
    public HttpServices {
        webhooks = Map.copyOf(webhooks);
    }

    HttpServices withGateway(@Nullable GatewayConfig other) {
        return new HttpServices(other, webhooks);
    }

    HttpServices withWebhooks(Map<String, WebhookConfig> others) {
        return new HttpServices(gateway, others);
    }
}
