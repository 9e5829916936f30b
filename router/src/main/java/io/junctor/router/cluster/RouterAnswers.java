package io.junctor.router.cluster;

import io.junctor.wamp.value.Payload;
import java.util.List;

/**
 * The answers of other routers to a {@link MetaQuestion}.
 *
 * @param found the arguments of the results, one for each router that has entries which the question is about
 * @param isComplete whether all routers have answered in time
 */
public record RouterAnswers(List<Payload> found, boolean isComplete) {
    /** Copies the list. */
    public RouterAnswers {
        found = List.copyOf(found);
    }
}
