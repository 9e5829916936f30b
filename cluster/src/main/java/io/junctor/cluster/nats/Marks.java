package io.junctor.cluster.nats;

import io.junctor.cluster.engine.EngineException;
import io.junctor.router.turn.Pass;
import io.nats.client.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out what the server has: it sends a mark behind the messages of a connection, which comes back on another connection of the
 * router. One mark is under way at a time; what is asked meanwhile shares the next one. So the more messages there are, the fewer marks
 * each of them costs. Thread-safe.
 */
final class Marks {
    /** A publisher waits until the server has what was published after position {@code since}. */
    private record Waiting(long since, CompletableFuture<Void> done) {
        void fail(String reason) {
            done.completeExceptionally(new EngineException(reason, true));
        }
    }

    private final String subject;
    private final Outbound outbound;
    private final LossWatch losses;
    /** The requests that the next mark answers. This object guards it and the fields below. */
    private List<Waiting> waiting = new ArrayList<>();

    /** The requests that the mark under way answers; empty if no mark is under way. */
    private List<Waiting> marked = List.of();

    /** The number of the last mark. */
    private long number;

    /** The number of the last mark at the last tick. */
    private long numberAtTick;

    /** {@code losses} is confined to the thread that writes. */
    Marks(String subject, Outbound outbound, LossWatch losses) {
        this.subject = subject;
        this.outbound = outbound;
        this.losses = losses;
    }

    /** Completes when the server has what was published after position {@code since}. */
    CompletionStage<Void> ask(long since) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Waiting(since, done));
            if (marked.isEmpty()) {
                markNext();
            }
        }
        outbound.send();
        return done;
    }

    /** Takes a mark that came back. Returns false if the bytes are no mark: anything on NATS may have sent them. */
    boolean onMark(byte[] mark) {
        if (mark.length != Long.BYTES) {
            return false;
        }
        List<Waiting> confirmed;
        synchronized (this) {
            if (ByteBuffer.wrap(mark).getLong() != number) {
                return true;
            }
            confirmed = marked;
            markNext();
        }
        outbound.send();
        Pass.run(() -> confirmed.forEach(each -> each.done.complete(null)));
        return true;
    }

    /** Sends the mark under way once more, as it may be lost. */
    void sendAgain() {
        synchronized (this) {
            if (!marked.isEmpty()) {
                addMark();
            }
        }
        outbound.send();
    }

    /** Sends a mark once more that has not come back since the last tick. */
    void onTick() {
        boolean isSame;
        synchronized (this) {
            isSame = number == numberAtTick;
            numberAtTick = number;
        }
        if (isSame) {
            sendAgain();
        }
    }

    /** Tells all that wait that the messages may be lost. */
    void fail(String reason) {
        List<Waiting> failed;
        synchronized (this) {
            failed = new ArrayList<>(marked);
            failed.addAll(waiting);
            marked = List.of();
            waiting = new ArrayList<>();
        }
        Pass.run(() -> failed.forEach(each -> each.fail(reason)));
    }

    /** The caller holds the lock. */
    private void markNext() {
        marked = waiting;
        waiting = new ArrayList<>();
        if (!marked.isEmpty()) {
            addMark();
        }
    }

    /** The caller holds the lock, so marks are written in the order of their numbers; it sends them when it has released it. */
    private void addMark() {
        long mark = ++number;
        List<Waiting> all = marked;
        outbound.add(new Outbound.Task(
                0, true, to -> write(mark, all, to), () -> failSoon(all, "there is no connection to NATS")));
    }

    /** Runs on the thread that writes. */
    private void write(long mark, List<Waiting> all, Connection to) {
        if (all.stream().anyMatch(each -> losses.isLossAfter(each.since, to))) {
            failSoon(all, "the connection to NATS was lost");
        } else {
            to.publish(subject, ByteBuffer.allocate(Long.BYTES).putLong(mark).array());
        }
    }

    /** The requests of a mark are told on another thread, unless others have told them meanwhile. */
    private void failSoon(List<Waiting> all, String reason) {
        outbound.tell(() -> {
            if (endMark(all)) {
                outbound.send();
                Pass.run(() -> all.forEach(each -> each.fail(reason)));
            }
        });
    }

    private synchronized boolean endMark(List<Waiting> all) {
        boolean isUnderWay = marked == all;
        if (isUnderWay) {
            markNext();
        }
        return isUnderWay;
    }
}
