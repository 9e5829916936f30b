package io.junctor.cluster.simulation;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that watches a realm from one router: testaments, meta events, and what the meta API tells. It changes nothing. For one thread.
 */
final class Observer implements SimulatedClient.Listener {
    /**
     * Without the beginning and the end of registrations: the router of a callee that unregisters may tell the beginning of the same
     * registration on another router before its end.
     */
    private static final List<String> META = List.of(
            "wamp.session.on_join",
            "wamp.session.on_leave",
            "wamp.registration.on_register",
            "wamp.registration.on_unregister");

    /** Something that happens once: the topic, the session, and the registration if it is about one. */
    record Transition(String topic, Object first, @Nullable Object second) {}

    private final World world;
    private final SimulatedClient client;
    private final Map<Long, String> topicById = new HashMap<>();
    private final Set<Transition> told = new HashSet<>();
    /** When it had subscribed to everything. */
    private long readyNanos = Long.MAX_VALUE;

    private Observer(World world, SimulatedClient client) {
        this.world = world;
        this.client = client;
    }

    static Observer join(World world, SimulatedRouter router, String realm) {
        SimulatedClient client = new SimulatedClient(world.nextNumber(), realm, router, world.time, world.trace);
        Observer observer = new Observer(world, client);
        client.join(new Roles(Map.of(Role.SUBSCRIBER, Set.of(), Role.CALLER, Set.of())), observer);
        return observer;
    }

    SimulatedClient client() {
        return client;
    }

    long readyNanos() {
        return readyNanos;
    }

    /** The ids of its subscriptions that the meta API lists. */
    List<Long> subscriptions() {
        return topicById.entrySet().stream()
                .filter(entry -> entry.getValue().equals(TestamentPromises.TOPIC))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void onJoined() {
        subscribe(TestamentPromises.TOPIC);
        META.forEach(this::subscribe);
    }

    private void subscribe(String topic) {
        client.request(request -> new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri(topic)), answer -> {
            World.check(answer instanceof Subscribed, () -> client + " cannot subscribe: " + answer);
            topicById.put(((Subscribed) answer).subscription(), topic);
            if (topicById.size() == META.size() + 1) {
                readyNanos = world.time.nanos();
            }
        });
    }

    @Override
    public void onEvent(Event event) {
        String topic = topicById.get(event.subscription());
        World.check(topic != null, () -> client + " has got an EVENT before SUBSCRIBED");
        List<@Nullable Object> arguments = client.positional(event.payload());
        if (topic.equals(TestamentPromises.TOPIC)) {
            World.check(
                    client.realm.equals(arguments.get(0)),
                    () -> client + " has got a testament of " + arguments.get(0));
            world.testaments.onTold(client, (Long) arguments.get(1));
        } else {
            Transition transition = transition(topic, arguments);
            World.check(isNews(transition), () -> client + " was told twice: " + transition);
        }
    }

    /** A session may register a shared procedure again after it has unregistered it. */
    private boolean isNews(Transition transition) {
        String opposite = switch (transition.topic) {
            case "wamp.registration.on_register" -> "wamp.registration.on_unregister";
            case "wamp.registration.on_unregister" -> "wamp.registration.on_register";
            default -> null;
        };
        if (opposite != null) {
            told.remove(new Transition(opposite, transition.first, transition.second));
        }
        return told.add(transition);
    }

    private static Transition transition(String topic, List<@Nullable Object> arguments) {
        return switch (topic) {
            case "wamp.session.on_join" -> new Transition(topic, ((Map<?, ?>) arguments.get(0)).get("session"), null);
            case "wamp.session.on_leave" -> new Transition(topic, arguments.get(0), null);
            default -> new Transition(topic, arguments.get(0), arguments.get(1));
        };
    }

    /** Calls a procedure of the meta API; {@code then} gets the first argument of the result, or null after an error. */
    void ask(String procedure, List<?> arguments, Consumer<@Nullable Object> then) {
        var payload = client.payload(arguments.toArray());
        client.request(
                request -> new Call(request, CallMessageOptions.DEFAULT, new Uri(procedure), payload), answer -> {
                    if (answer instanceof Result result) {
                        World.check(
                                !client.keywords(result.payload()).containsKey("incomplete"),
                                () -> client + " has got an incomplete answer of " + procedure);
                        then.accept(client.positional(result.payload()).getFirst());
                    } else {
                        World.check(
                                answer instanceof ErrorMessage error
                                        && error.error().text().startsWith("wamp.error.no_such_"),
                                () -> client + " cannot call " + procedure + ": " + answer);
                        then.accept(null);
                    }
                });
    }

    void leave() {
        client.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
    }

    @Override
    public void onInvocation(Invocation invocation) {
        throw new BrokenPromise(client + " is no callee");
    }

    @Override
    public void onInterrupt(Interrupt interrupt) {
        throw new BrokenPromise(client + " is no callee");
    }

    @Override
    public void onRevoked(Unregistered unregistered) {
        throw new BrokenPromise(client + " is no callee");
    }

    @Override
    public void onEnded() {}
}
