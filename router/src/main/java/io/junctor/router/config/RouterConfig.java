package io.junctor.router.config;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a router, with the settings of {@code realms.yaml}.
 *
 * @param listeners the listeners to which clients connect; possibly none for an embedded router
 * @param realms the realms, each with a different name
 * @param templates templates of realms that begin when the first client joins; the first template that matches a name is used
 * @param limits the limits of the whole router
 * @param shutdown the message that clients get when the router shuts down
 * @param helloWithoutRealm the realm whose methods authenticate clients that name no realm in {@code HELLO}; its
 *     authenticator has to choose the realm that they join. Null if such clients are refused
 * @param log how {@code bin/junctor} writes log entries
 * @param drain the timeouts of a graceful shutdown
 */
public record RouterConfig(
        List<ListenerConfig> listeners,
        List<RealmConfig> realms,
        List<RealmTemplate> templates,
        RouterLimits limits,
        ShutdownNotice shutdown,
        @Nullable String helloWithoutRealm,
        LogStyle log,
        ShutdownTimeouts drain) {

    /** Copies the lists. */
    public RouterConfig {
        listeners = List.copyOf(listeners);
        realms = List.copyOf(realms);
        templates = List.copyOf(templates);
        List<String> names = all(realms, templates).map(RealmConfig::name).toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("two realms have the same name");
        }
        if (helloWithoutRealm != null
                && realms.stream().noneMatch(realm -> realm.name().equals(helloWithoutRealm))) {
            throw new IllegalArgumentException("there is no realm " + helloWithoutRealm);
        }
    }

    /** Starts a configuration without listeners and realms, with the default limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts a configuration with the settings of this one. */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .limits(limits)
                .shutdown(shutdown)
                .helloWithoutRealm(helloWithoutRealm)
                .log(log)
                .drain(drain);
        listeners.forEach(builder::listener);
        realms.forEach(builder::realm);
        templates.forEach(builder::template);
        return builder;
    }

    /** The configurations of the realms and of the templates. */
    public Stream<RealmConfig> all() {
        return all(realms, templates);
    }

    /** The fields of HTTP requests that at least one authenticator receives. */
    public RequestFields.Names requestFields() {
        return all().flatMap(realm -> realm.auth().offers().stream())
                .map(offer -> offer.source().fields())
                .reduce(RequestFields.Names.NONE, RequestFields.Names::with);
    }

    /** Whether a client could join a realm of this name. */
    public boolean hasRealm(String name) {
        return realms.stream().anyMatch(realm -> realm.name().equals(name))
                || templates.stream().anyMatch(template -> template.named(name) != null);
    }

    private static Stream<RealmConfig> all(List<RealmConfig> realms, List<RealmTemplate> templates) {
        return Stream.concat(realms.stream(), templates.stream().map(RealmTemplate::realm));
    }

    /** Builds a {@link RouterConfig}. For one thread. */
    public static final class Builder {
        private final List<ListenerConfig> listeners = new ArrayList<>();
        private final List<RealmConfig> realms = new ArrayList<>();
        private final List<RealmTemplate> templates = new ArrayList<>();
        private RouterLimits limits = RouterLimits.DEFAULT;
        private LogStyle log = LogStyle.TEXT;
        private ShutdownTimeouts drain = ShutdownTimeouts.DEFAULT;
        private ShutdownNotice shutdown = ShutdownNotice.CLOSE;
        private @Nullable String helloWithoutRealm;

        private Builder() {}

        /** Adds a listener. */
        public Builder listener(ListenerConfig listener) {
            listeners.add(listener);
            return this;
        }

        /** Adds a realm. */
        public Builder realm(RealmConfig realm) {
            realms.add(realm);
            return this;
        }

        /** Adds several realms. */
        public Builder realms(List<RealmConfig> more) {
            realms.addAll(more);
            return this;
        }

        /** Adds a template. */
        public Builder template(RealmTemplate template) {
            templates.add(template);
            return this;
        }

        /** Sets the limits of the whole router. */
        public Builder limits(RouterLimits others) {
            limits = others;
            return this;
        }

        /** Sets the message that clients get at shutdown; none by default. */
        public Builder shutdown(ShutdownNotice how) {
            shutdown = how;
            return this;
        }

        /** Sets the realm that authenticates clients which name no realm; none by default. */
        public Builder helloWithoutRealm(@Nullable String realm) {
            helloWithoutRealm = realm;
            return this;
        }

        /** Sets how {@code bin/junctor} writes log entries; as text by default. */
        public Builder log(LogStyle style) {
            log = style;
            return this;
        }

        /** Sets the timeouts of a graceful shutdown; 5 s for open calls by default. */
        public Builder drain(ShutdownTimeouts times) {
            drain = times;
            return this;
        }

        /** Builds the configuration. */
        public RouterConfig build() {
            return new RouterConfig(listeners, realms, templates, limits, shutdown, helloWithoutRealm, log, drain);
        }
    }
}
