package io.junctor.server.yaml;

import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.ConfigWarnings;
import io.junctor.router.config.DrainTimes;
import io.junctor.router.config.ListenAddress;
import io.junctor.router.config.LogStyle;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.server.yaml.ListenerSection.Located;
import io.junctor.server.yaml.ValueType.ListOf;
import io.junctor.server.yaml.ValueType.MapOf;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole file. */
final class RouterSection {
    private static final ScalarType<Duration> HOUR = ScalarType.duration(Duration.ZERO, Duration.ofHours(1));
    private static final ListOf<Located> LISTENERS =
            new ListOf<>(ListenerSection.SECTION, "a list of listeners such as [{ port: 8080 }]", 0);
    private static final MapOf<Record> REALMS =
            new MapOf<>(RealmSection.SECTION, Names.REALM, "a map of realm names to realms", "realm");

    static final Section<WholeFile> SECTION = new KeyTable(
                    "a map with the keys listen, realms, limits, shutdown, hello_without_realm, log and cluster")
            .optional("listen", LISTENERS)
            .required("realms", REALMS)
            .key("limits", LimitSections.ROUTER, RouterLimits.DEFAULT)
            .oneOf("shutdown", ShutdownNotice.CLOSE)
            .key("shutdown_delay", HOUR, DrainTimes.DEFAULT.delay())
            .key("shutdown_wait", HOUR, DrainTimes.DEFAULT.patience())
            .optional("hello_without_realm", Names.REALM_NAME.onRead(RouterSection::checkChooser))
            .oneOf("log", LogStyle.TEXT)
            .optional("cluster", ClusterSection.SECTION)
            .check(RouterSection::checkListeners)
            .check(RouterSection::checkRealms)
            .build(values -> new WholeFile(router(values), values.find("cluster")));

    /** What the file says of the router, and of the cluster that it belongs to. */
    record WholeFile(RouterConfig config, @Nullable ClusterConfig cluster) {}

    private RouterSection() {}

    private static void checkListeners(SectionValues values) {
        List<Located> listeners = values.get("listen", List.of());
        for (Located later : listeners) {
            ListenAddress address = later.config().address();
            listeners.stream()
                    .takeWhile(earlier -> earlier != later)
                    .filter(earlier -> earlier.config().address().sharesSocket(address))
                    .findFirst()
                    .ifPresent(earlier -> later.node()
                            .error("the listener" + earlier.node().inLine() + " already uses this "
                                    + (address.unix() == null ? "port" : "socket")));
        }
        listeners.stream()
                .filter(listener -> listener.config().address().inherited())
                .skip(1)
                .forEach(second -> second.node().error("only one listener can have 'inherited_socket'"));
        long heapBytes = Runtime.getRuntime().maxMemory();
        values.document()
                .addConfigCheck(config -> listeners.forEach(
                        listener -> ConfigWarnings.tooLargeMessages(listener.config(), config, heapBytes)
                                .forEach(listener.node()::warn)));
    }

    private static void checkRealms(SectionValues values) {
        Map<String, YamlNode> realms = values.entries("realms");
        String chooser = values.find("hello_without_realm");
        if (chooser != null && values.has("realms") && !realms.containsKey(chooser)) {
            values.node("hello_without_realm")
                    .unknownName("there is no such realm; 'realms' has", chooser, realms.keySet());
        }
        if (!values.has("cluster")) {
            realms.values().stream()
                    .flatMap(realm -> Stream.ofNullable(realm.entries().get("cluster")))
                    .forEach(cluster -> cluster.warnAtKey("'cluster' of a realm has no effect, because the file has no"
                            + " 'cluster' with 'name' and 'nats'"));
        }
    }

    private static RouterConfig router(SectionValues values) {
        List<Located> listeners = values.get("listen", List.of());
        Collection<Record> realms = values.<Map<String, Record>>get("realms").values();
        return values.with(
                        "listeners",
                        values.has("listen")
                                ? listeners.stream().map(Located::config).toList()
                                : List.of(ListenerSection.DEFAULT))
                .with("realms", all(RealmConfig.class, realms))
                .with("templates", all(RealmTemplate.class, realms))
                .record(RouterConfig.class, "delay=shutdown_delay", "patience=shutdown_wait");
    }

    private static <T> List<T> all(Class<T> type, Collection<Record> realms) {
        return realms.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Only an authenticator can choose the realm of a client that names none. */
    private static void checkChooser(YamlNode node, String name) {
        node.document().addConfigCheck(config -> {
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
