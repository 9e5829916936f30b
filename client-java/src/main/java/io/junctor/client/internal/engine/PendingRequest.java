package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestFailure;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.message.FromRouter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Used under the session's lock, except for the future. A request that waits for its answer.
 *
 * @param <R> the answer
 */
final class PendingRequest<R extends FromRouter> {
    private final int code;
    private final String label;
    private final Class<R> answerType;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private Runnable onSent = () -> {};
    private Consumer<R> onAnswer = given -> {};
    private Runnable onError = () -> {};
    private @Nullable ObjIntConsumer<R> onPart;
    private boolean keptAfterTimeout;
    private boolean abandoned;
    private long id;
    private long timeoutNanos;
    private Timers.Timer timer = () -> {};

    /**
     * A request of type {@code code} that is answered by {@code answerType}.
     *
     * @param label what failures call it, such as {@code CALL shop.order.create}
     */
    PendingRequest(int code, String label, Class<R> answerType) {
        this.code = code;
        this.label = label;
        this.answerType = answerType;
    }

    /** Runs under the lock once the request has its id and its place in the outbox. */
    PendingRequest<R> onSent(Runnable action) {
        onSent = action;
        return this;
    }

    /** Runs under the lock when the answer arrives, before any later message is looked at. */
    PendingRequest<R> onAnswer(Consumer<R> action) {
        onAnswer = action;
        return this;
    }

    /** Runs under the lock when an error arrives instead. */
    PendingRequest<R> onError(Runnable action) {
        onError = action;
        return this;
    }

    /** Runs under the lock for each partial answer with its size; without it they are dropped. */
    PendingRequest<R> onPart(ObjIntConsumer<R> action) {
        onPart = action;
        return this;
    }

    /** Its answer matters even when nobody waits for it any more. */
    PendingRequest<R> keptAfterTimeout() {
        keptAfterTimeout = true;
        return this;
    }

    int code() {
        return code;
    }

    String label() {
        return label;
    }

    CompletableFuture<R> answer() {
        return answer;
    }

    /** Nobody waits any more; returns whether the answer matters all the same. */
    boolean abandonedLocked() {
        abandoned = true;
        return keptAfterTimeout;
    }

    /** Whether nobody waits any more. */
    boolean isAbandonedLocked() {
        return abandoned;
    }

    /** The id, 0 before it was sent. */
    long id() {
        return id;
    }

    /** From being sent to its answer, and between partial answers. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    void sentLocked(long givenId, long givenNanos, Timers.Timer givenTimer) {
        id = givenId;
        timeoutNanos = givenNanos;
        timer = givenTimer;
        onSent.run();
    }

    /** Its time begins anew. */
    void restartLocked(Timers.Timer givenTimer) {
        timer.cancel();
        timer = givenTimer;
    }

    /** A partial answer, which leaves it open. Returns whether that was asked for. */
    boolean partLocked(FromRouter message, int size) {
        if (onPart == null) {
            return false;
        }
        onPart.accept(answerType.cast(message), size);
        return true;
    }

    boolean isAnsweredBy(FromRouter message) {
        return answerType.isInstance(message);
    }

    /** What is to be done once the lock is free. */
    Runnable answeredLocked(FromRouter message) {
        R given = answerType.cast(message);
        timer.cancel();
        onAnswer.accept(given);
        return () -> answer.complete(given);
    }

    /** What is to be done once the lock is free. */
    Runnable failedLocked(Supplier<RequestFailure> failure) {
        timer.cancel();
        onError.run();
        return () -> answer.completeExceptionally(failure.get());
    }
}
