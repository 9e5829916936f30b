package io.junctor.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hostile client and ten ordinary callers share a router process with a heap of 64 MiB. The callers lose nothing and wait for
 * nothing, and when all have left, the router has what it had before.
 *
 * <p>{@code -Dhostile.seed=N} repeats what was drawn, {@code -Dhostile.seconds=N} sets the length, {@code -Dhostile.only=NAME,NAME}
 * runs these attacks only, {@code -Dhostile.heap=N} gives the router another heap, in MiB, {@code -Dhostile.latency=true} also judges
 * the slowest calls, {@code -Dhostile.nice=N} gives the router and the callers another priority than the attackers.
 */
class HostileClientTest {
    private static final Path DIRECTORY = Path.of("target", "hostile").toAbsolutePath();
    private static final int HEAP_MEGABYTES = 64;
    private static final int CALLS_PER_SECOND = 500;
    private static final int QUIET_CALLS_PER_SECOND = 100;
    private static final long SECONDS = 24;
    /** How much longer than on a router without attacks the slowest hundredth of the calls may take on a machine that is not busy. */
    private static final long MOST_MORE_MICROS = 50_000;
    /** The 99th percentile on a router without attacks, beside a router with attacks, on two processors that do nothing else. */
    private static final long QUIET_P99_MICROS = 8_000;

    private static final long MOST_MORE_HEAP_BYTES = 4L << 20;
    /** Only a machine without other load can judge it: a build on a busy one must not fail for that. */
    private static final boolean JUDGES_LATENCY = Boolean.getBoolean("hostile.latency");

    private static final int SLOWEST_SHOWN = 3;
    private static final int WARMUP_SECONDS = 3;
    /** Where the latency is judged, the attacks leave a part of the processors to the ordinary callers. */
    private static final long BYTES_PER_SECOND = (JUDGES_LATENCY ? 40L : 200L) << 20;

    private final long seed =
            Long.getLong("hostile.seed", ThreadLocalRandom.current().nextLong(1L << 40));
    private final long seconds = Long.getLong("hostile.seconds", SECONDS);
    private final int heapMegabytes = Integer.getInteger("hostile.heap", HEAP_MEGABYTES);
    private final List<String> problems = new ArrayList<>();

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void ordinaryCallsGoOnWhileAHostileClientAttacks() throws Exception {
        System.out.println("HostileClientTest seed " + seed + ", " + seconds + " s");
        try (RouterProcess router = RouterProcess.start(DIRECTORY, heapMegabytes);
                RouterProcess quiet = RouterProcess.start(DIRECTORY.resolve("quiet"), HEAP_MEGABYTES)) {
            System.out.println("before: " + call(router, WARMUP_SECONDS).text());
            expectNoSession(router);
            long baseBytes = router.liveHeapBytes();
            attack(router, quiet);
            if (router.isAlive()) {
                expectNoSession(router);
                expectMemoryBack(router, baseBytes);
            } else {
                problems.add("the router ended with exit code " + router.exitCode());
            }
            for (String line : router.log()) {
                if (line.contains("OutOfMemoryError") || line.contains(" ERROR ")) {
                    problems.add("in the log: " + line);
                }
            }
        }
        assertThat(problems).as("seed %d", seed).isEmpty();
    }

    private static List<Attack> attacks() {
        String only = System.getProperty("hostile.only", "");
        return only.isEmpty()
                ? List.of(Attack.values())
                : Stream.of(only.split(",")).map(Attack::of).toList();
    }

    private static OrdinaryCallers.Report call(RouterProcess router, long lengthSeconds)
            throws IOException, InterruptedException {
        try (OrdinaryCallers callers = OrdinaryCallers.start(router, CALLS_PER_SECOND, lengthSeconds)) {
            return callers.report(router);
        }
    }

    /** What callers of another router see meanwhile tells how busy the machine is: so much is not the router's fault. */
    private void attack(RouterProcess router, RouterProcess quiet) throws IOException, InterruptedException {
        HostileClient hostile = HostileClient.start(router, seed, attacks(), BYTES_PER_SECOND);
        OrdinaryCallers.Report report;
        OrdinaryCallers.Report elsewhere;
        MemoryWatch memory = MemoryWatch.start(router, heapMegabytes);
        try (memory;
                hostile;
                OrdinaryCallers quietCallers = OrdinaryCallers.start(quiet, QUIET_CALLS_PER_SECOND, seconds)) {
            report = call(router, seconds);
            elsewhere = quietCallers.report(router);
        }
        System.out.println("attacked: " + report.text());
        System.out.println("meanwhile, on a router without attacks: " + elsewhere.text());
        System.out.println("sent " + hostile.sentBytes() + " bytes; attacks: "
                + hostile.journal().counts());
        System.out.println("most bytes: " + memory.most());
        problems.addAll(memory.problems());
        problems.addAll(hostile.faults());
        if (report.isComplete() && elsewhere.isComplete()) {
            judge(report, elsewhere, hostile.journal());
        } else {
            problems.add("the callers did not come to an end: " + report.text());
            hostile.journal().entries().forEach(entry -> System.out.println("  " + entry));
        }
    }

    private void judge(OrdinaryCallers.Report report, OrdinaryCallers.Report elsewhere, AttackLog journal) {
        if (report.errors() + report.lost() > 0) {
            problems.add("of the ordinary calls some failed or were lost: " + report.text());
        }
        String slowest = report.slow().stream()
                .limit(SLOWEST_SHOWN)
                .map(slow -> slow + " while there was" + journal.around(slow.due()))
                .collect(Collectors.joining("\n"));
        System.out.println(slowest);
        long most = mostMicros(elsewhere.p99Micros());
        System.out.println("p99 " + report.p99Micros() + " us; at most " + most + " us");
        if (JUDGES_LATENCY && report.p99Micros() > most) {
            problems.add("p99 of the ordinary calls is %d us, more than %d us: %s"
                    .formatted(report.p99Micros(), most, slowest));
        }
    }

    /**
     * On a busy machine all work of a router takes longer, so more work is waiting when a call comes: the delay grows with the
     * square of what calls elsewhere show. At load 17 the 99th percentile was 322 ms, and 28 ms elsewhere.
     */
    private static long mostMicros(long elsewhereMicros) {
        double busy = Math.max(1, (double) elsewhereMicros / QUIET_P99_MICROS);
        return elsewhereMicros + (long) (busy * busy * MOST_MORE_MICROS);
    }

    private void expectNoSession(RouterProcess router) {
        expect("sessions and connections are left", () -> router.metric("junctor_sessions") == 0);
    }

    private void expectMemoryBack(RouterProcess router, long baseBytes) throws IOException, InterruptedException {
        long most = baseBytes + MOST_MORE_HEAP_BYTES;
        expect("memory is not given back", () -> router.liveHeapBytes() <= most);
        System.out.println("live heap before " + baseBytes + ", after " + router.liveHeapBytes());
    }

    private void expect(String otherwise, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(condition);
        } catch (ConditionTimeoutException late) {
            problems.add(otherwise);
        }
    }
}
