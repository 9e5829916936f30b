package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.SessionMetaApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAccumulator;

/** A router is killed beside calls to its callees. Those must be answered, and everything of its sessions must go. */
final class KilledRouter implements Experiment {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int OPEN_CALLS = 10;
    private static final int LOOPS = 4;

    private final int times;
    private final LongAccumulator answered = new LongAccumulator(Math::max, 0);
    private final LongAccumulator free = new LongAccumulator(Math::max, 0);
    private final LongAccumulator gone = new LongAccumulator(Math::max, 0);
    private final LongAccumulator testament = new LongAccumulator(Math::max, 0);
    private long wrongTestaments;
    private long wrongAnswers;

    KilledRouter(int times) {
        this.times = times;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        for (int i = 0; i < times; i++) {
            kill(routers, "killed." + routers.random().nextInt(1 << 30));
            routers.heal();
        }
        measurements.time("calls answered", Duration.ofNanos(answered.get()), BOUND);
        measurements.time("procedure is free", Duration.ofNanos(free.get()), BOUND);
        measurements.time("session is gone from the meta API", Duration.ofNanos(gone.get()), BOUND);
        measurements.time("testament is published", Duration.ofNanos(testament.get()), BOUND);
        measurements.count("testaments published not once, of " + times, wrongTestaments, 0);
        measurements.count("wrong answers", wrongAnswers, 0);
    }

    private void kill(ThreeRouters routers, String name) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c())) {
            b.register(name + ".echo", invocation -> invocation.argument(0, Long.class));
            b.register(name + ".slow", invocation -> {
                never.await();
                return null;
            });
            List<Long> testaments = new CopyOnWriteArrayList<>();
            b.testaments().add(name + ".testament", Args.of(1), PublishOptions.DEFAULT);
            c.subscribe(name + ".testament", event -> testaments.add(System.nanoTime()));
            List<CallLoop> loops = new ArrayList<>();
            List<CompletableFuture<Result>> open = new ArrayList<>();
            for (Session caller : List.of(a, c)) {
                for (int i = 0; i < LOOPS; i++) {
                    loops.add(new CallLoop(caller, name + ".echo"));
                }
                for (int i = 0; i < OPEN_CALLS; i++) {
                    open.add(caller.async().call(name + ".slow"));
                }
            }
            await().atMost(PATIENCE).until(() -> loops.stream().allMatch(loop -> loop.count("answered") > 5));
            Pause.of(Duration.ofMillis(routers.random().nextInt(1000)));

            long killed = System.nanoTime();
            routers.b().kill();
            open.forEach(call -> {
                var unused = call.whenComplete((result, failure) -> answered.accumulate(System.nanoTime() - killed));
            });
            awaitGone(a, c, b.id(), name, killed);
            await("the testament").atMost(PATIENCE).until(() -> !testaments.isEmpty());
            testament.accumulate(testaments.getFirst() - killed);
            await("the calls are answered")
                    .atMost(PATIENCE)
                    .until(() -> open.stream().allMatch(Future::isDone));
            for (CallLoop loop : loops) {
                loop.close();
                answered.accumulate(loop.longest().toNanos());
                wrongAnswers += loop.count("another answer");
            }
            wrongTestaments += testaments.size() == 1 ? 0 : 1;
        } finally {
            never.countDown();
        }
    }

    private void awaitGone(Session a, Session c, long session, String name, long killed) {
        await("the procedure is free").atMost(PATIENCE).pollInterval(STEP).until(() -> registers(a, name + ".slow"));
        free.accumulate(System.nanoTime() - killed);
        SessionMetaApi meta = new SessionMetaApi(c);
        await("the session is gone")
                .atMost(PATIENCE)
                .pollInterval(STEP)
                .until(() -> !meta.list().contains(session));
        gone.accumulate(System.nanoTime() - killed);
    }

    private static boolean registers(Session session, String procedure) {
        try {
            session.register(procedure, invocation -> null);
            return true;
        } catch (WampException taken) {
            return false;
        }
    }
}
