package io.junctor.router.config;

import java.util.Map;

/**
 * What the router itself does in a realm with services that speak HTTP. A router without a server does none of it.
 *
 * @param webhooks the events that it delivers, by a name
 * @param callees the procedures that services answer, by URI
 */
public record RealmServices(Map<String, OutgoingWebhookConfig> webhooks, Map<String, HttpCalleeConfig> callees) {
    /** Nothing. */
    public static final RealmServices NONE = new RealmServices(Map.of(), Map.of());

    /** Copies the maps. */
    public RealmServices {
        webhooks = Map.copyOf(webhooks);
        callees = Map.copyOf(callees);
    }
}
