package io.junctor.client;

import io.junctor.client.internal.BlockingWait;
import io.junctor.client.internal.Log;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.SessionEnd;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.session.JoinRound;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts the futures of the engine into futures of the API. Thread-safe. */
final class Futures {
    private Futures() {}

    /** Waits for a future of the engine. An interrupt ends the wait but not the request. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return BlockingWait.on(future);
        } catch (RuntimeException thrown) {
            throw translated(thrown);
        }
    }

    /**
     * Returns the future that the application sees. It completes on a virtual thread, so that dependent actions may block, and fails
     * with an exception of the API.
     */
    static <T, R> CompletableFuture<R> visible(CompletableFuture<T> future, Function<T, R> convert) {
        CompletableFuture<R> visible = new CompletableFuture<>();
        into(visible, future, convert);
        return visible;
    }

    /** Completes {@code visible} as {@link #visible} describes. */
    static <T, R> void into(CompletableFuture<R> visible, CompletableFuture<T> future, Function<T, R> convert) {
        var unused = future.whenCompleteAsync(
                (value, thrown) -> {
                    try {
                        if (thrown == null) {
                            visible.complete(convert.apply(value));
                        } else {
                            visible.completeExceptionally(translated(thrown));
                        }
                    } catch (RuntimeException | Error unfit) {
                        visible.completeExceptionally(unfit);
                    }
                },
                VirtualThreads.EXECUTOR);
    }

    /** Returns the future that the application sees for a future without a value. */
    static CompletableFuture<Void> finished(CompletableFuture<Void> future) {
        return visible(future, Function.identity());
    }

    /** Calls {@code listener} on a virtual thread with the value of {@code future}. */
    static <T> void tell(CompletableFuture<T> future, Consumer<T> listener) {
        var unused = future.thenAcceptAsync(listener, VirtualThreads.EXECUTOR).exceptionally(thrown -> {
            Log.of(Session.class).write(System.Logger.Level.ERROR, "a listener failed", thrown);
            return null;
        });
    }

    /** Returns the exception of the API for a failure of the engine. */
    static RuntimeException translated(Throwable thrown) {
        Throwable cause = JoinRound.cause(thrown);
        return switch (cause) {
            case RequestException failure when failure.ending() != null -> closed(failure, failure.ending());
            case RequestException failure ->
                new WampException(failure.error().text(), Args.received(failure.arguments()), failure.getCause());
            case RuntimeException other -> other;
            default -> new CompletionException(cause);
        };
    }

    static CloseReason closeReason(SessionEnd ending) {
        CloseReason.By by = switch (ending.by()) {
            case CLIENT -> CloseReason.By.CLIENT;
            case ROUTER -> CloseReason.By.ROUTER;
            case VIOLATION -> CloseReason.By.VIOLATION;
            case TRANSPORT -> CloseReason.By.TRANSPORT;
        };
        return new CloseReason(by, ending.reason().text(), ending.message());
    }

    private static WampException closed(RequestException failure, @Nullable SessionEnd ending) {
        Object text = failure.arguments().positional().getFirst();
        return ending == null
                ? new WampException(failure.error().text(), String.valueOf(text))
                : new SessionClosedException(closeReason(ending), String.valueOf(text), failure.requestWasSent());
    }
}
