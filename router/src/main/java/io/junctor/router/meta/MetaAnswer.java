package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.Arguments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Immutable. How a procedure of the router answers. */
public sealed interface MetaAnswer permits MetaAnswer.Ready, MetaAnswer.Later {
    /** Of more than this an answer is not made in the turn. */
    int MOST_IN_TURN = 1_000;

    /** Immutable. An answer that is there. */
    sealed interface Ready extends MetaAnswer permits MetaAnswer.Values, MetaAnswer.Refused, MetaAnswer.Denied {}

    /**
     * Immutable. With values.
     *
     * @param arguments the values
     * @param after what is done once the answer is on its way, in the same turn: whatever others are told of it comes behind
     */
    record Values(Arguments arguments, Runnable after) implements Ready {}

    /**
     * Immutable. With an error.
     *
     * @param refusal the error
     */
    record Refused(Refusal refusal) implements Ready {}

    /**
     * Immutable. With {@code wamp.error.not_authorized}, as the session may not do what it wants to have done.
     *
     * @param question what that is
     */
    record Denied(PermissionQuery question) implements Ready {}

    /**
     * Immutable. With what is not known yet, or takes long to put together; what the session asks for next waits for it.
     *
     * @param maker makes the answer, outside of the turn, once the stage is complete; may use what never changes only
     */
    record Later(CompletionStage<Supplier<Ready>> maker) implements MetaAnswer {}

    /** Positional values. */
    static Ready of(@Nullable Object... positional) {
        return new Values(Arguments.of(positional), () -> {});
    }

    /** No value; then {@code after} is done. */
    static Ready done(Runnable after) {
        return new Values(Arguments.NONE, after);
    }

    /** One value; then {@code after} is done. */
    static Ready of(Object value, Runnable after) {
        return new Values(Arguments.of(value), after);
    }

    /** An answer about so many things that {@code maker} has a copy of: made now if they are few, else outside of the turn. */
    static MetaAnswer about(int things, Supplier<Ready> maker) {
        return things <= MOST_IN_TURN ? maker.get() : new Later(CompletableFuture.completedFuture(maker));
    }
}
