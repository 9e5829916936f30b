package io.junctor.router.config.yaml;

import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A topic or pattern of a realm whose events are kept. */
final class HistoryShape {
    private static final int MOST_EVENTS = 1_000_000;
    private static final Duration MOST_AGE = Duration.ofDays(365);

    private static final Needed<Placed<String>> URI = new Needed<>(
            "uri", new Placing<>(new Text("a topic or pattern in quotes, such as \"plant.\"", text -> true)));
    private static final Defaulted<MatchPolicy> MATCH =
            new Defaulted<>("match", Word.of(MatchPolicy.class), MatchPolicy.EXACT);
    private static final Defaulted<Integer> EVENTS = new Defaulted<>("events", new WholeNumber(1, MOST_EVENTS), 1_000);
    private static final Defaulted<Duration> AGE =
            new Defaulted<>("age", new Span(Duration.ofSeconds(1), MOST_AGE), Duration.ofHours(24));
    private static final Defaulted<Integer> BYTES = new Defaulted<>("bytes", new Size(1 << 10, 1 << 30), 16 << 20);

    private static final Shape<Placed<HistoryTopic>> LOOSE = shape(UriRules.LOOSE);
    private static final Shape<Placed<HistoryTopic>> STRICT = shape(UriRules.STRICT);

    private HistoryShape() {}

    /** A list of topics of a realm whose URIs keep the rules; each topic and match at most once. */
    static ListOf<Placed<HistoryTopic>> listUnder(UriRules rules) {
        Shape<Placed<HistoryTopic>> shape = switch (rules) {
            case LOOSE -> LOOSE;
            case STRICT -> STRICT;
        };
        return new ListOf<>(shape, "a list of topics such as [{ uri: plant.state, events: 100 }]", 0);
    }

    private static Shape<Placed<HistoryTopic>> shape(UriRules rules) {
        return Shape.of(
                "a topic such as { uri: plant.state, events: 100 }",
                List.of(URI, MATCH, EVENTS, AGE, BYTES),
                section -> bind(section, rules));
    }

    private static @Nullable Placed<HistoryTopic> bind(Section section, UriRules rules) {
        Placed<String> text = section.get(URI);
        MatchPolicy match = section.get(MATCH);
        int events = section.get(EVENTS);
        Duration age = section.get(AGE);
        int bytes = section.get(BYTES);
        if (text == null) {
            return null;
        }
        Uri uri = new Uri(text.it());
        if (uri.isReserved()) {
            text.place().reject("topics that begin with 'wamp.' have no history of their own");
            return null;
        }
        if (!rules.isPattern(uri, match)) {
            text.place().rejectUnless(RuleShape.expected(rules, match), RuleShape.hint(uri, rules));
            return null;
        }
        return new Placed<>(new HistoryTopic(uri, match, events, age, bytes), text.place());
    }

    /** Reports each topic that is there a second time. */
    static boolean areDifferent(List<Placed<HistoryTopic>> topics) {
        boolean different = true;
        for (int later = 1; later < topics.size(); later++) {
            Placed<HistoryTopic> one = topics.get(later);
            for (Placed<HistoryTopic> earlier : topics.subList(0, later)) {
                if (isSame(earlier.it(), one.it())) {
                    one.place()
                            .reject("this topic has a history already"
                                    + earlier.place().inLine());
                    different = false;
                }
            }
        }
        return different;
    }

    private static boolean isSame(HistoryTopic one, HistoryTopic other) {
        return one.uri().equals(other.uri()) && one.match() == other.match();
    }
}
