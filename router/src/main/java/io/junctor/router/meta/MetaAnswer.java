package io.junctor.router.meta;

import io.junctor.router.session.Refusal;
import io.junctor.wamp.value.Arguments;
import org.jspecify.annotations.Nullable;

/** Immutable. How a procedure of the router answers. */
public sealed interface MetaAnswer permits MetaAnswer.Values, MetaAnswer.Refused {
    /**
     * Immutable. With values.
     *
     * @param arguments the values
     * @param after what is done once the answer is on its way, in the same turn: whatever others are told of it comes behind
     */
    record Values(Arguments arguments, Runnable after) implements MetaAnswer {}

    /**
     * Immutable. With an error.
     *
     * @param refusal the error
     */
    record Refused(Refusal refusal) implements MetaAnswer {}

    /** Positional values. */
    static MetaAnswer of(@Nullable Object... positional) {
        return new Values(Arguments.of(positional), () -> {});
    }

    /** No value; then {@code after} is done. */
    static MetaAnswer done(Runnable after) {
        return new Values(Arguments.NONE, after);
    }

    /** One value; then {@code after} is done. */
    static MetaAnswer of(Object value, Runnable after) {
        return new Values(Arguments.of(value), after);
    }
}
