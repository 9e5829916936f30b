package io.junctor.cluster.memory;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Serial;
import io.junctor.cluster.engine.Written;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One router's way to a store and back: requests and answers travel over the network. Thread-safe. */
final class MemoryStoreRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MemoryEngine engine;
    private final MemoryStore store;
    private final Link to;
    private final Link from;
    /** The open requests, in the order in which they were sent; each is called with the fault that ends it. */
    private final Set<Consumer<EngineException>> open = Collections.synchronizedSet(new LinkedHashSet<>());

    MemoryStoreRequests(MemoryEngine engine, MemoryStore store) {
        this.engine = engine;
        this.store = store;
        this.to = link(new Serial(engine.network.executor));
        this.from = link(engine.control());
    }

    static EngineException notConnected() {
        return new EngineException("there is no connection to the network in memory", true);
    }

    /** Lets the store run {@code action}; the future completes with the result on the thread for control. */
    <T> CompletableFuture<T> request(Supplier<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Consumer<EngineException> end = fault -> engine.control().execute(() -> answer.completeExceptionally(fault));
        open.add(end);
        var patience = engine.network.timers.after(
                PATIENCE,
                () -> end.accept(new EngineException(
                        "the store " + store.name() + " did not answer within " + PATIENCE.toSeconds() + " s", true)));
        CompletableFuture<T> unused = answer.whenComplete((done, fault) -> {
            open.remove(end);
            patience.cancel();
        });
        if (engine.isConnected()) {
            send(
                    to,
                    () -> store.run(() -> {
                        T result = action.get();
                        deliver(() -> answer.complete(result));
                    }));
        } else {
            end.accept(notConnected());
        }
        return answer;
    }

    /** Lets the store run {@code change} as {@link #request} does; the outcome is unknown if the store does not answer. */
    CompletableFuture<Written> change(Supplier<Written> change) {
        return request(change).exceptionally(fault -> new Written.Unknown(String.valueOf(fault.getMessage())));
    }

    /** Sends a notice of the store to the router, after all earlier answers. */
    void deliver(Runnable news) {
        send(from, news);
    }

    void onDisconnected() {
        List.copyOf(open).forEach(request -> request.accept(notConnected()));
    }

    private void send(Link link, Runnable arrival) {
        long epoch = engine.epoch();
        link.send(() -> {
            if (engine.isConnectedSince(epoch)) {
                arrival.run();
            }
        });
    }

    private Link link(Executor receiving) {
        return new Link(engine.network.timers, engine.network.faults, receiving);
    }
}
