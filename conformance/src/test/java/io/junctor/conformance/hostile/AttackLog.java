package io.junctor.conformance.hostile;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Safe for use by many threads. Which attack ran when, and what it sent. */
final class AttackLog {
    /** One attack, from its first connection until all its connections were closed. */
    record Entry(Attack attack, Instant begin, Instant end, long messages, long bytes, int connections) {
        @Override
        public String toString() {
            return "%s to %s %s: %d messages, %d bytes, %d connections"
                    .formatted(begin, end, attack.text(), messages, bytes, connections);
        }
    }

    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();

    void add(Entry entry) {
        entries.add(entry);
    }

    /** What was under way within half a second of {@code moment}. */
    String around(Instant moment) {
        Instant from = moment.minus(Duration.ofMillis(500));
        Instant until = moment.plus(Duration.ofMillis(500));
        return entries.stream()
                .filter(entry -> entry.begin().isBefore(until) && entry.end().isAfter(from))
                .map(Entry::toString)
                .collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    /** How often each attack ran. */
    Map<Attack, Integer> counts() {
        Map<Attack, Integer> counts = new EnumMap<>(Attack.class);
        entries.forEach(entry -> counts.merge(entry.attack(), 1, Integer::sum));
        return counts;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
