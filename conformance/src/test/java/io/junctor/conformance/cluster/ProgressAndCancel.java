package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.CallOptions;
import io.junctor.client.ProgressiveCall;
import io.junctor.client.RegisterOptions;
import io.junctor.client.Result;
import io.junctor.client.ResultStream;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.CancelMode;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Canceling in each mode, progressive results and calls in parts across routers, and the router of the callee is killed meanwhile. */
final class ProgressAndCancel implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int RESULTS = 50;

    private String name = "";

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        name = "progress." + routers.random().nextInt(1 << 30);
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b())) {
            measurements.count("interrupts of mode skip", interrupts(a, b, CancelMode.SKIP), 0);
            measurements.count("interrupts of mode killnowait", interrupts(a, b, CancelMode.KILL_NO_WAIT), 1);
            measurements.count("interrupts of mode kill", interrupts(a, b, CancelMode.KILL), 1);
            measurements.count("progressive results", progressiveResults(a, b), RESULTS);
            measurements.count("sum of the parts of a call", sumOfParts(a, b), 1 + 2 + 3);
        }
        Duration longest = Duration.ZERO;
        for (int step = 0; step < 3; step++) {
            Duration answered = killedAt(routers, step);
            longest = answered.compareTo(longest) > 0 ? answered : longest;
            routers.heal();
        }
        measurements.time("answer when the callee's router is killed between two steps", longest, BOUND);
    }

    private long interrupts(Session a, Session b, CancelMode mode) throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        String procedure = name + "." + mode.wire();
        b.register(procedure, invocation -> {
            began.countDown();
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                interrupts.incrementAndGet();
                throw interrupted;
            }
            return null;
        });
        CompletableFuture<Result> call = a.async().call(procedure, Args.of(), CallOptions.DEFAULT.cancelMode(mode));
        began.await();
        call.cancel(true);
        // What is sent on the same way afterwards arrives afterwards.
        b.register(procedure + ".after", invocation -> null);
        a.call(procedure + ".after");
        if (mode == CancelMode.SKIP) {
            release.countDown();
        } else {
            await("an interrupt").atMost(PATIENCE).until(() -> interrupts.get() > 0);
        }
        release.countDown();
        return interrupts.get();
    }

    private long progressiveResults(Session a, Session b) {
        b.register(name + ".progress", invocation -> {
            for (int i = 1; i < RESULTS; i++) {
                invocation.progress().orElseThrow().send(i);
            }
            return RESULTS;
        });
        long expected = 1;
        try (ResultStream results = a.stream(name + ".progress")) {
            for (Result result : results) {
                expected += result.as(Long.class) == expected ? 1 : 0;
            }
            return expected == RESULTS ? results.result().as(Long.class) : expected - 1;
        }
    }

    private long sumOfParts(Session a, Session b) {
        b.register(name + ".parts", RegisterOptions.DEFAULT.inParts(), invocation -> {
            long sum = 0;
            for (var part : invocation.parts()) {
                sum += part.argument(0, Long.class);
            }
            return sum;
        });
        try (ProgressiveCall call = a.callInParts(name + ".parts", 1)) {
            call.send(2);
            return call.finish(3).as(Long.class);
        }
    }

    /** The time from the end of the router to the answer, where it is killed after so many progressive results. */
    private Duration killedAt(ThreeRouters routers, int step) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        String procedure = name + ".killed." + step;
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b())) {
            CountDownLatch began = new CountDownLatch(1);
            b.register(procedure, invocation -> {
                began.countDown();
                for (int i = 0; i < step; i++) {
                    invocation.progress().orElseThrow().send(i);
                }
                never.await();
                return null;
            });
            try (ResultStream results = a.stream(procedure)) {
                Iterator<Result> each = results.iterator();
                began.await();
                for (int i = 0; i < step; i++) {
                    each.next();
                }
                long killed = System.nanoTime();
                routers.b().kill();
                try {
                    results.result();
                    throw new AssertionError("a call to a callee that is gone has a result");
                } catch (WampException expected) {
                    return Duration.ofNanos(System.nanoTime() - killed);
                }
            }
        } finally {
            never.countDown();
        }
    }
}
