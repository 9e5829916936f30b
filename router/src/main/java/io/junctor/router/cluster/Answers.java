package io.junctor.router.cluster;

import io.junctor.wamp.value.Payload;
import java.util.List;

/**
 * What other routers answered to a {@link Question}. Immutable.
 *
 * @param found the arguments of the result, of each router that has something of what was asked about
 * @param isComplete whether all routers have answered in time
 */
public record Answers(List<Payload> found, boolean isComplete) {
    /** Copies the list. */
    public Answers {
        found = List.copyOf(found);
    }
}
