package io.junctor.cli.bench;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.LoadSession;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.wamp.message.FromRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Opens sessions, holds them, and lets them leave. An operation is a join, from the start of the connection to {@code WELCOME}. */
final class JoinRun {
    private static final long SILENCE_NANOS = 30_000_000_000L;
    private static final long TURN_NANOS = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadPlan plan;
    private final SessionFactory sessions;
    private final OperationStatistics statistics;
    private final ProgressDisplay progress;
    private final List<LoadSession> members = new ArrayList<>();
    private int leaving;
    private int left;

    JoinRun(LoadPlan plan, SessionFactory sessions, OperationStatistics statistics, ProgressDisplay progress) {
        this.plan = plan;
        this.sessions = sessions;
        this.statistics = statistics;
        this.progress = progress;
    }

    BenchResult run(List<ProcessUsage> servers) {
        long before = residentBytes(servers);
        statistics.measureFrom(Long.MIN_VALUE);
        CpuMeter joining = CpuMeter.start(servers);
        joinAll();
        double seconds = joining.seconds();
        Map<String, Double> figures = joining.read(members.size(), "join");
        hold();
        if (before > 0) {
            figures.put("server_bytes_per_session", (double) (residentBytes(servers) - before) / members.size());
        }
        CpuMeter parting = CpuMeter.start(servers);
        leaveAll();
        Double cpu = parting.read(left, "leave").get("server_cpu_us_per_leave");
        if (cpu != null) {
            figures.put("server_cpu_us_per_leave", cpu);
        }
        int lost = plan.connections() - left;
        return new BenchResult(
                "join",
                members.size(),
                seconds,
                figures,
                statistics.latency(),
                statistics.errors(),
                lost,
                statistics.firstError());
    }

    private void joinAll() {
        long startNanos = System.nanoTime();
        await("joining", () -> {
            while (mayJoin() && dueNanos(startNanos) <= System.nanoTime()) {
                members.add(sessions.joinSender(members.size(), new IdleSession(dueNanos(startNanos))));
            }
            return statistics.done() == plan.connections();
        });
    }

    private boolean mayJoin() {
        return members.size() < plan.connections() && sessions.hasPlace(members.size() - (int) statistics.done());
    }

    private long dueNanos(long startNanos) {
        return plan.isOpenLoop()
                ? startNanos + (long) (members.size() / plan.rate() * NANOS_PER_SECOND)
                : System.nanoTime();
    }

    private void hold() {
        long beginNanos = System.nanoTime();
        long untilNanos = beginNanos + plan.durationNanos();
        while (System.nanoTime() - untilNanos < 0) {
            sessions.loop().turn(TURN_NANOS);
            double share = (double) (System.nanoTime() - beginNanos) / plan.durationNanos();
            progress.tick("holding", share, statistics.done(), statistics.errors());
        }
    }

    private void leaveAll() {
        await("leaving", () -> {
            while (leaving < members.size() && sessions.hasPlace(leaving - left)) {
                members.get(leaving++).leave();
            }
            return left == members.size();
        });
    }

    private void await(String phase, BooleanSupplier done) {
        long seen = -1;
        long limitNanos = 0;
        while (!done.getAsBoolean()) {
            long count = statistics.done() + left;
            if (count > seen) {
                seen = count;
                limitNanos = System.nanoTime() + SILENCE_NANOS;
            } else if (System.nanoTime() - limitNanos > 0) {
                throw new BenchException(phase + " does not go on: the router was silent for 30 seconds.");
            }
            sessions.loop().turn(TURN_NANOS);
            progress.tick(phase, share(count), count, statistics.errors());
        }
    }

    /** Returns the finished part of the current phase: joining, and later leaving. */
    private double share(long count) {
        return (double) (leaving > 0 ? left : count) / plan.connections();
    }

    private static long residentBytes(List<ProcessUsage> servers) {
        return servers.stream()
                .mapToLong(server -> server.residentBytes().orElse(0))
                .sum();
    }

    private final class IdleSession implements LoadSession.Listener {
        private final long dueNanos;

        IdleSession(long dueNanos) {
            this.dueNanos = dueNanos;
        }

        @Override
        public void onJoined(LoadSession session) {
            statistics.onDone(dueNanos);
        }

        @Override
        public void onMessage(LoadSession session, FromRouter message) {
            statistics.onError("an unasked " + message.getClass().getSimpleName());
        }

        @Override
        public void onLeft() {
            left++;
        }
    }
}
