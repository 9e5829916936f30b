package io.junctor.router.config.yaml;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.Shutdown;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Placing.Placed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole file. */
final class RouterShape {
    private static final Defaulted<List<Placed<ListenerConfig>>> LISTEN = new Defaulted<>(
            "listen",
            new ListOf<>(new Placing<>(ListenerShape.SHAPE), "a list of listeners such as [{ port: 8080 }]", 0),
            List.of());
    private static final Needed<Map<String, RealmShape.Read>> REALMS = new Needed<>(
            "realms",
            new NamedMap<>(RealmShape.SHAPE, "a map of realm names to realms", RealmShape.NAME, RealmShape::isName));
    private static final Defaulted<RouterLimits> LIMITS =
            new Defaulted<>("limits", RouterLimitsShape.SHAPE, RouterLimits.DEFAULT);

    private static final Defaulted<Shutdown> SHUTDOWN =
            new Defaulted<>("shutdown", Word.of(Shutdown.class), Shutdown.CLOSE);

    static final Shape<RouterConfig> SHAPE = Shape.of(
            "a map with the keys listen, realms, limits and shutdown",
            List.of(LISTEN, REALMS, LIMITS, SHUTDOWN),
            RouterShape::bind);

    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");

    private RouterShape() {}

    private static @Nullable RouterConfig bind(Section section) {
        List<Placed<ListenerConfig>> listeners = section.get(LISTEN);
        rejectSharedPorts(listeners);
        Map<String, RealmShape.Read> realms = section.get(REALMS);
        RouterLimits limits = section.get(LIMITS);
        if (realms == null) {
            return null;
        }
        if (realms.isEmpty()) {
            section.reject("'realms' needs at least one realm");
        }
        List<ListenerConfig> configs =
                section.has(LISTEN) ? listeners.stream().map(Placed::it).toList() : List.of(ListenerShape.DEFAULT);
        List<RealmConfig> always = realms.values().stream()
                .filter(realm -> realm.template() == null)
                .map(RealmShape.Read::config)
                .toList();
        List<RealmTemplate> templates = realms.values().stream()
                .flatMap(realm -> Stream.ofNullable(realm.template()))
                .toList();
        return new RouterConfig(configs, always, templates, limits, section.get(SHUTDOWN));
    }

    private static void rejectSharedPorts(List<Placed<ListenerConfig>> listeners) {
        for (int later = 1; later < listeners.size(); later++) {
            Placed<ListenerConfig> one = listeners.get(later);
            listeners.subList(0, later).stream()
                    .filter(earlier -> sharesPort(earlier.it(), one.it()))
                    .findFirst()
                    .ifPresent(earlier -> one.place()
                            .reject("its port is taken already by the listener"
                                    + earlier.place().inLine()));
        }
    }

    /** Port 0 stands for any free port, so it is never shared. */
    private static boolean sharesPort(ListenerConfig one, ListenerConfig other) {
        boolean sharesHost = one.host().equals(other.host())
                || ALL_ADDRESSES.contains(one.host())
                || ALL_ADDRESSES.contains(other.host());
        return one.port() == other.port() && one.port() != 0 && sharesHost;
    }
}
