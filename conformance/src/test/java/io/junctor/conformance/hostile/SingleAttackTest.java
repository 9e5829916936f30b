package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.WebSocketTransport.ReadMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Attacks that have a router of their own, with a heap of 64 MiB. What they do to it is not hidden by other attacks, so their limits are
 * judged more strictly than in {@link HostileClientTest}.
 */
@Timeout(300)
class SingleAttackTest {
    private static final Path DIRECTORY = Path.of("target", "hostile", "single").toAbsolutePath();
    private static final int HEAP_MEGABYTES = 64;
    private static final long MIB = 1 << 20;
    /** The most that an outbox may count: a sixteenth of the heap, twice, as large events count with their encoded form. */
    private static final long OUTBOX_BYTES = 8 * MIB;
    /** The most that events in all outboxes may count: one and a quarter times a quarter of the heap. */
    private static final long ALL_OUTBOXES_BYTES = 20 * MIB;

    private static final long UNLIMITED = 1L << 40;
    private static final String EVENT = "x".repeat(100_000);
    private static final int READERS = 12;

    /** So many long lists a second are a small part of what a router can do that refuses them. */
    private static final long LIST_BYTES_PER_SECOND = 20 * MIB;

    private static final int LIST_SECONDS = 8;
    private static final int CALLS_PER_SECOND = 200;
    private static final String REFUSED = "junctor_requests_with_invalid_argument_total";
    /** How much longer than on a router without attacks half of the calls may take, besides twice the time. */
    private static final long MOST_MORE_MICROS = 20_000;
    /** On a machine where half of the calls to a router without attacks take longer, the latency tells nothing. */
    private static final long BUSY_MICROS = 2_000;

    private final long seed =
            Long.getLong("hostile.seed", ThreadLocalRandom.current().nextLong(1L << 40));

    /** A router that takes such lists has the turn most of the time. */
    @Test
    void longListsOfEqualHashAreRefusedAndDoNotHoldTheTurn() throws Exception {
        try (RouterProcess router = RouterProcess.start(DIRECTORY.resolve("lists"), HEAP_MEGABYTES);
                RouterProcess quiet = RouterProcess.start(DIRECTORY.resolve("quiet"), HEAP_MEGABYTES);
                HostileClient hostile = HostileClient.start(
                        router, seed, List.of(Attack.EXCLUDE_LISTS_OF_EQUAL_HASH), LIST_BYTES_PER_SECOND);
                OrdinaryCallers callers = OrdinaryCallers.start(router, CALLS_PER_SECOND, LIST_SECONDS);
                OrdinaryCallers quietCallers = OrdinaryCallers.start(quiet, CALLS_PER_SECOND, LIST_SECONDS)) {
            OrdinaryCallers.Report report = callers.report(router);
            OrdinaryCallers.Report elsewhere = quietCallers.report(router);
            hostile.close();
            System.out.println("attacked: " + report.text());
            System.out.println("meanwhile, on a router without attacks: " + elsewhere.text());
            assertThat(hostile.faults()).isEmpty();
            assertThat(report.isComplete()).as(report.text()).isTrue();
            assertThat(report.errors() + report.lost()).isZero();
            assertThat(router.metric(REFUSED))
                    .as("seed %d: refused lists, where three of four are too long", seed)
                    .isGreaterThan(messages(hostile) / 3.0);
            if (elsewhere.p50Micros() <= BUSY_MICROS) {
                assertThat(report.p50Micros())
                        .as("seed %d: half of the calls, in microseconds", seed)
                        .isLessThanOrEqualTo(2 * elsewhere.p50Micros() + MOST_MORE_MICROS);
            }
        }
    }

    private static long messages(HostileClient hostile) {
        return hostile.journal().entries().stream()
                .mapToLong(AttackLog.Entry::messages)
                .sum();
    }

    @Test
    void aSubscriberThatDoesNotReadHoldsOneOutbox() throws Exception {
        try (RouterProcess router = RouterProcess.start(DIRECTORY.resolve("outbox"), HEAP_MEGABYTES)) {
            NeverReading never = new NeverReading(router, seed, 1);
            never.publishUntilTheRouterHolds(OUTBOX_BYTES * 3 / 4);
            // What is being written counts besides.
            assertThat(never.mostBytesWhilePublishing(4 * OUTBOX_BYTES))
                    .isLessThan(OUTBOX_BYTES + 4.0 * EVENT.length());
            never.end();
        }
    }

    @Test
    void subscribersThatDoNotReadHoldTogetherWhatAllOutboxesMay() throws Exception {
        try (RouterProcess router = RouterProcess.start(DIRECTORY.resolve("outboxes"), HEAP_MEGABYTES)) {
            NeverReading never = new NeverReading(router, seed, READERS);
            never.publishUntilTheRouterHolds(ALL_OUTBOXES_BYTES * 3 / 4);
            assertThat(never.mostBytesWhilePublishing(READERS * OUTBOX_BYTES))
                    .isLessThan(ALL_OUTBOXES_BYTES + 2.0 * READERS * EVENT.length());
            never.end();
        }
    }

    /** Subscribers that read nothing, each of a topic of its own, and a publisher whose every event the router has taken or dropped. */
    private static final class NeverReading {
        private final RouterProcess router;
        private final Attacker attacker;
        private final HostileConnection publisher;
        private final List<HostileConnection> readers = new ArrayList<>();
        private long sent;

        NeverReading(RouterProcess router, long seed, int readers) throws IOException, InterruptedException {
            this.router = router;
            this.attacker = new Attacker(router, new ByteRateLimit(UNLIMITED), new SplittableRandom(seed));
            this.publisher = attacker.join();
            for (int i = 0; i < readers; i++) {
                HostileConnection reader = attacker.join(ReadMode.NEVER);
                reader.request(SUBSCRIBE, Map.of(), "topic." + i);
                this.readers.add(reader);
            }
        }

        /** What the operating system takes for the readers is not held by the router. */
        void publishUntilTheRouterHolds(long bytes) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> mostBytesWhilePublishing(MIB) >= bytes);
        }

        /** The most bytes that the router counted in outboxes meanwhile. */
        double mostBytesWhilePublishing(long bytes) throws IOException, InterruptedException {
            double most = 0;
            for (long done = 0; done < bytes; done += MIB) {
                for (int i = 0; i < MIB / EVENT.length(); i++) {
                    String topic = "topic." + sent++ % readers.size();
                    List<?> answer = publisher.ask(PUBLISH, Map.of("acknowledge", true), topic, List.of(EVENT));
                    assertThat(answer).as("the answer to PUBLISH").isNotEmpty();
                }
                most = Math.max(most, router.metric("junctor_outbox_bytes"));
            }
            return most;
        }

        void end() {
            attacker.end();
        }
    }
}
