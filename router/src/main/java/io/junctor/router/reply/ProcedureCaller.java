package io.junctor.router.reply;

import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls procedures that clients registered, for the router itself. Thread-safe. */
@FunctionalInterface
public interface ProcedureCaller {
    /** The outcome of a call. */
    sealed interface Answer permits Returned, Failed {}

    /**
     * The procedure returned.
     *
     * @param arguments its result
     */
    record Returned(Arguments arguments) implements Answer {}

    /**
     * The callee or the router answered with {@code ERROR}.
     *
     * @param error the URI of the error
     * @param arguments the arguments of the error
     */
    record Failed(Uri error, Arguments arguments) implements Answer {}

    /** Calls {@code procedure}. Must not be called in a turn; the answer completes outside of any turn. */
    CompletableFuture<Answer> call(Uri procedure, Arguments arguments, Duration timeout);
}
