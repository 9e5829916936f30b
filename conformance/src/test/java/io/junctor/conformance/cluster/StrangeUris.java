package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.Event;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.SubscribeOptions;
import io.junctor.client.Subscription;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Topics and procedures with characters that mean something to NATS, against a plain comparison of their parts. */
final class StrangeUris implements Experiment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MANY_PARTS =
            IntStream.range(0, 300).mapToObj(i -> "p" + i).collect(Collectors.joining("."));
    private static final List<String> TOPICS = List.of(
            "strange.*",
            "strange.>",
            "strange.a.>",
            "strange.*.b",
            "strange.a.b",
            "strange.a.b.c",
            "strange.%",
            "strange.%2A",
            "strange.%r",
            "strange.$JS.API",
            "$JS.API.INFO",
            "$SYS",
            ">",
            "*",
            "strange.a\u00e4\u00f6.\u65e5\u672c",
            "strange.\ud83d\ude00.b",
            "strange.A.b",
            "strange." + "x".repeat(600) + ".b",
            MANY_PARTS,
            MANY_PARTS + ".more");
    private static final List<String> PREFIXES = List.of(
            "strange.",
            "strange.a",
            "strange.*",
            "strange.%",
            "$",
            "*",
            "str",
            "p0.p1.",
            MANY_PARTS.substring(0, 900),
            MANY_PARTS);
    private static final List<String> WILDCARDS = List.of(
            "strange..b",
            "strange.",
            "..b",
            "strange.*.",
            ".a.b",
            "strange.a..",
            "$JS..INFO",
            MANY_PARTS.replace("p150", ""));

    /** What arrived, by kind and pattern. */
    private final Map<String, Set<String>> heard = new ConcurrentHashMap<>();

    @Override
    public void run(ThreeRouters routers, Measurements measurements) {
        Map<String, Set<String>> expected = new TreeMap<>();
        try (Session subscriber = ThreeRouters.join(routers.a());
                Session publisher = ThreeRouters.join(routers.b());
                Session callee = ThreeRouters.join(routers.c())) {
            TOPICS.forEach(topic -> subscribe(subscriber, "exact", topic, SubscribeOptions.DEFAULT, expected));
            PREFIXES.forEach(
                    prefix -> subscribe(subscriber, "prefix", prefix, SubscribeOptions.DEFAULT.prefix(), expected));
            WILDCARDS.forEach(pattern ->
                    subscribe(subscriber, "wildcard", pattern, SubscribeOptions.DEFAULT.wildcard(), expected));
            for (String topic : TOPICS) {
                publisher.publish(topic, Args.of(topic), PublishOptions.DEFAULT.acknowledged());
            }
            await("the events").atMost(PATIENCE).until(() -> count(heard) >= count(expected));
            measurements.count("events that a plain comparison does not expect, or misses", differences(expected), 0);
            measurements.atLeast("events", count(heard), TOPICS.size());

            long wrong = 0;
            for (String procedure : TOPICS) {
                callee.register(procedure, invocation -> procedure);
                wrong += publisher.call(procedure).as(String.class).equals(procedure) ? 0 : 1;
            }
            measurements.count("calls of " + TOPICS.size() + " procedures that reached another", wrong, 0);
        }
    }

    private void subscribe(
            Session session, String kind, String pattern, SubscribeOptions options, Map<String, Set<String>> expected) {
        String key = kind + " " + pattern;
        Set<String> topics = new ConcurrentSkipListSet<>();
        heard.put(key, topics);
        Subscription unused = session.subscribe(pattern, options, event -> topics.add(topicOf(event)));
        expected.put(
                key,
                TOPICS.stream()
                        .filter(topic -> matches(kind, pattern, topic))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The publisher sent its topic along, which an event of an exact subscription does not name. */
    private static String topicOf(Event event) {
        return event.argument(0, String.class);
    }

    private static boolean matches(String kind, String pattern, String topic) {
        return switch (kind) {
            case "exact" -> topic.equals(pattern);
            case "prefix" -> topic.startsWith(pattern);
            default -> {
                String[] parts = pattern.split("\\.", -1);
                String[] actual = topic.split("\\.", -1);
                yield parts.length == actual.length
                        && IntStream.range(0, parts.length)
                                .allMatch(i -> parts[i].isEmpty() || parts[i].equals(actual[i]));
            }
        };
    }

    private static long count(Map<String, Set<String>> topics) {
        return topics.values().stream().mapToLong(Set::size).sum();
    }

    private long differences(Map<String, Set<String>> expected) {
        return expected.entrySet().stream()
                .filter(each -> !each.getValue().equals(new TreeSet<>(heard.get(each.getKey()))))
                .peek(each -> System.out.println("pattern " + each.getKey() + " gets "
                        + Arrays.toString(heard.get(each.getKey()).toArray()) + " instead of " + each.getValue()))
                .count();
    }
}
