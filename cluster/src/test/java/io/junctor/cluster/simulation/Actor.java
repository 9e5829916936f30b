package io.junctor.cluster.simulation;

import io.junctor.cluster.simulation.CallPromises.Procedure;
import io.junctor.cluster.simulation.CallPromises.Registration;
import io.junctor.cluster.simulation.EventPromises.Subscription;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client that does anything that clients may do, at random, and knows what it has. For one thread. */
final class Actor implements SimulatedClient.Listener {
    private static final List<String> TOPICS = List.of("com.a.one", "com.a.two", "com.b.one", "com.a.one.more");
    private static final List<Wanted> WANTED = List.of(
            new Wanted("com.a.one", MatchPolicy.EXACT),
            new Wanted("com.a.two", MatchPolicy.EXACT),
            new Wanted("com.b.one", MatchPolicy.EXACT),
            new Wanted("com.a.", MatchPolicy.PREFIX),
            new Wanted("com.a.on", MatchPolicy.PREFIX),
            new Wanted("com..one", MatchPolicy.WILDCARD));
    private static final int MOST_THOUGHT_MILLIS = 400;

    /** A topic or pattern. */
    private record Wanted(String topic, MatchPolicy match) {}

    private final World world;
    private final SimulatedClient client;
    private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<Wanted> wanted = new LinkedHashSet<>();
    private final Map<Long, Registration> registrations = new LinkedHashMap<>();
    private final Set<Procedure> procedures = new LinkedHashSet<>();
    /** The registrations that it has asked to end; meanwhile it may want the procedure again. */
    private final Set<Long> unregistering = new HashSet<>();

    /** The requests of open calls, by the numbers of the calls. */
    private final Map<Long, Long> calls = new LinkedHashMap<>();
    /** What waits for an answer of this client, by its request. */
    private final Map<Long, Invocation> invocations = new LinkedHashMap<>();

    private long lastEvent;
    private boolean keepsTestament;
    private boolean isLeaving;

    private Actor(World world, SimulatedClient client) {
        this.world = world;
        this.client = client;
    }

    /** Lets a client join a router. */
    static Actor join(World world, SimulatedRouter router, String realm) {
        SimulatedClient client = new SimulatedClient(world, router, realm);
        Actor actor = new Actor(world, client);
        world.actors.add(actor);
        Set<Feature> features = world.random.nextBoolean() ? Set.of(Feature.CALL_CANCELING) : Set.of();
        client.join(
                new Roles(Map.of(
                        Role.PUBLISHER,
                        Set.of(),
                        Role.SUBSCRIBER,
                        Set.of(),
                        Role.CALLER,
                        features,
                        Role.CALLEE,
                        features)),
                actor);
        return actor;
    }

    SimulatedClient client() {
        return client;
    }

    /** Whether it wants to leave, or has left. */
    boolean isLeaving() {
        return isLeaving || client.hasEnded();
    }

    /** What it is subscribed to, by id. */
    Map<Long, Subscription> subscriptions() {
        return subscriptions;
    }

    /** What it has registered, by id. */
    Map<Long, Registration> registrations() {
        return registrations;
    }

    /** How many invocations wait for its answer. */
    int waitingInvocations() {
        return invocations.size();
    }

    /** The requests without an answer. */
    Set<Long> waitsFor() {
        return client.waitsFor();
    }

    /** Does one thing. */
    void act() {
        if (!client.isOpen() || isLeaving) {
            return;
        }
        if (world.isAboutOneProcedure && world.random.nextBoolean()) {
            wantOne(CallPromises.PROCEDURES.getFirst());
            return;
        }
        switch (world.random.nextInt(24)) {
            case 0, 1, 2 -> subscribe(world.any(WANTED));
            case 3 -> unsubscribe();
            case 4, 5, 6, 7, 8, 9 -> publish(world.any(TOPICS));
            case 10, 11, 12 -> register(world.any(CallPromises.PROCEDURES));
            case 13 -> unregister();
            case 14, 15, 16, 17, 18, 19 -> call(world.any(CallPromises.PROCEDURES));
            case 20 -> cancel();
            case 21 -> keepTestament();
            default -> {
                if (world.oneIn(6)) {
                    leave();
                }
            }
        }
    }

    private void wantOne(Procedure procedure) {
        if (world.oneIn(3)) {
            register(procedure);
        } else {
            call(procedure);
        }
    }

    // ---- Events.

    private void subscribe(Wanted next) {
        if (!wanted.add(next)) {
            return;
        }
        Subscription subscription = new Subscription(next.topic, next.match, world.time.nanos());
        SubscribeMessageOptions options =
                new SubscribeMessageOptions(next.match, world.oneIn(3), List.of(), Dict.EMPTY);
        client.request(request -> new Subscribe(request, options, new Uri(next.topic)), answer -> {
            if (answer instanceof Subscribed subscribed) {
                world.meta.onSubscribed(subscribed.subscription(), subscription);
                subscriptions.put(subscribed.subscription(), subscription);
                publishByAnother(subscription);
            } else {
                wanted.remove(next);
            }
        });
    }

    /** Just after SUBSCRIBED, events must come. */
    private void publishByAnother(Subscription subscription) {
        Actor other = world.any(world.actors);
        if (!world.isQuiet && other.client.isOpen() && !other.isLeaving) {
            TOPICS.stream().filter(subscription::matches).findFirst().ifPresent(other::publish);
        }
    }

    private void unsubscribe() {
        List<Map.Entry<Long, Subscription>> left = subscriptions.entrySet().stream()
                .filter(entry -> !entry.getValue().isLeft)
                .toList();
        if (left.isEmpty()) {
            return;
        }
        long id = world.any(left).getKey();
        Subscription subscription = subscriptions.get(id);
        subscription.isLeft = true;
        client.request(request -> new Unsubscribe(request, id), answer -> {
            World.check(answer instanceof Unsubscribed, () -> client + " cannot unsubscribe: " + answer);
            subscriptions.remove(id);
            wanted.remove(new Wanted(subscription.topic, subscription.match));
        });
    }

    private void publish(String topic) {
        boolean excludesMe = world.random.nextBoolean();
        EventPromises.Name name = new EventPromises.Name(client.number, ++lastEvent);
        boolean acknowledge = world.random.nextBoolean();
        boolean retain = topic.equals(KeptPromises.RETAINED) && world.random.nextBoolean();
        PublishMessageOptions options = new PublishMessageOptions(
                acknowledge, excludesMe, false, retain, Audience.ALL, null, List.of(), Dict.EMPTY);
        Runnable arrived = () -> world.events.onPublish(this, name, topic, excludesMe);
        var payload = client.payload(client.realm, (long) client.number, lastEvent, topic);
        if (acknowledge) {
            long sentNanos = world.time.nanos();
            client.request(
                    request -> new Publish(request, options, new Uri(topic), payload),
                    answer -> {
                        if (answer instanceof Published) {
                            world.kept.onAcknowledged(client, name, topic, retain, sentNanos);
                        }
                    },
                    arrived);
        } else {
            client.requestUnanswered(request -> new Publish(request, options, new Uri(topic), payload), arrived);
        }
    }

    @Override
    public void onEvent(Event event) {
        world.events.onEvent(this, event, subscriptions.get(event.subscription()));
    }

    // ---- Registrations.

    private void register(Procedure procedure) {
        if (!procedures.add(procedure)) {
            return;
        }
        RegisterMessageOptions options =
                new RegisterMessageOptions(MatchPolicy.EXACT, procedure.policy(), false, false, List.of(), Dict.EMPTY);
        long sentNanos = world.time.nanos();
        client.request(request -> new Register(request, options, new Uri(procedure.uri())), answer -> {
            if (answer instanceof Registered registered) {
                world.meta.onRegistered(registered.registration(), sentNanos);
                registrations.put(registered.registration(), new Registration(procedure, registered.registration()));
            } else {
                procedures.remove(procedure);
            }
        });
    }

    private void unregister() {
        if (registrations.isEmpty()) {
            return;
        }
        Registration registration = world.any(List.copyOf(registrations.values()));
        if (unregistering.add(registration.id()) && procedures.remove(registration.procedure())) {
            client.request(request -> new Unregister(request, registration.id()), answer -> {
                unregistering.remove(registration.id());
                boolean isGone = registrations.remove(registration.id()) == null;
                World.check(answer instanceof Unregistered || isGone, () -> client + " cannot unregister: " + answer);
            });
        }
    }

    @Override
    public void onRevoked(Unregistered unregistered) {
        if (unregistered.revocation() != null) {
            Registration revoked =
                    registrations.remove(unregistered.revocation().id());
            if (revoked != null) {
                procedures.remove(revoked.procedure());
            }
        }
    }

    // ---- Calls.

    private void call(Procedure procedure) {
        long call = world.calls.begin();
        CallMessageOptions options = world.oneIn(8)
                ? new CallMessageOptions(
                        1 + world.random.nextInt(1_000), false, false, false, null, List.of(), Dict.EMPTY)
                : CallMessageOptions.DEFAULT;
        var payload = client.payload(client.realm, (long) client.number, call, procedure.uri());
        long request = client.request(
                id -> new Call(id, options, new Uri(procedure.uri()), payload), answer -> onAnswer(call, answer));
        calls.put(call, request);
    }

    private void onAnswer(long call, FromRouter answer) {
        calls.remove(call);
        world.calls.onAnswer(client, call, answer);
    }

    private void cancel() {
        if (!calls.isEmpty()) {
            long request = world.any(List.copyOf(calls.values()));
            CancelMode mode = world.any(List.of(CancelMode.values()));
            client.send(new Cancel(request, new CancelOptions(mode, Dict.EMPTY)));
        }
    }

    @Override
    public void onInvocation(Invocation invocation) {
        world.calls.onInvocation(client, invocation, registrations.get(invocation.registration()));
        invocations.put(invocation.request(), invocation);
        // Some calls get no answer before the end.
        if (world.isQuiet || !world.oneIn(15)) {
            answerLater(invocation);
        }
    }

    private void answerLater(Invocation invocation) {
        int millis = world.oneIn(3) ? world.random.nextInt(MOST_THOUGHT_MILLIS) : 0;
        world.outside.after(Duration.ofMillis(millis), () -> answer(invocation));
    }

    private void answer(Invocation invocation) {
        if (!client.isOpen() || invocations.remove(invocation.request()) == null) {
            return;
        }
        if (world.oneIn(8)) {
            fail(invocation, new Uri("com.error"));
        } else {
            Object call = client.positional(invocation.payload()).get(2);
            client.send(new Yield(invocation.request(), ResultDetails.FINAL, client.payload(call)));
        }
    }

    private void fail(Invocation invocation, Uri error) {
        client.send(
                new ErrorMessage(Invocation.CODE, invocation.request(), ErrorDetails.NONE, error, client.payload()));
    }

    @Override
    public void onInterrupt(Interrupt interrupt) {
        Invocation open = invocations.remove(interrupt.request());
        if (open != null) {
            fail(open, WampError.CANCELED.uri());
        }
    }

    /** Answers all invocations that have had no answer. */
    void answerAll() {
        List.copyOf(invocations.values()).forEach(this::answerLater);
    }

    // ---- Sessions.

    private void keepTestament() {
        if (keepsTestament) {
            return;
        }
        keepsTestament = true;
        var payload = client.payload(TestamentPromises.TOPIC, List.of(client.realm, (long) client.number), Map.of());
        client.request(
                request ->
                        new Call(request, CallMessageOptions.DEFAULT, new Uri("wamp.session.add_testament"), payload),
                answer -> {
                    if (answer instanceof Result) {
                        world.testaments.onKept(this);
                    }
                });
    }

    /** Ends its session in one of the possible ways. */
    void leave() {
        isLeaving = true;
        if (world.random.nextBoolean()) {
            client.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        } else {
            client.cut();
        }
    }

    @Override
    public void onJoined() {}

    @Override
    public void onEnded() {
        world.actors.remove(this);
        world.testaments.onEnded(this);
        calls.keySet().forEach(world.calls::forget);
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
