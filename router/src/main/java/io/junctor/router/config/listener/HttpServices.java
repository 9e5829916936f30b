package io.junctor.router.config.listener;

import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.http.WebhookConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services by which programs without a WAMP client use the realms over HTTP.
 *
 * @param gateway the HTTP gateway, or null
 * @param webhooks the webhooks by path
 * @param crossbar the services that are compatible with Crossbar.io, by path
 */
public record HttpServices(
        @Nullable GatewayConfig gateway, Map<String, WebhookConfig> webhooks, Map<String, CrossbarService> crossbar) {
    /** No services. */
    public static final HttpServices NONE = new HttpServices(null, Map.of(), Map.of());

    /** Copies the maps. */
    public HttpServices {
        webhooks = Map.copyOf(webhooks);
        crossbar = Map.copyOf(crossbar);
    }

    HttpServices withGateway(@Nullable GatewayConfig other) {
        return new HttpServices(other, webhooks, crossbar);
    }

    HttpServices withWebhooks(Map<String, WebhookConfig> others) {
        return new HttpServices(gateway, others, crossbar);
    }

    HttpServices withCrossbar(Map<String, CrossbarService> others) {
        return new HttpServices(gateway, webhooks, others);
    }
}
