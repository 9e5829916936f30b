package io.junctor.router.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Immutable. A whole configuration, as {@code realms.yaml} holds it.
 *
 * @param listeners where clients connect, possibly none for an embedded router
 * @param realms the realms, their names being different
 * @param templates realms that begin when somebody joins them; of those that a name fits the first one counts
 * @param limits what holds for the whole router
 * @param shutdown what clients are told when the router shuts down
 */
public record RouterConfig(
        List<ListenerConfig> listeners,
        List<RealmConfig> realms,
        List<RealmTemplate> templates,
        RouterLimits limits,
        Shutdown shutdown) {

    /** Copies the lists. */
    public RouterConfig {
        listeners = List.copyOf(listeners);
        realms = List.copyOf(realms);
        templates = List.copyOf(templates);
        List<String> names = all(realms, templates).map(RealmConfig::name).toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("two realms have the same name");
        }
    }

    /** A configuration whose clients are told nothing at shutdown. */
    public RouterConfig(
            List<ListenerConfig> listeners,
            List<RealmConfig> realms,
            List<RealmTemplate> templates,
            RouterLimits limits) {
        this(listeners, realms, templates, limits, Shutdown.CLOSE);
    }

    /** A configuration without templates. */
    public RouterConfig(List<ListenerConfig> listeners, List<RealmConfig> realms, RouterLimits limits) {
        this(listeners, realms, List.of(), limits);
    }

    /** This configuration with one more template. */
    public RouterConfig with(RealmTemplate template) {
        return new RouterConfig(
                listeners,
                realms,
                Stream.concat(templates.stream(), Stream.of(template)).toList(),
                limits,
                shutdown);
    }

    /** This configuration with another way to shut down. */
    public RouterConfig with(Shutdown how) {
        return new RouterConfig(listeners, realms, templates, limits, how);
    }

    /** The realms, and what those of the templates are like. */
    public Stream<RealmConfig> all() {
        return all(realms, templates);
    }

    /** Whether a client could join a realm of this name. */
    public boolean hasRealm(String name) {
        return realms.stream().anyMatch(realm -> realm.name().equals(name))
                || templates.stream().anyMatch(template -> template.named(name) != null);
    }

    private static Stream<RealmConfig> all(List<RealmConfig> realms, List<RealmTemplate> templates) {
        return Stream.concat(realms.stream(), templates.stream().map(RealmTemplate::realm));
    }
}
