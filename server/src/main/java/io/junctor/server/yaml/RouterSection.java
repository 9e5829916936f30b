package io.junctor.server.yaml;

import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.DrainTimes;
import io.junctor.router.config.ListenAddress;
import io.junctor.router.config.LogStyle;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.server.yaml.ListenerSection.Located;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole file. */
final class RouterSection {
    private static final ScalarType<Duration> HOUR = ScalarType.duration(Duration.ZERO, Duration.ofHours(1));

    static final Section<WholeFile> SECTION = new KeyTable(
                    "a map with the keys listen, realms, limits, shutdown, hello_without_realm, log and cluster")
            .optional(
                    "listen",
                    new ListType<>(ListenerSection.SECTION, "a list of listeners such as [{ port: 8080 }]", 0))
            .required(
                    "realms",
                    new MapType<>(
                            RealmSection.SECTION,
                            "a map of realm names to realms",
                            RealmSection.NAME,
                            RealmSection::isName,
                            "realm"))
            .key("limits", LimitSections.ROUTER, RouterLimits.DEFAULT)
            .oneOf("shutdown", ShutdownNotice.CLOSE)
            .key("shutdown_delay", HOUR, DrainTimes.DEFAULT.delay())
            .key("shutdown_wait", HOUR, DrainTimes.DEFAULT.patience())
            .optional(
                    "hello_without_realm",
                    ScalarType.matching("the name of a realm", RealmSection::isName)
                            .checkedBy(RouterSection::checkChooser))
            .oneOf("log", LogStyle.TEXT)
            .optional("cluster", ClusterSection.SECTION)
            .check(RouterSection::checkListeners)
            .check(RouterSection::checkRealms)
            .build(values -> new WholeFile(router(values), values.find("cluster")));

    /**
     * What the file says.
     *
     * @param config of the router
     * @param cluster that it belongs to, or null
     */
    record WholeFile(RouterConfig config, @Nullable ClusterConfig cluster) {}

    private RouterSection() {}

    private static void checkListeners(SectionValues values) {
        List<Located> listeners = values.get("listen", List.of());
        for (int later = 1; later < listeners.size(); later++) {
            Located one = listeners.get(later);
            ListenAddress address = one.config().address();
            listeners.subList(0, later).stream()
                    .filter(earlier -> earlier.config().address().sharesSocket(address))
                    .findFirst()
                    .ifPresent(earlier -> one.node()
                            .error("the listener" + earlier.node().inLine() + " already uses this "
                                    + (address.unix() == null ? "port" : "socket")));
        }
        listeners.stream()
                .filter(listener -> listener.config().address().inherited())
                .skip(1)
                .forEach(second -> second.node().error("only one listener can have 'inherited_socket'"));
        values.document().addConfigCheck(config -> MemoryFit.warn(listeners, config, MemoryFit.heapBytes()));
    }

    private static void checkRealms(SectionValues values) {
        Map<String, YamlNode> realms = values.entries("realms");
        String chooser = values.find("hello_without_realm");
        if (chooser != null && values.has("realms") && !realms.containsKey(chooser)) {
            values.node("hello_without_realm")
                    .unknownName("there is no such realm; 'realms' has", chooser, realms.keySet());
        }
        if (!values.has("cluster")) {
            realms.values().forEach(RouterSection::warnOfCluster);
        }
    }

    private static RouterConfig router(SectionValues values) {
        List<Located> listeners = values.get("listen", List.of());
        Map<String, RealmSection.Realm> realms = values.get("realms");
        return new RouterConfig(
                values.has("listen")
                        ? listeners.stream().map(Located::config).toList()
                        : List.of(ListenerSection.DEFAULT),
                realms.values().stream()
                        .filter(realm -> realm.template() == null)
                        .map(RealmSection.Realm::config)
                        .toList(),
                realms.values().stream()
                        .flatMap(realm -> Stream.ofNullable(realm.template()))
                        .toList(),
                values.get("limits"),
                values.get("shutdown"),
                values.find("hello_without_realm"),
                values.get("log"),
                new DrainTimes(values.get("shutdown_delay"), values.get("shutdown_wait")));
    }

    private static void warnOfCluster(YamlNode realm) {
        Map<String, YamlNode> keys = realm.isMap() ? realm.entries("a map") : null;
        YamlNode cluster = keys == null ? null : keys.get("cluster");
        if (cluster != null) {
            cluster.warnAtKey(
                    "'cluster' of a realm has no effect, because the file has no 'cluster' with 'name' and 'nats'");
        }
    }

    /** Only an authenticator can choose the realm of a client that names none. */
    private static void checkChooser(String name, RouterConfig config, YamlNode node) {
        boolean canChoose = config.realms().stream()
                .filter(realm -> realm.name().equals(name))
                .flatMap(realm -> realm.auth().offers().stream())
                .anyMatch(offer -> offer.source().isDynamic());
        if (!canChoose) {
            node.error("no method in 'auth' of realm '" + name
                    + "' has an 'authenticator', which has to choose the realm of clients that name none");
        }
    }
}
