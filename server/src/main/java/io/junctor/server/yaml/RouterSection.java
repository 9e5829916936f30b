package io.junctor.server.yaml;

import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.DrainTimes;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.LogStyle;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole file. */
final class RouterSection {
    private static final Key<List<Located<ListenerConfig>>> LISTEN = Key.optional(
            "listen", new ListType<>(ListenerSection.SECTION, "a list of listeners such as [{ port: 8080 }]", 0));
    private static final Key<Map<String, RealmSection.Realm>> REALMS = Key.required(
            "realms",
            new MapType<>(
                    RealmSection.SECTION,
                    "a map of realm names to realms",
                    RealmSection.NAME,
                    RealmSection::isName,
                    "realm"));
    private static final Key<RouterLimits> LIMITS =
            Key.withDefault("limits", LimitSections.ROUTER, RouterLimits.DEFAULT);
    private static final Key<ShutdownNotice> SHUTDOWN = Key.oneOf("shutdown", ShutdownNotice.CLOSE);
    private static final Key<String> HELLO_WITHOUT_REALM = Key.optional(
            "hello_without_realm",
            ScalarType.matching("the name of a realm", RealmSection::isName)
                    .onRead((node, realm) ->
                            node.document().addConfigCheck(config -> checkChooser(realm, config, node))));

    private static final Key<LogStyle> LOG = Key.oneOf("log", LogStyle.TEXT);

    private static final Key<Duration> SHUTDOWN_DELAY = Key.withDefault(
            "shutdown_delay", ScalarType.duration(Duration.ZERO, Duration.ofHours(1)), DrainTimes.DEFAULT.delay());
    private static final Key<Duration> SHUTDOWN_WAIT = Key.withDefault(
            "shutdown_wait", ScalarType.duration(Duration.ZERO, Duration.ofHours(1)), DrainTimes.DEFAULT.patience());

    private static final Key<ClusterConfig> CLUSTER = Key.optional("cluster", ClusterSection.SECTION);

    static final Section<WholeFile> SECTION = Section.of(
                    "a map with the keys listen, realms, limits, shutdown, hello_without_realm, log and cluster",
                    List.of(
                            LISTEN,
                            REALMS,
                            LIMITS,
                            SHUTDOWN,
                            SHUTDOWN_DELAY,
                            SHUTDOWN_WAIT,
                            HELLO_WITHOUT_REALM,
                            LOG,
                            CLUSTER),
                    RouterSection::build)
            .checkedBy(RouterSection::check);

    /**
     * What the file says.
     *
     * @param config of the router
     * @param cluster that it belongs to, or null
     */
    record WholeFile(RouterConfig config, @Nullable ClusterConfig cluster) {}

    private RouterSection() {}

    private static void check(SectionValues values) {
        List<Located<ListenerConfig>> listeners = Objects.requireNonNullElse(values.find(LISTEN), List.of());
        for (int later = 1; later < listeners.size(); later++) {
            Located<ListenerConfig> one = listeners.get(later);
            listeners.subList(0, later).stream()
                    .filter(earlier ->
                            earlier.value().address().sharesSocket(one.value().address()))
                    .findFirst()
                    .ifPresent(earlier -> one.node()
                            .error("the listener" + earlier.node().inLine() + " already uses this "
                                    + (one.value().address().unix() == null ? "port" : "socket")));
        }
        listeners.stream()
                .filter(listener -> listener.value().address().inherited())
                .skip(1)
                .forEach(second -> second.node().error("only one listener can have 'inherited_socket'"));
        values.document().addConfigCheck(config -> MemoryFit.warn(listeners, config, MemoryFit.heapBytes()));
        String chooser = values.find(HELLO_WITHOUT_REALM);
        Map<String, YamlNode> realms = values.entries(REALMS);
        if (chooser != null && values.has(REALMS) && !realms.containsKey(chooser)) {
            values.node(HELLO_WITHOUT_REALM)
                    .unknownName("there is no such realm; 'realms' has", chooser, realms.keySet());
        }
        if (!values.has(CLUSTER)) {
            realms.values().forEach(RouterSection::warnOfCluster);
        }
        if (values.has(REALMS)) {
            values.document().addConfigCheck(config -> JoinKeys.warn(values.node(REALMS), config));
        }
    }

    private static WholeFile build(SectionValues values) {
        return new WholeFile(router(values), values.find(CLUSTER));
    }

    private static RouterConfig router(SectionValues values) {
        List<Located<ListenerConfig>> listeners = values.find(LISTEN);
        Map<String, RealmSection.Realm> realms = values.get(REALMS);
        return new RouterConfig(
                listeners == null
                        ? List.of(ListenerSection.DEFAULT)
                        : listeners.stream().map(Located::value).toList(),
                realms.values().stream()
                        .filter(realm -> realm.template() == null)
                        .map(RealmSection.Realm::config)
                        .toList(),
                realms.values().stream()
                        .flatMap(realm -> Stream.ofNullable(realm.template()))
                        .toList(),
                values.get(LIMITS),
                values.get(SHUTDOWN),
                values.find(HELLO_WITHOUT_REALM),
                values.get(LOG),
                new DrainTimes(values.get(SHUTDOWN_DELAY), values.get(SHUTDOWN_WAIT)));
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
