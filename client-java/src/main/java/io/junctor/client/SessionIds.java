package io.junctor.client;

import io.junctor.wamp.value.Ids;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Safe for use by many threads. What the options have in common. */
final class SessionIds {
    private SessionIds() {}

    static List<Long> ids(long... ids) {
        return ids(Arrays.stream(ids).boxed().toList());
    }

    static List<Long> ids(Collection<Long> ids) {
        ids.forEach(id -> {
            if (!Ids.isValid(id)) {
                throw new IllegalArgumentException(id + " is no session id, an integer from 1 to 2^53");
            }
        });
        return List.copyOf(ids);
    }
}
