package io.junctor.router.config;

import io.junctor.router.spi.EventLogs;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.options.Feature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The features of the Advanced Profile that a realm offers.
 *
 * @param off the features that are switched off
 * @param history the topics and patterns whose events are kept
 * @param logs the event logs that store these events, or null to keep them in memory
 * @param emptyEligible the receivers of a publication with an empty list of eligible receivers
 * @param progress which callees get {@code receive_progress}
 */
public record RealmFeatures(
        Set<Feature> off,
        List<HistoryTopic> history,
        @Nullable EventLogs logs,
        EmptyEligible emptyEligible,
        ProgressAnnouncement progress) {
    /** All features on, and no history. */
    public static final RealmFeatures DEFAULT =
            new RealmFeatures(Set.of(), List.of(), null, EmptyEligible.NOBODY, ProgressAnnouncement.ALWAYS);

    /** Copies the collections, and refuses a topic that is listed twice. */
    public RealmFeatures {
        off = Set.copyOf(off);
        history = List.copyOf(history);
        Set<List<Object>> topics = new HashSet<>();
        for (HistoryTopic one : history) {
            if (!topics.add(List.of(one.uri(), one.match()))) {
                throw new IllegalArgumentException("the history of '" + one.uri() + "' is there twice");
            }
        }
    }

    /** Whether the realm offers {@code feature}; does not consider the rules of roles. */
    public boolean has(Feature feature) {
        return !off.contains(feature) && (feature != Feature.EVENT_HISTORY || !history.isEmpty());
    }

    /** Whether the router offers one of its own procedures or topics, whose URI begins with {@code wamp.}. */
    public boolean offers(String uri) {
        return switch (uri) {
            case "wamp.session.add_testament", "wamp.session.flush_testaments" -> has(Feature.TESTAMENT_META_API);
            case "wamp.subscription.remove_subscriber" -> has(Feature.SUBSCRIPTION_REVOCATION);
            case "wamp.registration.remove_callee" -> has(Feature.REGISTRATION_REVOCATION);
            // Offered even without a history: the answer then says that there is no history.
            case "wamp.subscription.get_events" -> true;
            default -> offersApi(uri);
        };
    }

    private boolean offersApi(String uri) {
        if (uri.startsWith("wamp.session.")) {
            return has(Feature.SESSION_META_API);
        }
        if (uri.startsWith("wamp.subscription.")) {
            return has(Feature.SUBSCRIPTION_META_API);
        }
        return !uri.startsWith("wamp.registration.") || has(Feature.REGISTRATION_META_API);
    }

    /** A copy with {@code features} switched off. */
    public RealmFeatures without(Feature... features) {
        Set<Feature> more = EnumSet.noneOf(Feature.class);
        more.addAll(off);
        more.addAll(List.of(features));
        return new RealmFeatures(more, history, logs, emptyEligible, progress);
    }

    /** A copy whose histories together use at most an eighth of a heap of {@code heapBytes}. */
    RealmFeatures within(long heapBytes) {
        long share = Math.max(1 << 10, heapBytes / 8 / Math.max(1, history.size()));
        List<HistoryTopic> smaller =
                history.stream().map(topic -> topic.within(share)).toList();
        return new RealmFeatures(off, smaller, logs, emptyEligible, progress);
    }

    /** A copy with a history of {@code topics}. */
    public RealmFeatures withHistory(HistoryTopic... topics) {
        return new RealmFeatures(off, List.of(topics), logs, emptyEligible, progress);
    }

    /** A copy whose histories are stored by {@code others}. */
    public RealmFeatures withLogs(EventLogs others) {
        return new RealmFeatures(off, history, others, emptyEligible, progress);
    }

    /** A copy with another meaning of empty lists of eligible receivers. */
    public RealmFeatures withEmptyEligible(EmptyEligible meaning) {
        return new RealmFeatures(off, history, logs, meaning, progress);
    }

    /** A copy with another value of {@code progress}. */
    public RealmFeatures withProgress(ProgressAnnouncement callees) {
        return new RealmFeatures(off, history, logs, emptyEligible, callees);
    }
}
