package io.junctor.router.authentication;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A realm that may be joined, whether or not it exists already.
 *
 * @param config what it is like
 * @param template the template that it is made of, or null where it always exists
 */
public record JoinableRealm(RealmConfig config, @Nullable RealmTemplate template) {
    public String name() {
        return config.name();
    }

    /** The name in the configuration: realms of one template have the same methods, and count guesses together. */
    public String family() {
        return template == null ? config.name() : template.realm().name();
    }
}
