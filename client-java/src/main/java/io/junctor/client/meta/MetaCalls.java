package io.junctor.client.meta;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.Subscription;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Calls and subscriptions that the meta APIs of subscriptions and of registrations share. */
final class MetaCalls {
    static final TypeReference<List<Long>> IDS = new TypeReference<>() {};

    private MetaCalls() {}

    /** Returns the id in the result of a lookup, if there is one. */
    static OptionalLong id(Result result) {
        return result.optionalArgument(0, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Calls {@code listener} with the two ids of each event of {@code topic}. */
    static Subscription pairs(Session session, String topic, BiConsumer<Long, Long> listener) {
        return session.subscribe(
                topic, event -> listener.accept(event.argument(0, Long.class), event.argument(1, Long.class)));
    }
}
