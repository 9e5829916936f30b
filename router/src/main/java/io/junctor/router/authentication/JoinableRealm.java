package io.junctor.router.authentication;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import org.jspecify.annotations.Nullable;

/**
 * A realm that clients may join, even if it does not exist yet.
 *
 * @param config its configuration
 * @param template the template that it is made from, or null for a realm of the configuration
 */
public record JoinableRealm(RealmConfig config, @Nullable RealmTemplate template) {
    public String name() {
        return config.name();
    }

    /**
     * The name in the configuration: realms of one template have the same methods and count failed logins together.
     */
    public String family() {
        return template == null ? config.name() : template.realm().name();
    }
}
