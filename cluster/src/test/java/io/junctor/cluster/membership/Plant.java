package io.junctor.cluster.membership;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.turn.ManualTimers;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Routers on a network in memory. Time stands still until the test advances it, in steps of 50 ms. Single-threaded. */
final class Plant {
    private static final Duration STEP = Duration.ofMillis(50);

    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final ManualTimers timers = new ManualTimers();
    final MemoryNetwork network = new MemoryNetwork(timers, steps::add);

    /** A router that starts now. */
    Router start(long id) {
        Router router = new Router(new RouterId(id));
        router.membership.start();
        settle();
        return router;
    }

    /** Advances the clock; the timers of routers that hang are skipped. */
    void advance(Duration duration) {
        for (long i = 0; i < duration.dividedBy(STEP); i++) {
            timers.advance(STEP);
            settle();
        }
    }

    void settle() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }

    /** A router with what its membership told. */
    final class Router implements MembershipListener {
        final RouterId id;
        final Engine engine;
        final Membership membership;
        final List<String> news = new ArrayList<>();
        private boolean hangs;
        /** Whether it removes the records of dead routers at once. */
        boolean clearsAtOnce = true;

        Router(RouterId id) {
            this.id = id;
            this.engine = network.open(id);
            this.membership = new Membership(engine, new Pausing(), "node" + id.value(), this);
        }

        /** Runs none of its timers, as a process that is stopped. */
        void hang() {
            hangs = true;
        }

        /** Goes on at the present time. */
        void wake() {
            hangs = false;
        }

        Set<RouterId> others() {
            return membership.others();
        }

        @Override
        public void onJoined(RouterId router, String name) {
            news.add(name + " joined");
        }

        @Override
        public void onSuspected(RouterId router) {
            news.add("node" + router.value() + " suspected");
        }

        @Override
        public void onTrusted(RouterId router) {
            news.add("node" + router.value() + " trusted");
        }

        @Override
        public void onGone(RouterId router, String reason, boolean clearsUp) {
            news.add("node" + router.value() + " gone" + (clearsUp ? ", clear up: " : ": ") + reason);
            if (clearsUp && clearsAtOnce) {
                membership.cleared(router);
            }
        }

        @Override
        public void onExcluded() {
            news.add("excluded");
        }

        /** The clock of all, and timers that do not run while the router hangs. */
        private final class Pausing implements Timers {
            @Override
            public long nanos() {
                return timers.nanos();
            }

            @Override
            public Instant now() {
                return timers.now();
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                return timers.after(delay, () -> runUnlessHanging(action));
            }

            @Override
            public Timer every(Duration period, Runnable action) {
                return timers.every(period, () -> runUnlessHanging(action));
            }

            private void runUnlessHanging(Runnable action) {
                if (!hangs) {
                    action.run();
                }
            }
        }
    }
}
