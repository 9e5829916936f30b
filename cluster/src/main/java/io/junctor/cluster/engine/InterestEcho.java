package io.junctor.cluster.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when all peers know the interests of a router: it sends them a question behind the interests, on the same
 * connection, and waits for their answers. Requests that come while a round is under way share the next one. For engines.
 * Thread-safe.
 */
public final class InterestEcho {
    private final LongConsumer ask;
    private Set<RouterId> peers = Set.of();
    private final Set<RouterId> answered = new HashSet<>();
    private long round;
    private @Nullable CompletableFuture<Void> current;
    private @Nullable CompletableFuture<Void> next;

    /**
     * An echo without peers.
     *
     * @param ask sends a question with the number of a round to all routers, behind all interests; must not block
     */
    public InterestEcho(LongConsumer ask) {
        this.ask = ask;
    }

    /** Completes when all peers have answered a question that is sent from now on. */
    public CompletionStage<Void> request() {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (current != null) {
                next = next == null ? new CompletableFuture<>() : next;
                return next;
            }
            if (peers.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            done = new CompletableFuture<>();
            begin(done);
        }
        askAgain();
        return done;
    }

    /** Takes the answer of a router to the question of a round. */
    public void onAnswer(RouterId router, long answeredRound) {
        synchronized (this) {
            if (answeredRound != round) {
                return;
            }
            answered.add(router);
        }
        endIfAnswered();
    }

    /** Sets who has to answer. Rounds under way wait for them only. */
    public void peers(Set<RouterId> routers) {
        synchronized (this) {
            peers = Set.copyOf(routers);
        }
        endIfAnswered();
        askAgain();
    }

    /** Asks again, as after a lost connection, if answers are missing. */
    public void askAgain() {
        long missing;
        synchronized (this) {
            if (current == null) {
                return;
            }
            missing = round;
        }
        ask.accept(missing);
    }

    /** Whether answers are missing. */
    public synchronized boolean isWaiting() {
        return current != null;
    }

    /** The caller holds the lock. */
    private void begin(CompletableFuture<Void> done) {
        current = done;
        answered.clear();
        round++;
    }

    private void endIfAnswered() {
        CompletableFuture<Void> ended;
        synchronized (this) {
            if (current == null || !answered.containsAll(peers)) {
                return;
            }
            ended = current;
            current = null;
            if (next != null) {
                begin(next);
                next = null;
            }
        }
        ended.complete(null);
        askAgain();
        endIfAnswered();
    }
}
