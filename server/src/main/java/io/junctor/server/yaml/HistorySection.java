package io.junctor.server.yaml;

import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;

/** A topic or pattern of a realm whose events are kept. */
final class HistorySection {
    static final Section<HistoryTopic> SECTION = Section.of(
                    "a topic such as { uri: plant.state, events: 100 }",
                    List.of(
                            UriKeys.URI,
                            UriKeys.MATCH,
                            Key.withDefault("events", ScalarType.integer(1, 1_000_000), 1_000),
                            Key.withDefault(
                                    "age",
                                    ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)),
                                    Duration.ofHours(24)),
                            Key.withDefault("bytes", ScalarType.bytes(1 << 10, 1 << 30), 16 << 20)),
                    values -> RecordSection.build(HistoryTopic.class, values))
            .checkedBy(HistorySection::check);

    /** A topic of which a realm has one history. */
    record Topic(Uri uri, MatchPolicy match) {}

    private HistorySection() {}

    private static void check(SectionValues values) {
        Uri uri = values.find(UriKeys.URI);
        MatchPolicy match = values.find(UriKeys.MATCH);
        if (uri == null || match == null) {
            return;
        }
        YamlNode node = values.node(UriKeys.URI);
        if (uri.isReserved()) {
            node.error("topics that begin with 'wamp.' or 'junctor.' cannot have a history");
        } else {
            UriKeys.check(uri, match, node);
        }
        YamlNode first = node.document().addUnique(new Topic(uri, match), node);
        if (first != null) {
            node.error("this topic already has a history" + first.inLine());
        }
    }
}
