package io.junctor.router.broker;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import io.junctor.router.turn.Turnstile.Operation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the publications of sessions and answers them. A delivery ends before the next request of the session begins, even if the
 * delivery takes several turns. Confined to the realm's turn.
 *
 * <p>PUBLISHED is sent when other routers and event logs have taken the event, so PUBLISHED messages come in the order in which events were
 * taken. The subscribers of this router do not wait until the event is taken, and neither do later requests of the publisher. The exception
 * is a publisher that receives its own event: it gets PUBLISHED first.
 */
final class ClientPublications {
    /** The time for which a publisher that is faster than its receivers is paused. */
    private static final Duration PUBLISHER_PAUSE = Duration.ofMillis(5);

    /**
     * The maximum number of publications of one session that wait for confirmation; at this number, the next request of the session waits,
     * too.
     */
    private static final int MOST_OF_A_SESSION = 1_000;

    private final Turnstile turnstile;
    private final Timers timers;
    private final ConfirmationTimeouts timeouts;
    private final RealmCounters counters;
    private final @Nullable RemoteBrokers remote;
    private final Long2LongHashMap waitingBySession = new Long2LongHashMap(0);

    /** {@code remote} stands for the brokers of the realm on other routers; null if the realm is on this router only. */
    ClientPublications(Turnstile turnstile, Timers timers, RealmCounters counters, @Nullable RemoteBrokers remote) {
        this.turnstile = turnstile;
        this.timers = timers;
        this.timeouts = new ConfirmationTimeouts(timers);
        this.counters = counters;
        this.remote = remote;
    }

    /**
     * Passes a publication on to other routers, delivers it here, and answers it if the publisher asked for an acknowledgement.
     * {@code retention} is that of {@link SharedEvent}.
     */
    @InTurn
    void publish(Session session, Publish publish, Publication publication, long retention, FanOut fanOut) {
        if (publish.options().acknowledge()) {
            publishAcknowledged(session, publish, publication, retention, fanOut);
            return;
        }
        if (remote != null) {
            remote.publish(publication, retention);
        }
        deliver(session, fanOut);
    }

    /**
     * Delivers a publication of {@code origin}. Returns whether the delivery takes more than this turn; if so, later requests of the
     * session wait until its end.
     */
    @InTurn
    private boolean deliver(Session origin, FanOut fanOut) {
        if (fanOut.fitsOneTurn()) {
            fanOut.deliver(Integer.MAX_VALUE);
            boolean pauses = fanOut.isPublisherTooFast() || isWayOutFull();
            if (pauses) {
                origin.beginLongWork();
                pause(origin, fanOut);
            }
            return pauses;
        }
        origin.beginLongWork();
        fanOut.begin();
        deliverSlice(origin, fanOut);
        return true;
    }

    /**
     * Pauses a publisher that is faster than most of its receivers, or than the connection with other routers. Without a pause the outboxes
     * fill, garbage collection copies the waiting messages while all threads are stopped, and in the end messages are dropped.
     */
    @InTurn
    private void pause(Session publisher, FanOut fanOut) {
        counters.increment(Counter.PUBLISHERS_SLOWED);
        Runnable goOn = () -> Pass.run(() -> turnstile.run(publisher::endLongWork));
        if (remote != null && !fanOut.isPublisherTooFast()) {
            remote.whenWritable(goOn);
        } else {
            timers.after(PUBLISHER_PAUSE, goOn);
        }
    }

    private boolean isWayOutFull() {
        return remote != null && !remote.isWritable();
    }

    /** Delivers the next slice of a publication. After the last slice, ends the publication and the long work of {@code origin}. */
    @InTurn
    private void deliverSlice(Session origin, FanOut fanOut) {
        if (fanOut.deliver(FanOut.SLICE)) {
            fanOut.end();
            if (fanOut.isPublisherTooFast() || isWayOutFull()) {
                pause(origin, fanOut);
            } else {
                origin.endLongWork();
            }
        } else {
            turnstile.runLater(() -> deliverSlice(origin, fanOut));
        }
    }

    // ---- Acknowledged publications.

    /** Called once a second: refuses publications that were not confirmed in time. */
    @InTurn
    void onSecond() {
        timeouts.onSecond();
    }

    @InTurn
    private void publishAcknowledged(
            Session session, Publish publish, Publication publication, long retention, FanOut fanOut) {
        if (remote != null) {
            fanOut.takenBy(remote.publishConfirmed(publication, retention));
        }
        CompletionStage<Void> taken = fanOut.taken();
        if (taken == null) {
            // Section "Publish & Subscribe Ordering": PUBLISHED is sent before the event that the publisher itself
            // receives.
            session.reply(new Published(publish.request(), publication.id()));
            deliver(session, fanOut);
        } else {
            publishLater(session, publish, publication.id(), fanOut, taken);
        }
    }

    /** Delivers the publication {@code id} of a session at once, and answers it when {@code taken} completes. */
    @InTurn
    private void publishLater(Session session, Publish publish, long id, FanOut fanOut, CompletionStage<Void> taken) {
        boolean isOwnReceiver = !publish.options().excludeMe();
        boolean worksLong = true;
        if (isOwnReceiver) {
            session.beginLongWork();
            fanOut.begin();
        } else {
            worksLong = deliver(session, fanOut);
        }
        long waiting = waitingBySession.get(session.id()) + 1;
        waitingBySession.put(session.id(), waiting);
        boolean isHeld = !worksLong && waiting >= MOST_OF_A_SESSION;
        if (isHeld) {
            session.beginLongWork();
        }
        whenTaken(taken, failure -> {
            answer(session, publish.request(), id, failure);
            if (isOwnReceiver) {
                deliverSlice(session, fanOut);
            } else if (isHeld) {
                session.endLongWork();
            }
        });
    }

    /** Answers a publication in the turn; {@code failure} is null if the event was taken by all that have to take it. */
    private interface Answer {
        @InTurn
        void send(@Nullable Throwable failure);
    }

    @InTurn
    private void whenTaken(CompletionStage<Void> taken, Answer answer) {
        CompletableFuture<Void> first = taken.toCompletableFuture().copy();
        timeouts.limit(first);
        var unused = first.whenComplete((done, failure) -> runSoon(() -> answer.send(failure)));
    }

    /** Runs an answer in the turn. Answers that become due at once run in one turn. */
    private void runSoon(Runnable answer) {
        if (turnstile.isMine()) {
            turnstile.run(answer);
        } else {
            Pass.run(() -> turnstile.runInPass(Operation.of(null, 0, answer)));
        }
    }

    @InTurn
    private void answer(Session session, long request, long id, @Nullable Throwable failure) {
        long left = waitingBySession.get(session.id()) - 1;
        if (left > 0) {
            waitingBySession.put(session.id(), left);
        } else {
            waitingBySession.remove(session.id());
        }
        if (!session.isOpen()) {
            return;
        }
        if (failure == null) {
            session.reply(new Published(request, id));
        } else {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            session.refuse(
                    Refusal.of(
                            WampError.NETWORK_FAILURE,
                            "the event may have reached only the subscribers of this router, and may not be kept: "
                                    + cause.getMessage()),
                    Publish.CODE,
                    request);
        }
    }
}
