package io.junctor.cluster.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Determines when all peers know the interests of a router: it sends the peers a question after the interests, on the same connection, and
 * waits for the answer of each peer. Requests that arrive during a round share the next round. A question from a peer also means that the peer
 * may have new interests, so {@link #number} grows. Used by engines. Thread-safe.
 */
public final class InterestEcho {
    private final LongConsumer ask;
    private Set<RouterId> peers = Set.of();
    private final Set<RouterId> answered = new HashSet<>();
    private long round;
    private @Nullable CompletableFuture<Void> current;
    private @Nullable CompletableFuture<Void> next;
    private volatile long number;
    /** The value of {@link #number} while this router cannot have missed a question. */
    private long changes;
    /** How often questions of peers may have been missed, because the connection or the set of peers changed. */
    private int gaps;

    /**
     * Creates an echo that has no peers yet.
     *
     * @param ask sends a question with the number of the round to all routers, after all interests; must not block
     */
    public InterestEcho(LongConsumer ask) {
        this.ask = ask;
    }

    /** See {@link Lane#interestNumber}. */
    public long number() {
        return number;
    }

    /** Notes that a peer may have new interests, because it has sent a question. The caller must call this method before it answers the peer. */
    public synchronized void onNews() {
        changes++;
        number = number == 0 ? 0 : changes;
    }

    /** Notes that questions of peers may be missed from now on. */
    public synchronized void onDisconnected() {
        gaps++;
        number = 0;
    }

    /** Starts a round after a reconnect or a change of the peers. When all peers have answered, their questions arrive here again. */
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

    /** Starts a round, or joins the next one. The stage completes when all peers have answered a question that was sent after this call. */
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

    /** Processes the answer of a router to the question of a round. */
    public void onAnswer(RouterId router, long answeredRound) {
        synchronized (this) {
            if (answeredRound != round) {
                return;
            }
            answered.add(router);
        }
        endIfAnswered();
    }

    /** Sets the peers that have to answer. Rounds under way wait for these peers only. */
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

    /** Sends the question once more if answers are missing, for example after a lost connection. */
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
