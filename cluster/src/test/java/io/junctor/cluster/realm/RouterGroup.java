package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.memory.CountedTasks;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Several routers on one engine in memory, with a clock that the test advances. For one thread. */
final class RouterGroup implements AutoCloseable {
    static final String REALM = "realm1";
    /** How many callees all routers may have. */
    static final int ENTRIES = 20;

    /** How long a realm on demand has no sessions before it ends. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final RealmConfig ON_DEMAND = RealmConfig.open("tenant-{name}").toBuilder()
            .features(RealmFeatures.DEFAULT.withHistory(
                    new HistoryTopic(new Uri("com.topic"), MatchPolicy.EXACT, 50, Duration.ofHours(1), 1 << 20)))
            .build();

    private static final Duration STEP = Duration.ofMillis(50);

    private final RouterConfig config;
    private final ManualTimers clock = new ManualTimers();
    private final CountedTasks tasks = new CountedTasks();
    private final MemoryNetwork network = new MemoryNetwork(clock, tasks);
    private final List<Engine> engines = new ArrayList<>();
    private final List<HeldThreads> threads = new ArrayList<>();
    private final List<HeldNews> news = new ArrayList<>();
    private final List<EngineCluster> members = new ArrayList<>();
    private final List<Router> routers = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Set<Engine> withoutRight = ConcurrentHashMap.newKeySet();
    private final IdentityHashMap<Peer, Integer> routerByPeer = new IdentityHashMap<>();
    private int opened;

    /** Starts routers with two realms. */
    static RouterGroup of(int size) {
        return of(size, realm(Action.values()));
    }

    /** An open realm whose clients may do this. */
    static RealmConfig realm(Action... allowed) {
        Rule rule = new Rule(new Uri(""), MatchPolicy.PREFIX, Set.of(allowed), true);
        return RealmConfig.open(REALM).toBuilder()
                .role("anonymous", new RoleConfig(List.of(rule)))
                .build();
    }

    /** Registers {@code com.shared}, which several sessions may register. */
    static void share(Peer callee) {
        callee.send(new Register(
                callee.nextRequest(),
                new RegisterMessageOptions(
                        MatchPolicy.EXACT, InvokePolicy.ROUND_ROBIN, false, false, List.of(), Dict.EMPTY),
                new Uri("com.shared")));
        callee.expect(Registered.class);
    }

    /** The callee gets two calls with the arguments 1 and 2 in this order, and the caller each answer. */
    static void answerInOrder(Peer callee, Peer caller, long first, long second) {
        for (long call : List.of(first, second)) {
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(call == first ? 1L : 2L);
            callee.answer(invocation);
            caller.expectResult(call);
        }
    }

    /** Starts routers with this realm and another one. */
    static RouterGroup of(int size, RealmConfig realm) {
        RouterGroup group = new RouterGroup(RouterConfig.builder()
                .realm(realm)
                .realm(RealmConfig.open("realm2"))
                .template(new RealmTemplate(ON_DEMAND, 10, IDLE))
                .build());
        for (int i = 1; i <= size; i++) {
            group.connect(i);
        }
        group.engines.forEach(group::begin);
        group.settle();
        return group;
    }

    private RouterGroup(RouterConfig config) {
        this.config = config;
    }

    private Engine connect(int id) {
        HeldThreads own = new HeldThreads(tasks);
        threads.add(own);
        Engine engine = network.open(new RouterId(id), own);
        engines.add(engine);
        return engine;
    }

    /** From now on a router takes nothing of the others. */
    void hold(int router) {
        threads.get(router).hold();
    }

    /** A router takes what the others have sent meanwhile. */
    void release(int router) {
        threads.get(router).release();
    }

    /** Ends the connections of all clients, whatever they have not read. */
    void cutClients() {
        peers.forEach(Peer::cut);
        peers.clear();
    }

    /** Lets time pass, in steps after which nothing is under way. */
    void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            clock.advance(STEP);
            settle();
        }
    }

    private void begin(Engine engine) {
        engine.peers(othersThan(engine));
        HeldNews held = new HeldNews();
        news.add(held);
        EngineCluster member =
                new EngineCluster(held.of(engine), clock, "node", () -> !withoutRight.contains(engine), ENTRIES);
        members.add(member);
        routers.add(Router.open(config, clock, heap -> () -> {}, member));
    }

    /** Whether a router may hand out what only one router may; each may at first. */
    void mayServeExclusively(int router, boolean may) {
        if (may) {
            withoutRight.remove(engines.get(router));
        } else {
            withoutRight.add(engines.get(router));
        }
    }

    /** Ends a router, which the others are told. */
    void stop(int router) {
        routers.get(router).close();
        settle();
        peers.stream().filter(peer -> routerByPeer.get(peer) == router).forEach(Peer::cut);
        engines.get(router).close();
        engines.forEach(each -> each.peers(othersThan(each)));
    }

    /** Starts one more router; returns its number. */
    int add() {
        Engine engine = connect(engines.size() + 1);
        engines.forEach(each -> each.peers(othersThan(each)));
        begin(engine);
        return engines.size() - 1;
    }

    private Set<RouterId> othersThan(Engine engine) {
        Set<RouterId> others = new HashSet<>(network.routers());
        others.remove(engine.router());
        return others;
    }

    /** Waits until nothing is under way between the routers. */
    void settle() {
        tasks.settle();
    }

    MemoryNetwork network() {
        return network;
    }

    /** What runs the tasks that {@link #settle} waits for. */
    Executor tasks() {
        return tasks;
    }

    /** A figure of the engine of a router. */
    long figure(int router, Traffic traffic, Figure figure) {
        return engines.get(router).figure(traffic, figure);
    }

    /** How many events the journal has of a topic, as far as the limits of {@code topic} go. */
    int stored(HistoryTopic topic) {
        return stored(REALM, topic);
    }

    /** As {@link #stored(HistoryTopic)}, of another realm. */
    int stored(String realm, HistoryTopic topic) {
        Identity asker = new Identity("test", "anonymous", null, null);
        EventQuery all = new EventQuery(
                asker, EventQuery.Times.ALL, EventQuery.Positions.ALL, null, false, Integer.MAX_VALUE - 1);
        return new SharedHistory(engines.getFirst().journal(), realm, topic)
                .read(all)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .events()
                .size();
    }

    /** What a router is told about the registry. */
    HeldNews news(int router) {
        return news.get(router);
    }

    /** What connects the realms of a router. */
    EngineCluster member(int router) {
        return members.get(router);
    }

    ManualTimers clock() {
        return clock;
    }

    RouterId id(int router) {
        return engines.get(router).router();
    }

    /** Joins {@link #REALM} on a router, counted from 0. */
    Peer join(int router) {
        return join(router, REALM, Peer.PLAIN);
    }

    Peer join(int router, String realm, Roles roles) {
        List<Serializer> all = List.of(Serializer.values());
        Peer peer = new Peer(
                MemoryTransport.open(routers.get(router), all.get(opened++ % all.size()), ListenerLimits.DEFAULT));
        peers.add(peer);
        routerByPeer.put(peer, router);
        peer.join(realm, roles);
        return peer;
    }

    @Override
    public void close() {
        threads.forEach(HeldThreads::release);
        peers.forEach(Peer::close);
        routers.forEach(Router::close);
        engines.forEach(Engine::close);
    }
}
