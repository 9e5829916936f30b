package io.junctor.client.internal;

import io.junctor.wamp.value.Ids;
import java.util.Arrays;
import java.util.List;

/** Checks session ids in options. */
public final class SessionIdCheck {
    private SessionIdCheck() {}

    public static List<Long> checked(long... ids) {
        for (long id : ids) {
            if (!Ids.isValid(id)) {
                throw new IllegalArgumentException(id + " is not a session id: an integer from 1 to 2^53");
            }
        }
        return Arrays.stream(ids).boxed().toList();
    }
}
