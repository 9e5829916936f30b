package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.message.FromRouter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its answer. Used with the session's lock held, except for the future.
 *
 * @param <R> the type of the answer
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
     * Creates a request of type {@code code} that is answered by {@code answerType}.
     *
     * @param label the name in failures, such as {@code CALL shop.order.create}
     */
    PendingRequest(int code, String label, Class<R> answerType) {
        this.code = code;
        this.label = label;
        this.answerType = answerType;
    }

    /** Sets an action that runs under the lock when the request has its id and is in the send buffer. */
    PendingRequest<R> onSent(Runnable action) {
        onSent = action;
        return this;
    }

    /** Sets an action that runs under the lock when the answer arrives, before later messages are handled. */
    PendingRequest<R> onAnswer(Consumer<R> action) {
        onAnswer = action;
        return this;
    }

    /** Sets an action that runs under the lock when an error arrives instead of the answer. */
    PendingRequest<R> onError(Runnable action) {
        onError = action;
        return this;
    }

    /** Sets an action that runs under the lock for each progressive result and its size. Without it, these results are dropped. */
    PendingRequest<R> onPart(ObjIntConsumer<R> action) {
        onPart = action;
        return this;
    }

    /** Lets the answer be handled even if it arrives after the timeout. */
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

    /** Notes that the caller no longer waits. Returns whether the answer must still be handled. */
    boolean abandonedLocked() {
        abandoned = true;
        return keptAfterTimeout;
    }

    /** Returns whether the caller no longer waits. */
    boolean isAbandonedLocked() {
        return abandoned;
    }

    /** The request id, 0 before the request was sent. */
    long id() {
        return id;
    }

    /** The limit from sending to the answer, and between two progressive results. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    void sentLocked(long givenId, long givenNanos, Timers.Timer givenTimer) {
        id = givenId;
        timeoutNanos = givenNanos;
        timer = givenTimer;
        onSent.run();
    }

    /** Restarts the timeout. */
    void restartLocked(Timers.Timer givenTimer) {
        timer.cancel();
        timer = givenTimer;
    }

    /** Handles a progressive result. Returns false if the request accepts none. */
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

    /** Handles the answer. Returns an action to run without the lock. */
    Runnable answeredLocked(FromRouter message) {
        R given = answerType.cast(message);
        timer.cancel();
        onAnswer.accept(given);
        return () -> answer.complete(given);
    }

    /** Handles a failure. Returns an action to run without the lock. */
    Runnable failedLocked(Supplier<RequestException> failure) {
        timer.cancel();
        onError.run();
        return () -> answer.completeExceptionally(failure.get());
    }
}
