package io.junctor.client;

import io.junctor.wamp.value.Serializer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Two sessions of the real router with different serializations, and what their handlers received. For one thread. */
final class Pair implements AutoCloseable {
    final LiveRouter router = LiveRouter.lenient();
    final Session ann;
    final Session bob;
    private final LinkedBlockingQueue<Object> handled = new LinkedBlockingQueue<>();

    Pair() {
        this(client -> client);
    }

    Pair(UnaryOperator<Client.Builder> setUp) {
        ann = setUp.apply(Client.builder(router.uri()).serializers(Serializer.JSON))
                .build()
                .join();
        bob = setUp.apply(Client.builder(router.uri()).serializers(Serializer.MSGPACK))
                .build()
                .join();
    }

    void got(Object value) {
        handled.add(value);
    }

    /** Waits for the next value that a handler received. */
    Object next() throws InterruptedException {
        Object value = handled.poll(5, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("handlers got nothing more");
        }
        return value;
    }

    boolean gotNothingMore() {
        return handled.isEmpty();
    }

    @Override
    public void close() {
        ann.close();
        bob.close();
        router.close();
    }
}
