package io.junctor.cluster.membership;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router's membership in a cluster: sends heartbeats to the other routers, and watches theirs. Thread-safe.
 *
 * <p>A router sends a heartbeat every 500 ms. A router that is silent for 1.5 s is suspected, and this router sends probes to its inbox. A
 * suspected router is declared dead in two cases: for 2 s its inbox has had no receiver while the connection of this router works; or its
 * record has not changed for 15 s, and the store has accepted writes of this router's record for so long that the suspected router could have
 * written too. The verdict is a compare-and-set of the dead router's record. Each router rewrites its own record every 3 s, so a verdict and a
 * sign of life never both succeed.
 */
public final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final String SCOPE = "routers";
    private static final String BEAT = "beat";
    private static final String INBOX = "inbox.";
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private final Engine engine;
    private final Timers timers;
    private final MembershipListener listener;
    private final Records records;
    private final OwnRecord own;
    private final Map<RouterId, RemoteRouter> peers = new LinkedHashMap<>();
    private final Map<RouterId, Entry> dead = new LinkedHashMap<>();
    private final Set<RouterId> told = new LinkedHashSet<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Optional<Lane> lane = Optional.empty();
    private Optional<Watch> watch = Optional.empty();
    private boolean caughtUp;
    // Written by the thread that holds the lock.
    private volatile long tickNanos;
    private volatile boolean ended;

    /**
     * Creates a membership; {@link #start} begins it.
     *
     * @param timers the clock
     * @param name the name of this router in logs and metrics of the others, one line
     * @param listener is notified when other routers join and leave
     */
    public Membership(Engine engine, Timers timers, String name, MembershipListener listener) {
        this.engine = engine;
        this.timers = timers;
        this.listener = listener;
        this.records = engine.records(Store.ROUTERS);
        String shownName = name.lines().findFirst().orElse("unnamed");
        this.own = new OwnRecord(engine.router(), records, shownName, timers, new OwnNews());
        this.tickNanos = timers.nanos();
    }

    /** Describes the stored record of a router for people: its name and, if the router is dead, the reason. */
    public static String describe(byte[] record) {
        return switch (RouterRecord.read(record)) {
            case RouterRecord.Up up -> up.name();
            case RouterRecord.Dead dead -> dead.name() + ", declared dead: " + dead.reason();
            case RouterRecord.Unreadable newer -> "a record of another version";
        };
    }

    /** Joins the cluster, and begins to watch the other routers. */
    public synchronized void start() {
        Lane beats = engine.lane(Traffic.CONTROL, SCOPE, this::onMessages);
        beats.subscribe(BEAT);
        beats.subscribe(INBOX + engine.router());
        lane = Optional.of(beats);
        engine.onHealth(new Health());
        own.write();
        Watch routers = records.watch(new RecordWatcher());
        watch = Optional.of(routers);
        open.add(routers);
        Timers.Timer beat = timers.every(HEARTBEAT, this::tick);
        open.add(beat::cancel);
    }

    /** Whether this router has joined the cluster and knows the other routers. */
    public synchronized boolean isReady() {
        return caughtUp && own.isStored() && !ended;
    }

    /** The other routers of the cluster, including suspected ones. */
    public synchronized Set<RouterId> others() {
        return Set.copyOf(peers.keySet());
    }

    /** Whether another router of the cluster is suspected. */
    public synchronized boolean isSuspected(RouterId router) {
        RemoteRouter peer = peers.get(router);
        return peer != null && peer.isSuspected();
    }

    /**
     * Whether this router may do the work that only one router at a time may do. It may not after a second without a connection, nor after a
     * pause of the process of more than a second, until the store has accepted a write of its record.
     */
    public boolean mayServeExclusively() {
        long nowNanos = timers.nanos();
        return !ended && nowNanos - tickNanos <= OwnRecord.PAUSE_NANOS && own.isTrusted(nowNanos);
    }

    /** Removes the record of a dead router, when this router has cleared up after it. */
    public synchronized void cleared(RouterId router) {
        Entry entry = dead.get(router);
        if (entry != null) {
            var unused = records.delete(router.toString(), entry.revision());
        }
    }

    /**
     * Leaves the cluster; the other routers are notified at once. The caller may close the engine as soon as the stage has completed, which
     * takes at most 5 seconds, even if the store does not answer.
     */
    public CompletionStage<Void> leave() {
        return leave(own::remove);
    }

    /** Leaves as {@link #leave} does, but another router clears up after this router, as after a dead router. */
    public CompletionStage<Void> leaveToClear() {
        return leave(() -> own.declareDead("it stops, and could not tell that its sessions have ended"));
    }

    private synchronized CompletionStage<Void> leave(Supplier<CompletionStage<Written>> lastWrite) {
        if (ended) {
            return CompletableFuture.completedFuture(null);
        }
        ended = true;
        stop();
        return lastWrite.get().handle((written, fault) -> null);
    }

    private void stop() {
        lane.ifPresent(Lane::close);
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception fault) {
                LOG.error("a part of the membership could not be closed", fault);
            }
        }
    }

    private synchronized void tick() {
        if (ended) {
            return;
        }
        long nowNanos = timers.nanos();
        boolean paused = nowNanos - tickNanos > OwnRecord.PAUSE_NANOS;
        tickNanos = nowNanos;
        if (paused) {
            own.distrust();
            peers.values().forEach(peer -> peer.listenAnew(nowNanos));
        }
        if (!engine.isConnected()) {
            return;
        }
        lane.ifPresent(beats -> beats.publish(BEAT, new byte[0]));
        own.onTick(nowNanos);
        for (RemoteRouter peer : List.copyOf(peers.values())) {
            watch(peer, nowNanos);
        }
        takeOverClearing();
    }

    private void watch(RemoteRouter peer, long nowNanos) {
        if (peer.becomesSuspected(nowNanos)) {
            LOG.warn("router {} ({}) is silent and suspected", peer.router(), peer.name());
            listener.onSuspected(peer.router());
        }
        if (!peer.isSuspected()) {
            return;
        }
        lane.ifPresent(beats -> beats.publish(INBOX + peer.router(), new byte[0], () -> onUnreachable(peer.router())));
        if (peer.isUnreachable(nowNanos)) {
            declareDead(peer, "it had no connection for 2 s");
        } else if (peer.standsStill(nowNanos) && own.areWritesTaken(nowNanos)) {
            declareDead(peer, "its record stood still for 15 s");
        }
    }

    private void declareDead(RemoteRouter peer, String reason) {
        byte[] verdict = new RouterRecord.Dead(peer.name(), engine.router(), reason).bytes();
        var unused = records.replace(peer.router().toString(), verdict, peer.revision());
    }

    /** Takes over the clearing up after dead routers if the router that had to do it is not in the cluster any more. */
    private void takeOverClearing() {
        for (Entry entry : List.copyOf(dead.values())) {
            if (RouterRecord.read(entry.value()) instanceof RouterRecord.Dead record
                    && !record.clearsUp().equals(engine.router())
                    && !peers.containsKey(record.clearsUp())
                    && caughtUp) {
                var mine = new RouterRecord.Dead(record.name(), engine.router(), record.reason());
                var unused = records.replace(entry.key(), mine.bytes(), entry.revision());
            }
        }
    }

    private synchronized void onUnreachable(RouterId router) {
        RemoteRouter peer = peers.get(router);
        if (peer != null && engine.isConnected()) {
            peer.unreachable(timers.nanos());
        }
    }

    private synchronized void onMessages(List<Message> messages) {
        long nowNanos = timers.nanos();
        for (Message message : messages) {
            RemoteRouter peer = peers.get(message.from());
            if (peer != null && message.subject().equals(BEAT) && peer.heard(nowNanos)) {
                LOG.info("router {} ({}) is heard again", peer.router(), peer.name());
                listener.onTrusted(peer.router());
            }
        }
    }

    private void onUp(RouterId router, String name, long revision) {
        long nowNanos = timers.nanos();
        RemoteRouter known = peers.get(router);
        if (known != null) {
            known.touched(revision, nowNanos);
            return;
        }
        peers.put(router, new RemoteRouter(router, name, revision, nowNanos));
        LOG.info("router {} ({}) is there", router, name);
        engine.peers(peers.keySet());
        listener.onJoined(router, name);
    }

    private void onDead(RouterId router, RouterRecord.Dead record, Entry entry) {
        dead.put(router, entry);
        boolean clearsUp = record.clearsUp().equals(engine.router());
        boolean isNews = peers.remove(router) != null;
        if (isNews) {
            LOG.warn("router {} ({}) is declared dead: {}", router, record.name(), record.reason());
            engine.peers(peers.keySet());
        }
        if (isNews || (clearsUp && told.add(router))) {
            if (clearsUp) {
                told.add(router);
            }
            listener.onGone(router, record.reason(), clearsUp);
        }
    }

    private void onRemoved(RouterId router) {
        dead.remove(router);
        told.remove(router);
        if (peers.remove(router) != null) {
            LOG.info("router {} has left", router);
            engine.peers(peers.keySet());
            listener.onGone(router, "it has left", false);
        }
    }

    /** Watches the records of all routers. */
    private final class RecordWatcher implements Watcher {
        @Override
        public void onEntry(Entry entry) {
            synchronized (Membership.this) {
                if (ended || !entry.key().matches("[0-9a-f]{16}")) {
                    return;
                }
                RouterId router = RouterId.parse(entry.key());
                RouterRecord record = RouterRecord.read(entry.value());
                if (router.equals(engine.router())) {
                    own.onStored(entry.revision(), record);
                    return;
                }
                switch (record) {
                    case RouterRecord.Up up -> onUp(router, up.name(), entry.revision());
                    case RouterRecord.Dead verdict -> onDead(router, verdict, entry);
                    case RouterRecord.Unreadable newer -> LOG.warn("the record of router {} cannot be read", router);
                }
            }
        }

        @Override
        public void onDeleted(String key, long revision) {
            synchronized (Membership.this) {
                if (ended || !key.matches("[0-9a-f]{16}")) {
                    return;
                }
                RouterId router = RouterId.parse(key);
                if (router.equals(engine.router())) {
                    own.onRemoved(revision);
                } else {
                    onRemoved(router);
                }
            }
        }

        @Override
        public void onCaughtUp(long revision) {
            synchronized (Membership.this) {
                caughtUp = true;
                own.onCaughtUp(revision);
            }
        }
    }

    /** Handles the notices about this router's own record. */
    private final class OwnNews implements OwnRecord.Listener {
        @Override
        public void onExcluded() {
            synchronized (Membership.this) {
                if (!ended) {
                    ended = true;
                    stop();
                    LOG.warn("the other routers have declared this router {} dead", engine.router());
                    listener.onExcluded();
                }
            }
        }

        @Override
        public void onMissing() {
            synchronized (Membership.this) {
                watch.ifPresent(Watch::read);
            }
        }
    }

    /**
     * Handles changes of the connection. After a lost connection nothing is known of the other routers, and the store must accept a write of
     * the own record.
     */
    private final class Health implements HealthListener {
        @Override
        public void onConnected() {
            synchronized (Membership.this) {
                long nowNanos = timers.nanos();
                peers.values().forEach(peer -> peer.restart(nowNanos));
                if (!ended) {
                    own.write();
                }
            }
        }

        @Override
        public void onDisconnected(String reason) {
            synchronized (Membership.this) {
                own.onDisconnected(timers.nanos());
            }
        }
    }
}
