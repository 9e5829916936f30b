package io.junctor.client;

import io.junctor.wamp.value.Arguments;

/** Immutable. A call that is to be answered (section "Calling and Invocations"). */
public final class Invocation extends Values {
    private final String procedure;

    Invocation(String procedure, Arguments arguments, Conversion conversion) {
        super(arguments, conversion);
        this.procedure = procedure;
    }

    /** The procedure that was called. */
    public String procedure() {
        return procedure;
    }

    /** Names the procedure; arguments never reach a log this way. */
    @Override
    public String toString() {
        return "invocation of " + procedure;
    }
}
