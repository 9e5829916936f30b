package io.junctor.cluster.call;

import io.junctor.cluster.engine.DrainLoop;
import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.protocol.UnreadableMessages;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends invocations and their answers to certain other routers of a realm. The items that one {@link Pass} has for a router form one message,
 * unless they are large. Flow control limits what is under way: a router acknowledges the items that it has taken. Thread-safe; if several
 * threads call {@link #flush}, one of them sends.
 */
public final class CallLane {
    private static final Logger LOG = LoggerFactory.getLogger(CallLane.class);

    /** Kind of a part of a message: the position of the last item. */
    private static final int POSITION = CallItems.LAST_KIND + 1;
    /** Kind of a part of a message: a position. The receiver is to acknowledge all items up to the position as soon as it has taken them. */
    private static final int QUESTION = POSITION + 1;
    /** Kind of a part of a message: the acknowledgement that all items up to a position are taken. */
    private static final int TAKEN = QUESTION + 1;

    /** How long the first callee waits at most until the other routers can reach this router. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** How often the queues of routers that cannot be reached, or have no credit, are checked. */
    private static final Duration WATCH = Duration.ofMillis(50);

    private final String realm;
    private final RealmPort port;
    private final Timers timers;
    private final CallCounts counts;
    private final Lane lane;
    private final Map<Long, RouterQueue> queues = new ConcurrentHashMap<>();
    /** The queues that may have something to send. */
    private final Queue<RouterQueue> ready = new ConcurrentLinkedQueue<>();

    private final DrainLoop drainLoop = new DrainLoop();
    private final TakenPositions takenPositions = new TakenPositions();
    /** Confined to {@link #onMessages}, which one thread at a time calls. */
    private final UnreadableMessages unreadable;
    /** Guarded by this, as are the next fields. */
    private @Nullable CompletableFuture<Void> reachable;

    private Timers.@Nullable Timer watch;
    private boolean isClosed;

    /** Opens the lane of {@code realm}; what other routers send goes to {@code port}. */
    public CallLane(Engine engine, Timers timers, String realm, RealmPort port, CallCounts counts) {
        this.realm = realm;
        this.port = port;
        this.timers = timers;
        this.counts = counts;
        this.lane = engine.lane(Traffic.CALLS, TextHash.token(realm), this::onMessages);
        this.unreadable = new UnreadableMessages("calls of realm " + realm, timers::nanos, lane::countUnreadable);
        lane.subscribe(engine.router().toString());
    }

    /**
     * Completes when the other routers know that this router receives invocations, or after 2 seconds. Only the first callee has to wait: from
     * then on the routers know it.
     */
    public synchronized CompletionStage<Void> reachable() {
        if (reachable == null) {
            CompletableFuture<Void> known = new CompletableFuture<>();
            Timers.Timer patience = timers.after(PATIENCE, () -> known.complete(null));
            var unused = lane.interestKnown().whenComplete((nothing, failure) -> {
                patience.cancel();
                known.complete(null);
            });
            reachable = known;
        }
        return reachable;
    }

    /** See {@link io.junctor.router.cluster.RealmLink#toCallee}. */
    public boolean toCallee(long router, long session, FromRouter message, boolean isShared) {
        return add(router, new CallItem.ToCallee(session, message, isShared));
    }

    /** See {@link io.junctor.router.cluster.RealmLink#fromCallee}. */
    public boolean fromCallee(long router, long session, FromClient message) {
        return add(router, new CallItem.FromCallee(session, message));
    }

    /** Sends a signal about a callee. */
    public void signal(long router, long session, LivenessSignal signal) {
        add(router, new CallItem.Signaled(session, signal));
    }

    /** Gives an INVOCATION back to the router that sent it. */
    public void giveBack(long router, long session, ErrorMessage error) {
        add(router, new CallItem.GivenBack(session, error));
    }

    /** Runs {@code action} once when a router accepts more items: now, or later on any thread. */
    public void whenWritable(long router, Runnable action) {
        RouterQueue queue = queue(router);
        if (queue.isWritableOr(action)) {
            action.run();
        } else {
            // The router may have to be asked what it has taken.
            makeReady(queue);
        }
    }

    /** Sends the items that wait, unless another thread is sending: then that thread looks for items once more. */
    public void flush() {
        if (!ready.isEmpty()) {
            drainLoop.run(this::sendAll);
        }
    }

    /** Handles the end of a router: the invocations that wait for it are given back, other items are dropped. */
    public void gone(long router) {
        takenPositions.forget(router);
        RouterQueue queue = queues.remove(router);
        if (queue != null) {
            queue.close().forEach(item -> fail(queue, item));
            queue.takeDueActions().forEach(Runnable::run);
        }
    }

    /** How many items wait to be sent. */
    public long size() {
        return queues.values().stream().mapToLong(RouterQueue::size).sum();
    }

    /** Closes the lane: it sends and receives nothing more. */
    public void close() {
        lane.close();
        synchronized (this) {
            isClosed = true;
            stopWatch();
        }
    }

    private RouterQueue queue(long router) {
        return queues.computeIfAbsent(router, id -> new RouterQueue(id, counts.usedUp()));
    }

    private boolean add(long router, CallItem item) {
        RouterQueue queue = queue(router);
        boolean isWritable = queue.add(item);
        makeReady(queue);
        return isWritable;
    }

    private void makeReady(RouterQueue queue) {
        if (queue.list()) {
            ready.add(queue);
        }
    }

    private void sendAll() {
        for (RouterQueue queue = ready.poll(); queue != null; queue = ready.poll()) {
            queue.unlist();
            for (Parcel parcel = queue.next(); parcel != null; parcel = queue.next()) {
                send(queue, parcel);
            }
            for (CallItem item : queue.takeMovable()) {
                fail(queue, item);
            }
            if (queue.needsWatch()) {
                watch();
            }
        }
    }

    private void send(RouterQueue queue, Parcel parcel) {
        BodyWriter body = body();
        for (WaitingItem waiting : parcel.items()) {
            int before = body.size();
            try {
                CallItems.write(body, waiting.item);
            } catch (UnrepresentableException problem) {
                // An item that cannot be encoded must not prevent the others from being sent.
                body.cutTo(before);
                LOG.warn("realm {}: a message does not reach another router: {}", realm, problem.getMessage());
                fail(queue, waiting.item);
            }
        }
        publish(queue, body.octet(POSITION).id(parcel.end), () -> onUnheard(queue, parcel));
    }

    private BodyWriter body() {
        return new BodyWriter().text(realm);
    }

    private void publish(RouterQueue queue, BodyWriter body, Runnable onUnheard) {
        lane.publish(queue.subject, body.toBytes(), onUnheard);
    }

    // ---- Routers that cannot be reached.

    private void onUnheard(RouterQueue queue, Parcel parcel) {
        for (CallItem item : queue.onUnheard(parcel, timers.nanos())) {
            fail(queue, item);
        }
        goOn(queue);
    }

    /** Gives an invocation back that has reached no router; drops any other item. */
    private void fail(RouterQueue queue, CallItem item) {
        if (item instanceof CallItem.ToCallee lost && lost.message() instanceof Invocation invocation) {
            port.givenBack(
                    queue.router,
                    lost.session(),
                    new ErrorMessage(
                            Invocation.CODE,
                            invocation.request(),
                            ErrorDetails.NONE,
                            WampError.CANCELED.uri(),
                            Payload.NONE));
        } else {
            counts.unreached().increment();
        }
    }

    private synchronized void watch() {
        if (watch == null && !isClosed) {
            watch = timers.every(WATCH, this::onWatch);
        }
    }

    private void onWatch() {
        queues.values().forEach(this::look);
        synchronized (this) {
            if (queues.values().stream().noneMatch(RouterQueue::needsWatch)) {
                stopWatch();
            }
        }
    }

    /** The caller holds the lock. */
    private void stopWatch() {
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }

    private void look(RouterQueue queue) {
        long nanos = timers.nanos();
        if (queue.isDue(nanos)) {
            for (CallItem item : queue.tryAgain(nanos)) {
                fail(queue, item);
            }
            goOn(queue);
        }
        Long position = queue.question(nanos);
        if (position != null) {
            publish(queue, body().octet(QUESTION).id(position), () -> {
                queue.onNothingTaken();
                goOn(queue);
            });
        }
    }

    // ---- Credit.

    /** Runs the actions that waited for credit, and sends the items that may be sent now. */
    private void goOn(RouterQueue queue) {
        queue.takeDueActions().forEach(Runnable::run);
        makeReady(queue);
        flush();
    }

    private void tellTaken(long router, long position) {
        byte[] told = body().octet(TAKEN).id(position).toBytes();
        port.whenTaken(() -> lane.publish(new RouterId(router).toString(), told));
    }

    // ---- Received messages.

    private void onMessages(List<Message> messages) {
        try (Pass pass = Pass.open()) {
            messages.forEach(this::take);
        }
    }

    private void take(Message message) {
        try {
            BodyReader body = new BodyReader(message.body());
            if (!body.text().equals(realm)) {
                throw new InvalidBodyException("it is of another realm");
            }
            while (!body.isAtEnd()) {
                take(message.from().value(), body);
            }
        } catch (InvalidBodyException invalid) {
            unreadable.onDropped(message.from(), invalid);
        }
    }

    private void take(long router, BodyReader body) {
        int kind = body.octet();
        switch (kind) {
            case POSITION -> {
                long position = body.id();
                if (takenPositions.isDue(router, position)) {
                    tellTaken(router, position);
                }
            }
            case QUESTION -> tellTaken(router, body.id());
            case TAKEN -> {
                long position = body.id();
                RouterQueue queue = queues.get(router);
                if (queue != null) {
                    queue.onTaken(position);
                    goOn(queue);
                }
            }
            default -> pass(router, CallItems.read(kind, body));
        }
    }

    private void pass(long router, CallItem item) {
        switch (item) {
            case CallItem.ToCallee to -> port.toCallee(router, to.session(), to.message());
            case CallItem.FromCallee from -> port.fromCallee(router, from.session(), from.message());
            case CallItem.GivenBack back -> port.givenBack(router, back.session(), back.error());
            case CallItem.Signaled signaled -> port.signal(router, signaled.session(), signaled.signal());
        }
    }
}
