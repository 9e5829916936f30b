package io.junctor.router.config;

import io.junctor.router.config.http.HttpCalleeConfig;
import io.junctor.router.config.http.OutgoingWebhookConfig;
import java.util.Map;

/**
 * The HTTP services that the router calls in a realm. A router without a server calls none.
 *
 * @param webhooks the webhooks by which services get events, by name
 * @param callees the services that answer procedures, by URI
 */
public record RealmServices(Map<String, OutgoingWebhookConfig> webhooks, Map<String, HttpCalleeConfig> callees) {
    /** No webhooks and no callees. */
    public static final RealmServices NONE = new RealmServices(Map.of(), Map.of());

    /** Copies the maps. */
    public RealmServices {
        webhooks = Map.copyOf(webhooks);
        callees = Map.copyOf(callees);
    }
}
