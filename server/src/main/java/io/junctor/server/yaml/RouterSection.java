package io.junctor.server.yaml;

import io.junctor.router.config.LogStyle;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.ShutdownTimeouts;
import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.yaml.ListenerSection.LocatedListener;
import io.junctor.server.yaml.ValueType.ListOf;
import io.junctor.server.yaml.ValueType.MapOf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The section that represents the whole file. */
final class RouterSection {
    private static final ScalarType<Duration> HOUR = ScalarType.duration(Duration.ZERO, Duration.ofHours(1));

    private static final SectionType<RouterLimits> LIMITS = SectionType.of(
            RouterLimits.DEFAULT,
            "a map of the router's limits",
            Map.of(
                    "sessions", ScalarType.integer(1, 10_000_000),
                    "outbox_heap_percent", ScalarType.integer(1, 90),
                    "incoming_heap_percent", ScalarType.integer(1, 50),
                    "kept_heap_percent", ScalarType.integer(1, 50)));

    static final SectionType<ConfigResult.Valid> SECTION = SectionType.of(
                    "a map with the keys listen, realms, limits, shutdown, hello_without_realm, log and cluster")
            .optional("listen", new ListOf<>(ListenerSection.SECTION, 0))
            .required("realms", new MapOf<>(NameTypes.REALM, RealmSection.SECTION, "realm"))
            .key("limits", LIMITS, RouterLimits.DEFAULT)
            .key("shutdown", ShutdownNotice.CLOSE)
            .key("shutdown_delay", "delay", HOUR, ShutdownTimeouts.DEFAULT.delay())
            .key("shutdown_wait", "patience", HOUR, ShutdownTimeouts.DEFAULT.patience())
            .optional("hello_without_realm", NameTypes.REALM_NAME.onRead(RouterSection::checkChooser))
            .key("log", LogStyle.TEXT)
            .optional("cluster", ClusterSection.SECTION)
            .check(RouterSection::checkListeners)
            .check(RouterSection::checkRealms)
            .derive("listeners", RouterSection::listeners)
            .derive("templates", values -> realms(RealmTemplate.class, values))
            .derive("realms", values -> realms(RealmConfig.class, values))
            .build(values ->
                    new ConfigResult.Valid(values.record(RouterConfig.class), values.find("cluster"), List.of()));

    private RouterSection() {}

    private static void checkListeners(SectionValues values) {
        List<LocatedListener> listeners = values.get("listen", List.of());
        for (LocatedListener later : listeners) {
            ListenAddress address = later.config().address();
            listeners.stream()
                    .takeWhile(earlier -> earlier != later)
                    .filter(earlier -> earlier.config().address().sharesSocket(address))
                    .findFirst()
                    .ifPresent(earlier -> later.node()
                            .error("the listener in line " + earlier.node().line() + " already uses this "
                                    + (address.unix() == null ? "port" : "socket")));
        }
        listeners.stream()
                .filter(listener -> listener.config().address().inherited())
                .skip(1)
                .forEach(second -> second.node().error("only one listener can have 'inherited_socket'"));
    }

    private static void checkRealms(SectionValues values) {
        Map<String, YamlNode> realms = values.entries("realms");
        String chooser = values.find("hello_without_realm");
        if (chooser != null && values.has("realms")) {
            values.node("hello_without_realm")
                    .requireKnown(chooser, realms.keySet().stream(), "there is no such realm; 'realms' has");
        }
        if (!values.has("cluster")) {
            realms.values().stream()
                    .flatMap(realm -> Stream.ofNullable(realm.entries().get("cluster")))
                    .forEach(cluster -> cluster.warn("'cluster' of a realm has no effect, because the file has no"
                            + " 'cluster' with 'name' and 'nats'"));
        }
    }

    private static List<ListenerConfig> listeners(SectionValues values) {
        List<LocatedListener> listeners = values.get("listen", List.of());
        return values.has("listen")
                ? listeners.stream().map(LocatedListener::config).toList()
                : List.of(ListenerSection.DEFAULT);
    }

    private static <T> List<T> realms(Class<T> type, SectionValues values) {
        return values.<Map<String, Record>>get("realms").values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Checks that the default realm has an authenticator: only an authenticator can choose a realm for a client that names none. */
    private static void checkChooser(YamlNode node, String name) {
        node.diagnostics().addConfigCheck(config -> {
            boolean canChoose = config.realms().stream()
                    .filter(realm -> realm.name().equals(name))
                    .flatMap(realm -> realm.auth().offers().stream())
                    .anyMatch(offer -> offer.source().isDynamic());
            if (!canChoose) {
                node.error("no method in 'auth' of realm '" + name
                        + "' has an 'authenticator', which has to choose the realm of clients that name none");
            }
        });
    }
}
