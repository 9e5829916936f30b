package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.wamp.value.Arguments;

/** Immutable. The result of a call (section "Results and Errors"). */
public final class Result extends ReceivedArguments {
    Result(Arguments arguments, ValueConverter conversion) {
        super(arguments, conversion);
    }

    /** The first positional argument, which is what most procedures return. */
    public <T> T as(Class<T> type) {
        return argument(0, type);
    }

    /** The first positional argument, such as a list of a certain type. */
    public <T> T as(TypeReference<T> type) {
        return argument(0, type);
    }

    /** Counts the values; they never reach a log this way. */
    @Override
    public String toString() {
        return "result of " + arguments().size() + " arguments and "
                + keywords().size() + " keyword arguments";
    }
}
