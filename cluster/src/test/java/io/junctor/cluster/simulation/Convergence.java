package io.junctor.cluster.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Checks that all routers tell what the clients know: sessions, subscriptions and registrations. For one thread. */
final class Convergence {
    private static final Duration JOINING = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final World world;
    private final RouterSet routers;

    Convergence(World world, RouterSet routers) {
        this.world = world;
        this.routers = routers;
    }

    /** What an observer is told. */
    private static final class Told {
        final Observer observer;
        final Set<Long> sessions = new TreeSet<>();
        final Map<Long, Set<Long>> callees = new HashMap<>();
        final Map<Long, Set<Long>> subscribers = new HashMap<>();

        Told(Observer observer) {
            this.observer = observer;
        }

        void ask() {
            observer.ask("wamp.session.list", List.of(), list -> sessions.addAll(ids(list)));
            observer.ask(
                    "wamp.registration.list",
                    List.of(),
                    lists -> ids(((Map<?, ?>) lists).get("exact"))
                            .forEach(id -> ask("wamp.registration.list_callees", id, callees)));
            observer.ask(
                    "wamp.subscription.list",
                    List.of(),
                    lists -> ((Map<?, ?>) lists)
                            .values()
                            .forEach(list -> ids(list)
                                    .forEach(id -> ask("wamp.subscription.list_subscribers", id, subscribers))));
        }

        private void ask(String procedure, long id, Map<Long, Set<Long>> into) {
            observer.ask(procedure, List.of(id), sessionsOfId -> into.put(id, ids(sessionsOfId)));
        }
    }

    /** Asks each router about each realm, letting time pass by {@code running}. */
    void check(Consumer<Duration> running) {
        List<Observer> others = joinOtherRealms();
        running.accept(JOINING);
        others.forEach(each -> World.check(each.client().isOpen(), () -> each.client() + " could not join"));
        List<Told> all = Stream.concat(routers.observers().stream(), others.stream())
                .filter(observer -> observer.client().isOpen())
                .map(Told::new)
                .toList();
        all.forEach(Told::ask);
        running.accept(PATIENCE);
        all.forEach(this::check);
        others.forEach(Observer::leave);
    }

    /** The observers that are there all the time are in the first realm. */
    private List<Observer> joinOtherRealms() {
        List<String> realms = World.REALMS.subList(1, World.REALMS.size());
        return routers.all().stream()
                .filter(SimulatedRouter::isInSync)
                .flatMap(router -> realms.stream().map(realm -> Observer.joinToAsk(world, router, realm)))
                .toList();
    }

    private void check(Told told) {
        SimulatedClient client = told.observer.client();
        World.check(client.unanswered() == 0, () -> client + " has got no answer of the meta API");
        equal(client, "the realm", Map.of(0L, sessions(client.realm)), Map.of(0L, told.sessions));
        equal(client, "registration", callees(client.realm), told.callees);
        equal(client, "subscription", subscribers(client.realm), told.subscribers);
    }

    private static void equal(
            SimulatedClient client, String what, Map<Long, Set<Long>> known, Map<Long, Set<Long>> told) {
        Set<Long> all = new TreeSet<>(known.keySet());
        all.addAll(told.keySet());
        for (long id : all) {
            World.check(
                    known.getOrDefault(id, Set.of()).equals(told.getOrDefault(id, Set.of())),
                    () -> client + " is told of " + what + " " + id + " the sessions " + told.get(id) + " instead of "
                            + known.get(id));
        }
    }

    private Set<Long> sessions(String realm) {
        Set<Long> sessions = new TreeSet<>();
        routers.all()
                .forEach(router -> router.clients.stream()
                        .filter(client -> client.realm.equals(realm) && client.isOpen())
                        .forEach(client -> sessions.add(client.session())));
        return sessions;
    }

    private Map<Long, Set<Long>> callees(String realm) {
        Map<Long, Set<Long>> callees = new HashMap<>();
        for (Actor actor : world.actors) {
            if (actor.client().realm.equals(realm)) {
                actor.registrations()
                        .keySet()
                        .forEach(id -> callees.computeIfAbsent(id, any -> new TreeSet<>())
                                .add(actor.client().session()));
            }
        }
        return callees;
    }

    private Map<Long, Set<Long>> subscribers(String realm) {
        Map<Long, Set<Long>> subscribers = new HashMap<>();
        for (Actor actor : world.actors) {
            if (actor.client().realm.equals(realm)) {
                actor.subscriptions()
                        .keySet()
                        .forEach(id -> subscribers
                                .computeIfAbsent(id, any -> new TreeSet<>())
                                .add(actor.client().session()));
            }
        }
        for (Observer observer : routers.observers()) {
            if (observer.client().realm.equals(realm) && observer.client().isOpen()) {
                observer.subscriptions()
                        .forEach(id -> subscribers
                                .computeIfAbsent(id, any -> new TreeSet<>())
                                .add(observer.client().session()));
            }
        }
        return subscribers;
    }

    private static Set<Long> ids(Object list) {
        Set<Long> ids = new TreeSet<>();
        for (Object id : (List<?>) list) {
            ids.add((Long) id);
        }
        return ids;
    }
}
