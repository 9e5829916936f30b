package io.junctor.cluster.simulation;

import io.junctor.cluster.simulation.EventPromises.Subscription;
import io.junctor.wamp.value.MatchPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each transition is told once by a meta event: the beginning and the end of sessions, registrations, their callees and
 * subscriptions. A registration begins before its first callee, and ends after its last one. For one thread.
 */
final class MetaPromises {
    private static final String JOIN = "wamp.session.on_join";
    private static final String LEAVE = "wamp.session.on_leave";
    private static final String REGISTER = "wamp.registration.on_register";
    private static final String UNREGISTER = "wamp.registration.on_unregister";
    private static final String CREATE_REGISTRATION = "wamp.registration.on_create";
    private static final String DELETE_REGISTRATION = "wamp.registration.on_delete";
    private static final String CREATE_SUBSCRIPTION = "wamp.subscription.on_create";
    private static final String DELETE_SUBSCRIPTION = "wamp.subscription.on_delete";

    static final List<String> TOPICS = List.of(
            JOIN,
            LEAVE,
            REGISTER,
            UNREGISTER,
            CREATE_REGISTRATION,
            DELETE_REGISTRATION,
            CREATE_SUBSCRIPTION,
            DELETE_SUBSCRIPTION);

    /** How long an event may take, and how much later than other routers a client may know something. */
    private static final long LATEST_NANOS = 500_000_000L;

    /** A session as its client knows it. */
    private static final class Known {
        final SimulatedClient client;
        final long joinedNanos;
        long endedNanos = Long.MAX_VALUE;

        Known(SimulatedClient client, long joinedNanos) {
            this.client = client;
            this.joinedNanos = joinedNanos;
        }
    }

    private record Callee(long session, long registration) {}

    /** What an observer was told. */
    static final class Told {
        private final SimulatedClient observer;
        private final Set<Long> joined = new HashSet<>();
        private final Set<Long> left = new HashSet<>();
        private final Map<Callee, Boolean> isRegistered = new HashMap<>();
        private final Map<Long, Integer> registrations = new HashMap<>();
        private final Map<Long, Integer> subscriptions = new HashMap<>();

        Told(SimulatedClient observer) {
            this.observer = observer;
        }

        void onEvent(String topic, List<@Nullable Object> arguments) {
            Object first = arguments.get(0);
            switch (topic) {
                case JOIN -> once(joined.add((Long) ((Map<?, ?>) first).get("session")), topic, first);
                case LEAVE -> once(left.add((Long) first), topic, first);
                case REGISTER -> onCallee(topic, true, arguments);
                case UNREGISTER -> onCallee(topic, false, arguments);
                case CREATE_REGISTRATION -> onRegistration(topic, id(arguments), 1);
                case DELETE_REGISTRATION -> onRegistration(topic, (Long) arguments.get(1), -1);
                case CREATE_SUBSCRIPTION -> subscriptions.merge(id(arguments), 1, Integer::sum);
                case DELETE_SUBSCRIPTION -> subscriptions.merge((Long) arguments.get(1), -1, Integer::sum);
                default -> throw new AssertionError(topic);
            }
        }

        private void onCallee(String topic, boolean registers, List<@Nullable Object> arguments) {
            Callee callee = new Callee((Long) arguments.get(0), (Long) arguments.get(1));
            Boolean before = isRegistered.put(callee, registers);
            once(before == null || before != registers, topic, callee);
            World.check(
                    registrations.getOrDefault(callee.registration, 1) == 1,
                    () -> observer + " was told outside of its registration: " + topic + " " + callee);
        }

        /** It has no count if it was there before the observer. */
        private void onRegistration(String topic, long id, int change) {
            int before = registrations.getOrDefault(id, change < 0 ? 1 : 0);
            once(before == (change < 0 ? 1 : 0), topic, id);
            registrations.put(id, before + change);
            World.check(
                    isRegistered.entrySet().stream()
                            .noneMatch(callee -> callee.getKey().registration == id && callee.getValue()),
                    () -> observer + " was told while the registration has callees: " + topic + " " + id);
        }

        private static long id(List<@Nullable Object> arguments) {
            return (Long) ((Map<?, ?>) arguments.get(1)).get("id");
        }

        private void once(boolean isNews, String topic, @Nullable Object what) {
            World.check(isNews, () -> observer + " was told twice: " + topic + " " + what);
        }
    }

    private final World world;
    private final Map<Long, Known> sessions = new LinkedHashMap<>();
    /** When the first of the REGISTER was sent that led to such an id: a router that is not stopped may know the registration soon after. */
    private final Map<Long, Long> registeredNanos = new HashMap<>();
    /** When a client got such an id first. */
    private final Map<Long, Long> subscribedNanos = new HashMap<>();

    MetaPromises(World world) {
        this.world = world;
    }

    void onJoined(SimulatedClient client) {
        sessions.put(client.session(), new Known(client, world.time.nanos()));
    }

    void onEnded(SimulatedClient client) {
        Known known = sessions.get(client.session());
        if (known != null) {
            known.endedNanos = world.time.nanos();
        }
    }

    void onRegistered(long registration, long sentNanos) {
        registeredNanos.merge(registration, sentNanos, Math::min);
    }

    void onSubscribed(long id, Subscription subscription) {
        if (!hasHistory(subscription)) {
            subscribedNanos.putIfAbsent(id, world.time.nanos());
        }
    }

    /** Of such a subscription, neither the beginning nor the end is told. */
    private static boolean hasHistory(Subscription subscription) {
        return subscription.topic.equals(KeptPromises.HISTORY) && subscription.match == MatchPolicy.EXACT;
    }

    /**
     * Compares what an observer was told with what the clients know.
     *
     * @param readyNanos when it had subscribed to everything
     * @param sinceNanos since when nothing was wrong that has consequences
     */
    void check(Told told, long readyNanos, long sinceNanos) {
        checkSessions(told, Math.max(readyNanos, sinceNanos));
        Map<Long, Set<Long>> callees = new HashMap<>();
        Set<Long> subscriptions = new HashSet<>();
        for (Actor actor : world.actors) {
            if (actor.client().realm.equals(told.observer.realm)) {
                actor.registrations()
                        .keySet()
                        .forEach(id -> callees.computeIfAbsent(id, any -> new HashSet<>())
                                .add(actor.client().session()));
                actor.subscriptions().forEach((id, subscription) -> {
                    if (!hasHistory(subscription)) {
                        subscriptions.add(id);
                    }
                });
            }
        }
        checkCallees(told, readyNanos, callees);
        checkCounts(told, "registration", told.registrations, registeredNanos, readyNanos, callees.keySet());
        if (world.isUndisturbed()) {
            checkCounts(told, "subscription", told.subscriptions, subscribedNanos, readyNanos, subscriptions);
        }
    }

    private void checkSessions(Told told, long sinceNanos) {
        long untilNanos = world.time.nanos() - LATEST_NANOS;
        sessions.forEach((id, known) -> {
            if (known.client.realm.equals(told.observer.realm)) {
                // Of a router that is killed just after the join, the others may know nothing.
                boolean isShort = known.endedNanos - known.joinedNanos < LATEST_NANOS;
                boolean isJoinDue = known.joinedNanos > sinceNanos && known.joinedNanos < untilNanos && !isShort;
                World.check(
                        !isJoinDue || told.joined.contains(id) || id == told.observer.session(),
                        () -> told.observer + " was not told that session " + id + " has joined");
                boolean isLeaveDue = known.endedNanos > sinceNanos && known.endedNanos < untilNanos && !isShort;
                World.check(
                        !isLeaveDue || told.left.contains(id),
                        () -> told.observer + " was not told that session " + id + " has left");
            }
        });
    }

    private void checkCallees(Told told, long readyNanos, Map<Long, Set<Long>> callees) {
        told.isRegistered.forEach((callee, registered) -> {
            boolean isKnown =
                    callees.getOrDefault(callee.registration, Set.of()).contains(callee.session);
            World.check(
                    registered == isKnown,
                    () -> told.observer + " was told last that " + callee + (registered ? " has" : " has not")
                            + " registered");
        });
        callees.forEach((registration, all) -> all.forEach(session -> World.check(
                registeredNanos.get(registration) < readyNanos + LATEST_NANOS
                        || told.isRegistered.containsKey(new Callee(session, registration)),
                () -> told.observer + " was not told that session " + session + " has the registration "
                        + registration)));
    }

    /** Where something was there before the observer, its end may be told without its beginning. */
    private static void checkCounts(
            Told told,
            String what,
            Map<Long, Integer> counts,
            Map<Long, Long> beganNanos,
            long readyNanos,
            Set<Long> present) {
        beganNanos.forEach((id, nanos) -> {
            int expected = present.contains(id) ? 1 : 0;
            World.check(
                    nanos < readyNanos + LATEST_NANOS || !counts.containsKey(id) || counts.get(id) == expected,
                    () -> told.observer + " was told " + counts.get(id) + " more beginnings than ends of the " + what
                            + " " + id);
        });
        present.forEach(id -> World.check(
                beganNanos.get(id) < readyNanos + LATEST_NANOS || counts.containsKey(id),
                () -> told.observer + " was not told of the " + what + " " + id));
    }
}
