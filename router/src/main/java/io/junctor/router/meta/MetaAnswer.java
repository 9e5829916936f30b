package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.Arguments;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer of a procedure of the router. */
public sealed interface MetaAnswer permits MetaAnswer.Ready, MetaAnswer.Later, MetaAnswer.Listing {
    /** The maximum number of entries for which an answer is made in the turn. */
    int MAX_IN_TURN = 1_000;

    /** An answer that is complete. */
    sealed interface Ready extends MetaAnswer permits MetaAnswer.Values, MetaAnswer.Refused, MetaAnswer.Denied {}

    /**
     * A RESULT.
     *
     * @param arguments the arguments of the RESULT
     * @param after runs after the RESULT was sent, in the same turn, so that events which the call causes follow the RESULT
     */
    record Values(Arguments arguments, Runnable after) implements Ready {}

    /**
     * An ERROR.
     *
     * @param refusal the error
     */
    record Refused(Refusal refusal) implements Ready {}

    /**
     * {@code wamp.error.not_authorized}.
     *
     * @param query the request for which the session has no permission
     */
    record Denied(PermissionQuery query) implements Ready {}

    /**
     * An answer that is not known yet, or that takes long to make. The next request of the session waits for it.
     *
     * @param maker makes the answer outside of the turn when the stage is complete; must use only immutable state
     */
    record Later(CompletionStage<Supplier<Ready>> maker) implements MetaAnswer {}

    /**
     * An answer about many entries. The realm makes one such answer at a time, to hold only one copy of the entries in memory. The next
     * request of the session waits for it.
     *
     * @param copy copies the entries, in the turn, when the answer is made. The returned supplier makes the answer outside of the turn and
     *     must use only immutable state
     */
    record Listing(Supplier<Supplier<Ready>> copy) implements MetaAnswer {}

    /** A RESULT with positional arguments. */
    static Ready of(@Nullable Object... positional) {
        return new Values(Arguments.of(positional), () -> {});
    }

    /** An empty RESULT; then {@code after} runs. */
    static Ready done(Runnable after) {
        return new Values(Arguments.NONE, after);
    }

    /** A RESULT with one argument; then {@code after} runs. */
    static Ready of(Object value, Runnable after) {
        return new Values(Arguments.of(value), after);
    }

    /**
     * An answer about {@code entries} entries: made in the turn if there are few, otherwise outside of it.
     *
     * @param copy copies the entries, in the turn, and returns a supplier that makes the answer from the copy
     */
    static MetaAnswer about(int entries, Supplier<Supplier<Ready>> copy) {
        return entries <= MAX_IN_TURN ? copy.get().get() : new Listing(copy);
    }
}
