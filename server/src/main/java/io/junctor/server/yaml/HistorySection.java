package io.junctor.server.yaml;

import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;

/** A topic or pattern of a realm whose events are kept. */
final class HistorySection {
    private static final Key<Integer> EVENTS = Key.withDefault("events", ScalarType.integer(1, 1_000_000), 1_000);
    private static final Key<Duration> AGE = Key.withDefault(
            "age", ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)), Duration.ofHours(24));
    private static final Key<Integer> BYTES = Key.withDefault("bytes", ScalarType.bytes(1 << 10, 1 << 30), 16 << 20);

    static final Section<HistoryTopic> SECTION = Section.of(
                    "a topic such as { uri: plant.state, events: 100 }",
                    List.of(UriKeys.URI, UriKeys.MATCH, EVENTS, AGE, BYTES),
                    HistorySection::build)
            .checkedBy(HistorySection::check);

    /** A topic of which a realm has one history. */
    record Topic(String uri, MatchPolicy match) {}

    private HistorySection() {}

    private static void check(SectionValues values) {
        String uri = values.find(UriKeys.URI);
        if (uri != null && new Uri(uri).isReserved()) {
            values.node(UriKeys.URI).error("topics that begin with 'wamp.' have no history of their own");
        } else {
            UriKeys.check(values);
        }
        MatchPolicy match = values.find(UriKeys.MATCH);
        YamlNode first = uri == null || match == null
                ? null
                : values.node().document().addUnique(new Topic(uri, match), values.node(UriKeys.URI));
        if (first != null) {
            values.node(UriKeys.URI).error("this topic has a history already" + first.inLine());
        }
    }

    private static HistoryTopic build(SectionValues values) {
        return new HistoryTopic(
                UriKeys.uri(values), values.get(UriKeys.MATCH), values.get(EVENTS), values.get(AGE), values.get(BYTES));
    }
}
