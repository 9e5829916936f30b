package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.wamp.value.Arguments;

/** The result of a call (section "Results and Errors"). Immutable. */
public final class Result extends ReceivedArguments {
    Result(Arguments arguments, ValueConverter conversion) {
        super(arguments, conversion);
    }

    /** Returns the first positional argument as the given type. */
    public <T> T as(Class<T> type) {
        return argument(0, type);
    }

    /** Returns the first positional argument as a generic type such as a list. */
    public <T> T as(TypeReference<T> type) {
        return argument(0, type);
    }

    /** Returns the number of arguments, without their values, for logs. */
    @Override
    public String toString() {
        return "result of " + arguments().size() + " arguments and "
                + keywords().size() + " keyword arguments";
    }
}
