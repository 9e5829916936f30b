package io.junctor.router.meta;

import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;

/** A procedure that the router itself provides. Confined to the realm's turn. */
@FunctionalInterface
public interface MetaProcedure {
    /**
     * Answers a call of {@code caller}.
     *
     * @throws InvalidArgumentException if an argument is invalid
     */
    @InTurn
    MetaAnswer call(Session caller, MetaArguments arguments);
}
