package io.junctor.cluster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** What the parts of the contract suite share: engines of one cluster. */
public abstract class EngineContract {
    private final Random random = new Random();
    private final List<Engine> engines = new ArrayList<>();

    /** Opens an engine in the cluster of this test. */
    protected abstract Engine open(RouterId router);

    @AfterEach
    final void closeEngines() {
        engines.forEach(Engine::close);
    }

    /** Opens engines that are peers of each other. */
    protected final List<Engine> routers(int count) {
        List<Engine> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Engine engine = open(new RouterId(random.nextLong()));
            engines.add(engine);
            opened.add(engine);
        }
        Set<RouterId> all = opened.stream().map(Engine::router).collect(Collectors.toSet());
        for (Engine engine : opened) {
            engine.peers(all.stream()
                    .filter(router -> !router.equals(engine.router()))
                    .collect(Collectors.toSet()));
        }
        return opened;
    }

    /** Waits for a stage, a minute at most. */
    protected static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** Waits until a change was accepted. */
    protected static long accepted(CompletionStage<Written> change) {
        return switch (get(change)) {
            case Written.Accepted written -> written.revision();
            case Written.Conflict conflict -> throw new AssertionError("refused");
            case Written.Unknown unknown -> throw new AssertionError(unknown.reason());
        };
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
