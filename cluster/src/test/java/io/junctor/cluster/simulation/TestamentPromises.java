package io.junctor.cluster.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the testament of a session is published once, after its end. For one thread.
 */
final class TestamentPromises {
    static final String TOPIC = "com.testament";

    private record Told(int observer, long testament) {}

    private final World world;
    /** The clients that have one, by its number. */
    private final Map<Long, Actor> ownerByTestament = new LinkedHashMap<>();
    /** When its owner ended. */
    private final Map<Long, Long> dueNanos = new HashMap<>();

    private final Set<Told> told = new HashSet<>();

    TestamentPromises(World world) {
        this.world = world;
    }

    /** The routers have said that they keep it. */
    void onKept(Actor owner) {
        ownerByTestament.put((long) owner.client().number, owner);
    }

    void onEnded(Actor owner) {
        if (ownerByTestament.containsKey((long) owner.client().number)) {
            dueNanos.put((long) owner.client().number, world.time.nanos());
        }
    }

    void onTold(SimulatedClient observer, long testament) {
        World.check(
                told.add(new Told(observer.number, testament)),
                () -> observer + " was told the testament of client " + testament + " twice");
        Actor owner = ownerByTestament.get(testament);
        // Of a router that the others take for dead, they may tell it before its clients know.
        World.check(
                owner == null || owner.isLeaving() || !owner.client().router.isUndisturbedSince(world.time.nanos()),
                () -> observer + " was told the testament of client " + testament + ", which is there");
    }

    /** Whether an observer has been told all testaments that became due after {@code sinceNanos}. */
    void checkTold(SimulatedClient observer, long sinceNanos) {
        dueNanos.forEach((testament, nanos) -> World.check(
                nanos < sinceNanos
                        || !ownerByTestament.get(testament).client().realm.equals(observer.realm)
                        || told.contains(new Told(observer.number, testament)),
                () -> observer + " was not told the testament of client " + testament));
    }
}
