package io.junctor.cluster.simulation;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.MatchPolicy;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what subscribers receive: events of their realm only, each once, those of a publisher in order, none before SUBSCRIBED, and all that
 * were published after it unless something was wrong with one of the two routers. For one thread.
 */
final class EventPromises {
    /** When an event that has not come counts as lost. */
    private static final long LATEST_NANOS = 10_000_000_000L;

    /** A subscription that a client has. */
    static final class Subscription {
        final String topic;
        final MatchPolicy match;
        final long requestedNanos;
        /** Whether the client wants to end it. */
        boolean isLeft;

        Subscription(String topic, MatchPolicy match, long requestedNanos) {
            this.topic = topic;
            this.match = match;
            this.requestedNanos = requestedNanos;
        }

        boolean matches(String published) {
            return switch (match) {
                case EXACT -> published.equals(topic);
                case PREFIX -> published.startsWith(topic);
                case WILDCARD -> matches(topic.split("\\.", -1), published.split("\\.", -1));
            };
        }

        private static boolean matches(String[] pattern, String[] parts) {
            boolean matches = pattern.length == parts.length;
            for (int i = 0; matches && i < parts.length; i++) {
                matches = pattern[i].isEmpty() || pattern[i].equals(parts[i]);
            }
            return matches;
        }
    }

    /** What a publisher calls one of its events. */
    record Name(int publisher, long counter) {}

    /** What a subscriber has got of one publisher. */
    private static final class Seen {
        long last;
        final Map<Long, Long> lastBySubscription = new HashMap<>();
    }

    private record Delivery(Name name, int subscriber, long subscription) {}

    private record Expected(
            Delivery delivery, Actor publisher, Actor subscriber, Subscription subscription, long nanos) {}

    private final World world;
    private final Map<Integer, Map<Integer, Seen>> seenBySubscriber = new HashMap<>();
    private final Set<Delivery> missing = new HashSet<>();
    private final Queue<Expected> expected = new ArrayDeque<>();

    EventPromises(World world) {
        this.world = world;
    }

    /** The router of the publisher reads the PUBLISH now. */
    void onPublish(Actor publisher, Name name, String topic, boolean excludesPublisher) {
        for (Actor subscriber : world.actors) {
            boolean mayReceive = subscriber.client().realm.equals(publisher.client().realm)
                    && subscriber.client().isOpen()
                    && !(subscriber == publisher && excludesPublisher);
            if (mayReceive) {
                subscriber.subscriptions().forEach((id, subscription) -> {
                    if (!subscription.isLeft && subscription.matches(topic)) {
                        Delivery delivery = new Delivery(name, subscriber.client().number, id);
                        missing.add(delivery);
                        expected.add(new Expected(delivery, publisher, subscriber, subscription, world.time.nanos()));
                    }
                });
            }
        }
    }

    /** {@code subscription} is null if the client has none of this id. */
    void onEvent(Actor subscriber, Event event, @Nullable Subscription subscription) {
        SimulatedClient client = subscriber.client();
        World.check(
                subscription != null,
                () -> client + " has got an EVENT of subscription " + event.subscription()
                        + ", which it does not have");
        List<@Nullable Object> arguments = client.positional(event.payload());
        World.check(client.realm.equals(arguments.get(0)), () -> client + " has got an event of " + arguments.get(0));
        Name name = new Name((int) (long) (Long) arguments.get(1), (Long) arguments.get(2));
        World.check(
                subscription.matches((String) arguments.get(3)),
                () -> client + " has got an event of the topic " + arguments.get(3));
        missing.remove(new Delivery(name, client.number, event.subscription()));
        if (!event.details().retained()) {
            checkOrder(client, name, event.subscription());
        }
    }

    private void checkOrder(SimulatedClient client, Name name, long subscription) {
        Seen seen = seenBySubscriber
                .computeIfAbsent(client.number, any -> new HashMap<>())
                .computeIfAbsent(name.publisher, any -> new Seen());
        World.check(
                name.counter >= seen.last,
                () -> client + " has got event " + name.counter + " of client " + name.publisher + " after event "
                        + seen.last);
        Long before = seen.lastBySubscription.put(subscription, name.counter);
        World.check(
                before == null || before < name.counter,
                () -> client + " has got event " + name.counter + " of client " + name.publisher + " twice");
        seen.last = name.counter;
    }

    /** Looks for events that should have come by now. */
    void checkLost() {
        while (!expected.isEmpty() && expected.peek().nanos + LATEST_NANOS < world.time.nanos()) {
            Expected due = expected.remove();
            boolean isMissing = missing.remove(due.delivery);
            boolean excused = !due.publisher.client().isOpen()
                    || !due.subscriber.client().isOpen()
                    || due.subscription.isLeft
                    || !due.publisher.client().router.isUndisturbedSince(due.subscription.requestedNanos)
                    || !due.subscriber.client().router.isUndisturbedSince(due.subscription.requestedNanos);
            World.check(
                    !isMissing || excused,
                    () -> due.subscriber.client() + " has not got event " + due.delivery.name.counter + " of "
                            + due.publisher.client() + " for its subscription to " + due.subscription.topic);
        }
    }
}
