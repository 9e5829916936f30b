package io.junctor.cluster.event;

import io.junctor.cluster.engine.DrainLoop;
import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.InOrder;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.LaneSubscription;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.protocol.UnreadableMessages;
import io.junctor.cluster.protocol.UriSubjects;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the events of a realm to other routers and takes theirs. The events that a pass publishes one after the other to one topic are
 * one message. Interests change in the realm's turn; {@link #flush} may be called by several threads at a time, of which one sends.
 */
public final class EventLane {
    private static final Logger LOG = LoggerFactory.getLogger(EventLane.class);
    /** A message of this many bytes or more takes no further event. */
    private static final int FULL_BYTES = 1 << 16;
    /** A router that is too slow to answer for its interest does not delay a SUBSCRIBED for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    /** A topic or pattern. */
    private record Wanted(Uri topic, MatchPolicy match) {}

    /** An event that waits to be sent; {@code sent} completes when the engine has it. */
    private record Waiting(SharedEvent event, @Nullable CompletableFuture<Void> sent) {}

    private final String realm;
    private final RealmPort port;
    private final Lane lane;
    private final Timers timers;
    private final LongAdder dropped;
    private final InOrder known = new InOrder();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final DrainLoop drainLoop = new DrainLoop();
    private final UnheardTopics unheard = new UnheardTopics();
    /** Touched in the turn only. */
    private final Map<Wanted, LaneSubscription> interestByTopic = new HashMap<>();
    /** Whether the engine takes no more at once. */
    private final AtomicBoolean full = new AtomicBoolean();
    /** Confined to {@link #onMessages}, which one thread at a time calls; so is the next field. */
    private final UnreadableMessages unreadable;

    private boolean isDropping;

    /**
     * Begins to take what other routers publish in the realm.
     *
     * @param dropped counts messages that the realm did not take
     */
    public EventLane(Engine engine, Timers timers, String realm, RealmPort port, LongAdder dropped) {
        this.dropped = dropped;
        this.realm = realm;
        this.port = port;
        this.timers = timers;
        this.lane = engine.lane(Traffic.EVENTS, TextHash.token(realm), this::onMessages);
        this.unreadable = new UnreadableMessages("events of realm " + realm, timers::nanos, lane::countUnreadable);
        lane.subscribe(UriSubjects.ALL_ROUTERS);
    }

    /** See {@link io.junctor.router.cluster.RealmLink#addInterest}. */
    public void addInterest(Uri topic, MatchPolicy match) {
        interestByTopic.computeIfAbsent(
                new Wanted(topic, match), wanted -> lane.subscribe(UriSubjects.pattern(topic, match)));
    }

    /** See {@link io.junctor.router.cluster.RealmLink#removeInterest}. */
    public void removeInterest(Uri topic, MatchPolicy match) {
        LaneSubscription interest = interestByTopic.remove(new Wanted(topic, match));
        if (interest != null) {
            interest.close();
        }
    }

    /** See {@link io.junctor.router.cluster.RealmLink#whenInterestKnown}; after 2 seconds at the latest. */
    public void whenInterestKnown(Runnable action) {
        Runnable ready = known.add(action);
        Timers.Timer patience = timers.after(PATIENCE, ready);
        lane.interestKnown().whenComplete((nothing, failure) -> {
            patience.cancel();
            ready.run();
        });
    }

    /** Publishes an event, unless certainly no other router wants it. */
    public void publish(SharedEvent event) {
        if (!isUnwanted(event)) {
            waiting.add(new Waiting(event, null));
        }
    }

    /** Publishes an event; completes when the engine has it, at once if certainly no other router wants it; fails if it may be lost. */
    public CompletionStage<Void> publishConfirmed(SharedEvent event) {
        if (isUnwanted(event)) {
            return DONE;
        }
        CompletableFuture<Void> sent = new CompletableFuture<>();
        waiting.add(new Waiting(event, sent));
        return sent;
    }

    /** Whether the engine takes more at once. */
    public boolean isWritable() {
        return !full.get();
    }

    /** Runs {@code action} once, on a thread of the engine, when it takes more. */
    public void whenWritable(Runnable action) {
        lane.whenWritable(action);
    }

    /** Sends what waits, unless another thread does: that one looks again. */
    public void flush() {
        drainLoop.run(this::sendAll);
    }

    /** Takes nothing more. */
    public void close() {
        lane.close();
    }

    private boolean isUnwanted(SharedEvent event) {
        return !event.isRetained() && unheard.contains(event.topic(), lane.interestNumber(), timers.nanos());
    }

    private void sendAll() {
        List<CompletableFuture<Void>> unconfirmed = new ArrayList<>(0);
        long position = lane.position();
        Waiting next = waiting.poll();
        while (next != null) {
            Uri topic = next.event.topic();
            boolean isRetained = next.event.isRetained();
            BodyWriter body = new BodyWriter().text(realm);
            Uri before = null;
            while (next != null
                    && next.event.topic().equals(topic)
                    && next.event.isRetained() == isRetained
                    && body.size() < FULL_BYTES) {
                before = write(body, next.event, before);
                if (next.sent != null) {
                    unconfirmed.add(next.sent);
                }
                next = waiting.poll();
            }
            boolean isWritable = isRetained
                    ? lane.publish(UriSubjects.ALL_ROUTERS, body.toBytes())
                    : lane.publish(
                            UriSubjects.subject(topic),
                            body.toBytes(),
                            unheard.probe(topic, lane.interestNumber(), timers.nanos()));
            if (!isWritable) {
                onFull();
            }
        }
        if (!unconfirmed.isEmpty()) {
            lane.confirmed(position).whenComplete((done, failure) -> completeAll(unconfirmed, failure));
        }
    }

    /** Completes all in one pass: so each publisher gets its answers in one write. */
    private static void completeAll(List<CompletableFuture<Void>> all, @Nullable Throwable failure) {
        Pass.run(() -> all.forEach(sent -> complete(sent, failure)));
    }

    private static void complete(CompletableFuture<Void> sent, @Nullable Throwable failure) {
        if (failure == null) {
            sent.complete(null);
        } else {
            sent.completeExceptionally(failure);
        }
    }

    /** Publishers pause until there is room; see {@link #isWritable}. */
    private void onFull() {
        if (full.compareAndSet(false, true)) {
            lane.whenWritable(() -> full.set(false));
        }
    }

    /** Returns the topic of the last event of the message. */
    private @Nullable Uri write(BodyWriter body, SharedEvent event, @Nullable Uri before) {
        int size = body.size();
        try {
            EventItems.write(body, event, before);
            return event.topic();
        } catch (UnrepresentableException problem) {
            body.cutTo(size);
            LOG.warn("realm {}: an event does not reach other routers: {}", realm, problem.getMessage());
            return before;
        }
    }

    private void onMessages(List<Message> messages) {
        List<SharedEvent> events = new ArrayList<>(messages.size());
        int bytes = 0;
        for (Message message : messages) {
            int before = events.size();
            try {
                read(message, events);
                bytes += message.body().length;
            } catch (InvalidBodyException invalid) {
                events.subList(before, events.size()).clear();
                unreadable.onDropped(message.from(), invalid);
            }
        }
        deliver(events, bytes);
    }

    private void read(Message message, List<SharedEvent> events) {
        BodyReader body = new BodyReader(message.body());
        String of = body.text();
        if (!of.equals(realm)) {
            throw new InvalidBodyException("it is of another realm");
        }
        Uri before = null;
        while (!body.isAtEnd()) {
            SharedEvent event = EventItems.read(body, before);
            before = event.topic();
            events.add(event);
        }
    }

    private void deliver(List<SharedEvent> events, int bytes) {
        boolean isTaken = events.isEmpty() || port.deliver(events, bytes);
        if (!isTaken) {
            dropped.increment();
        }
        if (!isTaken && !isDropping) {
            LOG.warn("realm {}: drops events of other routers: more than mailbox_bytes wait", realm);
        }
        isDropping = !isTaken;
    }
}
