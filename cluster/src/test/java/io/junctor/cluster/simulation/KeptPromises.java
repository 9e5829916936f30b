package io.junctor.cluster.simulation;

import io.junctor.cluster.simulation.EventPromises.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that acknowledged events which are retained or have a history can be read afterwards on each router: histories in the order in
 * which they were published, of retained events the last one. For one thread.
 */
final class KeptPromises {
    /** A topic with a history. */
    static final String HISTORY = "com.b.one";
    /** A topic whose events are retained at times. */
    static final String RETAINED = "com.a.two";

    /** Of two retained events that are published within this time, either may be the last one. */
    private static final long SAME_TIME_NANOS = 200_000_000L;
    /** The same if something was wrong with a connection, a process or a store. */
    private static final long SAME_TIME_IN_TROUBLE_NANOS = 10_000_000_000L;

    /** An acknowledged event. */
    private record Kept(Name name, long sentNanos, long acknowledgedNanos) {}

    private final World world;
    private final Map<String, List<Kept>> historyByRealm = new HashMap<>();
    private final Map<String, List<Kept>> retainedByRealm = new HashMap<>();
    private final Map<String, Object> historySeenByRealm = new HashMap<>();

    KeptPromises(World world) {
        this.world = world;
    }

    /** The publisher has got PUBLISHED. */
    void onAcknowledged(SimulatedClient publisher, Name name, String topic, boolean isRetained, long sentNanos) {
        Kept kept = new Kept(name, sentNanos, world.time.nanos());
        if (topic.equals(HISTORY)) {
            historyByRealm
                    .computeIfAbsent(publisher.realm, any -> new ArrayList<>())
                    .add(kept);
        }
        if (isRetained) {
            retainedByRealm
                    .computeIfAbsent(publisher.realm, any -> new ArrayList<>())
                    .add(kept);
        }
    }

    /** What an observer has read from the history, the oldest event first. */
    void checkHistory(SimulatedClient observer, List<?> events) {
        Map<Name, Integer> positions = new HashMap<>();
        Map<Integer, Long> lastByPublisher = new HashMap<>();
        List<Name> names = new ArrayList<>();
        for (Object event : events) {
            Name name = name(observer, (List<?>) ((Map<?, ?>) event).get("args"));
            names.add(name);
            World.check(
                    positions.put(name, positions.size()) == null,
                    () -> observer + " has read " + name + " twice from the history");
            Long before = lastByPublisher.put(name.publisher(), name.counter());
            World.check(
                    before == null || before < name.counter(),
                    () -> observer + " has read " + name + " from the history behind event " + before);
        }
        List<Kept> acknowledged = historyByRealm.getOrDefault(observer.realm, List.of());
        for (Kept kept : acknowledged) {
            World.check(
                    positions.containsKey(kept.name),
                    () -> observer + " has not read " + kept.name + " from the history, which was acknowledged");
        }
        checkOrder(observer, acknowledged, positions);
        Object others = historySeenByRealm.putIfAbsent(observer.realm, names);
        World.check(
                others == null || others.equals(names),
                () -> observer + " has read the history " + names + ", another observer " + others);
    }

    private static void checkOrder(SimulatedClient observer, List<Kept> acknowledged, Map<Name, Integer> positions) {
        for (Kept first : acknowledged) {
            for (Kept second : acknowledged) {
                World.check(
                        first.acknowledgedNanos >= second.sentNanos
                                || positions.get(first.name) < positions.get(second.name),
                        () -> observer + " has read " + second.name + " from the history before " + first.name
                                + ", which was acknowledged before");
            }
        }
    }

    /** The retained event that an observer has got, null for none. */
    void checkRetained(SimulatedClient observer, @Nullable List<?> arguments) {
        List<Kept> acknowledged = retainedByRealm.getOrDefault(observer.realm, List.of());
        if (arguments == null) {
            World.check(acknowledged.isEmpty(), () -> observer + " has got no retained event");
            return;
        }
        Name last = name(observer, arguments);
        Kept found = acknowledged.stream()
                .filter(kept -> kept.name.equals(last))
                .findFirst()
                .orElse(null);
        long sameTimeNanos = world.isUndisturbed() ? SAME_TIME_NANOS : SAME_TIME_IN_TROUBLE_NANOS;
        for (Kept kept : acknowledged) {
            boolean isLater = kept.name.publisher() == last.publisher()
                    ? kept.name.counter() > last.counter()
                    : found != null && found.acknowledgedNanos + sameTimeNanos < kept.sentNanos;
            World.check(
                    !isLater,
                    () -> observer + " has got the retained event " + last + ", although " + kept.name + " is later");
        }
    }

    private static Name name(SimulatedClient observer, List<?> arguments) {
        World.check(
                observer.realm.equals(arguments.get(0)), () -> observer + " has read an event of " + arguments.get(0));
        return new Name((int) (long) (Long) arguments.get(1), (Long) arguments.get(2));
    }
}
