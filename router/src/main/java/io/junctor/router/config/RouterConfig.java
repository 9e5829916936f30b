package io.junctor.router.config;

import java.util.List;

/**
 * Immutable. A whole configuration, as {@code realms.yaml} holds it.
 *
 * @param listeners where clients connect, possibly none for an embedded router
 * @param realms the realms, their names being different
 * @param limits what holds for the whole router
 */
public record RouterConfig(List<ListenerConfig> listeners, List<RealmConfig> realms, RouterLimits limits) {

    /** Copies the lists. */
    public RouterConfig {
        listeners = List.copyOf(listeners);
        realms = List.copyOf(realms);
        if (realms.stream().map(RealmConfig::name).distinct().count() != realms.size()) {
            throw new IllegalArgumentException("two realms have the same name");
        }
    }
}
