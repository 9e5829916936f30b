package io.junctor.router.meta;

import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;

/** Belongs to the turn. A procedure that the router itself carries out. */
@FunctionalInterface
public interface MetaProcedure {
    /**
     * Carries out a call of {@code caller}.
     *
     * @throws InvalidArgument if an argument is none that the procedure takes
     */
    @InTurn
    MetaAnswer call(Session caller, MetaArguments arguments);
}
