package io.junctor.cluster.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when all peers know the interests of a router: it sends them a question behind the interests, on the same
 * connection, and waits for their answers. Requests that come while a round is under way share the next one. The question of a peer
 * says, too, that it may have new interests: {@link #number} grows. For engines. Thread-safe.
 */
public final class InterestEcho {
    private final LongConsumer ask;
    private Set<RouterId> peers = Set.of();
    private final Set<RouterId> answered = new HashSet<>();
    private long round;
    private @Nullable CompletableFuture<Void> current;
    private @Nullable CompletableFuture<Void> next;
    private volatile long number;
    /** What the number would be if no question could be missed. */
    private long changes;
    /** How often questions may have been missed. */
    private int gaps;

    /**
     * An echo without peers.
     *
     * @param ask sends a question with the number of a round to all routers, behind all interests; must not block
     */
    public InterestEcho(LongConsumer ask) {
        this.ask = ask;
    }

    /** See {@link Lane#interestNumber}. */
    public long number() {
        return number;
    }

    /** A peer may have new interests, as it asks: call this before it is answered. */
    public synchronized void onNews() {
        changes++;
        number = number == 0 ? 0 : changes;
    }

    /** Questions of peers may be missed from now on. */
    public synchronized void onDisconnected() {
        gaps++;
        number = 0;
    }

    /** Questions of peers arrive again as soon as the peers know of this router. */
    public void onConnected() {
        int before;
        synchronized (this) {
            onDisconnected();
            before = gaps;
        }
        var unused = request().thenRun(() -> onKnown(before));
    }

    private synchronized void onKnown(int before) {
        if (gaps == before) {
            changes++;
            number = changes;
        }
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
        boolean isChanged;
        synchronized (this) {
            isChanged = !peers.equals(routers);
            peers = Set.copyOf(routers);
        }
        endIfAnswered();
        askAgain();
        if (isChanged) {
            onConnected();
        }
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
