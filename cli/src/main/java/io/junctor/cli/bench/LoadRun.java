package io.junctor.cli.bench;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.SelectorLoop;
import java.util.List;
import java.util.Map;

/** Prepares a workload, warms up, measures, and waits for the outstanding answers. */
final class LoadRun {
    private static final long READY_NANOS = 60_000_000_000L;
    private static final long SILENCE_NANOS = 5_000_000_000L;
    private static final long TURN_NANOS = 20_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadPlan plan;
    private final Workload workload;
    private final SelectorLoop loop;
    private final OperationStatistics statistics;
    private final ProgressDisplay progress;
    private long startNanos;
    private long issued;

    LoadRun(
            LoadPlan plan,
            Workload workload,
            SelectorLoop loop,
            OperationStatistics statistics,
            ProgressDisplay progress) {
        this.plan = plan;
        this.workload = workload;
        this.loop = loop;
        this.statistics = statistics;
        this.progress = progress;
    }

    BenchResult run(String unit, List<ProcessUsage> servers) {
        prepare();
        startNanos = System.nanoTime();
        long measureNanos = startNanos + plan.warmupNanos();
        warmUp(measureNanos);
        statistics.measureFrom(measureNanos);
        long before = statistics.done();
        CpuMeter cpu = CpuMeter.start(servers);
        drive("measuring", measureNanos + plan.durationNanos());
        long operations = statistics.done() - before;
        double seconds = cpu.seconds();
        Map<String, Double> figures = cpu.read(operations, unit);
        statistics.measureUntil(measureNanos + plan.durationNanos());
        workload.stop();
        drain();
        return new BenchResult(
                unit,
                operations,
                seconds,
                figures,
                statistics.latency(),
                statistics.errors(),
                workload.owed,
                statistics.firstError());
    }

    /** Starts with one operation per connection: with full windows, code that is not compiled yet would stall the router. */
    private void warmUp(long untilNanos) {
        if (!plan.isOpenLoop()) {
            workload.start(1);
            drive("warming up", untilNanos - plan.warmupNanos() / 2);
            workload.start(plan.window() - 1);
        }
        drive("warming up", untilNanos);
    }

    private void prepare() {
        long limitNanos = System.nanoTime() + READY_NANOS;
        while (!workload.prepare()) {
            loop.turn(TURN_NANOS);
            progress.tick("joining", ProgressDisplay.UNKNOWN, statistics.done(), statistics.errors());
            if (System.nanoTime() - limitNanos > 0) {
                throw new BenchException("the sessions were not ready within 60 seconds.");
            }
        }
    }

    private void drive(String phase, long untilNanos) {
        long beginNanos = System.nanoTime();
        long now = beginNanos;
        while (now < untilNanos) {
            long wait = Math.min(TURN_NANOS, untilNanos - now);
            if (plan.isOpenLoop()) {
                wait = Math.min(wait, issueDue(now, untilNanos) - now);
            }
            loop.turn(wait);
            double share = (double) (now - beginNanos) / (untilNanos - beginNanos);
            progress.tick(phase, share, statistics.done(), statistics.errors());
            now = System.nanoTime();
        }
        if (plan.isOpenLoop()) {
            issueDue(untilNanos, untilNanos);
        }
    }

    /** Starts all operations that are due, also late ones. Returns the time at which the next operation is due. */
    private long issueDue(long now, long untilNanos) {
        long due = dueNanos();
        while (due <= now && due < untilNanos) {
            workload.issue(due);
            issued++;
            due = dueNanos();
        }
        return due;
    }

    private long dueNanos() {
        return startNanos + (long) (issued / plan.rate() * NANOS_PER_SECOND);
    }

    private void drain() {
        long owed = workload.owed;
        long limitNanos = System.nanoTime() + SILENCE_NANOS;
        while (owed > 0 && System.nanoTime() - limitNanos < 0) {
            loop.turn(TURN_NANOS);
            progress.tick("waiting for the rest", ProgressDisplay.UNKNOWN, statistics.done(), statistics.errors());
            if (workload.owed < owed) {
                limitNanos = System.nanoTime() + SILENCE_NANOS;
            }
            owed = workload.owed;
        }
    }
}
