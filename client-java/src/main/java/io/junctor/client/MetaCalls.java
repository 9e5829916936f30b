package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Immutable. What the meta APIs of subscriptions and of registrations have in common. */
final class MetaCalls {
    static final TypeReference<List<Long>> IDS = new TypeReference<>() {};

    private MetaCalls() {}

    /** The id that a lookup found, if any. */
    static OptionalLong id(Result result) {
        return result.optionalArgument(0, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Tells {@code listener} the session and the subscription or registration of each event. */
    static Subscription pairs(Session session, String topic, BiConsumer<Long, Long> listener) {
        return session.subscribe(
                topic, event -> listener.accept(event.argument(0, Long.class), event.argument(1, Long.class)));
    }
}
