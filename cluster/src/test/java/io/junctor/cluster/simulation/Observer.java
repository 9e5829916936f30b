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
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that watches a realm from one router: testaments, meta events, and what the meta API tells. It changes nothing. For one thread.
 */
final class Observer implements SimulatedClient.Listener {
    private final World world;
    private final SimulatedClient client;
    private final boolean watches;
    private final Map<Long, String> topicById = new HashMap<>();
    private final MetaPromises.Told told;
    private List<?> history = List.of();
    /** The arguments of the last retained event. */
    private @Nullable List<@Nullable Object> retained;
    /** When it had subscribed to everything. */
    private long readyNanos = Long.MAX_VALUE;

    private Observer(World world, SimulatedClient client, boolean watches) {
        this.world = world;
        this.client = client;
        this.watches = watches;
        this.told = new MetaPromises.Told(client);
    }

    /** An observer that subscribes to testaments and meta events. */
    static Observer join(World world, SimulatedRouter router, String realm) {
        return join(world, router, realm, true);
    }

    /** An observer that only asks. */
    static Observer joinToAsk(World world, SimulatedRouter router, String realm) {
        return join(world, router, realm, false);
    }

    private static Observer join(World world, SimulatedRouter router, String realm, boolean watches) {
        SimulatedClient client = new SimulatedClient(world, router, realm);
        Observer observer = new Observer(world, client, watches);
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
        if (watches) {
            subscribe(TestamentPromises.TOPIC);
            MetaPromises.TOPICS.forEach(this::subscribe);
        }
    }

    private void subscribe(String topic) {
        subscribe(topic, SubscribeMessageOptions.DEFAULT);
    }

    private void subscribe(String topic, SubscribeMessageOptions options) {
        client.request(request -> new Subscribe(request, options, new Uri(topic)), answer -> {
            World.check(answer instanceof Subscribed, () -> client + " cannot subscribe: " + answer);
            topicById.put(((Subscribed) answer).subscription(), topic);
            if (topicById.size() == MetaPromises.TOPICS.size() + 1) {
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
        } else if (topic.equals(KeptPromises.RETAINED)) {
            retained = arguments;
        } else {
            told.onEvent(topic, arguments);
        }
    }

    MetaPromises.Told told() {
        return told;
    }

    /** Asks for the events of a history and for the last retained event; {@link #history} and {@link #retained} tell them then. */
    void readKept(String historyTopic, String retainedTopic) {
        ask(
                "wamp.subscription.lookup",
                List.of(historyTopic),
                id -> ask("wamp.subscription.get_events", List.of(id), events -> history = (List<?>) events));
        subscribe(retainedTopic, new SubscribeMessageOptions(MatchPolicy.EXACT, true, List.of(), Dict.EMPTY));
    }

    /** The events of the history, the oldest first. */
    List<?> history() {
        return history;
    }

    /** The arguments of the retained event, null for none. */
    @Nullable
    List<@Nullable Object> retained() {
        return retained;
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
