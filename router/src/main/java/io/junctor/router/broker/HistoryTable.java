package io.junctor.router.broker;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventLogs;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manages the histories that the configuration of a realm defines (section "Event History"). Confined to the realm's turn. */
final class HistoryTable {
    /** A history with the limits that it was opened or changed with. */
    private record OpenedHistory(HistoryTopic topic, EventLog log) {}

    private final String realm;
    private final SubscriptionTable table;
    private final @Nullable RemoteBrokers remote;
    private final Function<HistoryTopic, InMemoryEventLog> inMemory;
    private final Map<List<Object>, OpenedHistory> byPattern = new HashMap<>();

    /**
     * Creates the histories of a realm.
     *
     * @param remote the brokers of the realm on other routers; null if the realm is on this router only
     * @param inMemory makes the logs of histories that are opened in memory, because no program stores them
     */
    HistoryTable(
            RealmConfig config,
            SubscriptionTable table,
            @Nullable RemoteBrokers remote,
            Function<HistoryTopic, InMemoryEventLog> inMemory) {
        this.realm = config.name();
        this.table = table;
        this.remote = remote;
        this.inMemory = inMemory;
        topics(config.features()).forEach(topic -> keep(topic, config.features().logs()));
    }

    /**
     * Opens and closes histories so that exactly those of {@code features} exist. A history with new limits keeps the events that fit them.
     */
    @InTurn
    void use(RealmFeatures features) {
        List<HistoryTopic> topics = topics(features);
        List<List<Object>> wanted = topics.stream().map(HistoryTable::pattern).toList();
        Iterator<Map.Entry<List<Object>, OpenedHistory>> known =
                byPattern.entrySet().iterator();
        while (known.hasNext()) {
            Map.Entry<List<Object>, OpenedHistory> entry = known.next();
            if (!wanted.contains(entry.getKey())) {
                known.remove();
                end(entry.getValue());
            }
        }
        topics.forEach(topic -> keep(topic, features.logs()));
    }

    private static List<HistoryTopic> topics(RealmFeatures features) {
        return features.has(Feature.EVENT_HISTORY) ? features.history() : List.of();
    }

    @InTurn
    private void keep(HistoryTopic topic, @Nullable EventLogs logs) {
        OpenedHistory opened = byPattern.get(pattern(topic));
        if (opened != null && opened.topic.equals(topic)) {
            return;
        }
        EventLog log;
        if (opened != null && opened.log instanceof InMemoryEventLog known) {
            known.use(topic);
            log = known;
        } else {
            log = open(topic, logs);
            if (remote != null && table.get(topic.uri(), topic.match()) == null) {
                remote.addInterest(topic.uri(), topic.match());
            }
            table.addHistory(topic, log);
        }
        byPattern.put(pattern(topic), new OpenedHistory(topic, log));
    }

    @InTurn
    private EventLog open(HistoryTopic topic, @Nullable EventLogs logs) {
        if (logs != null) {
            return logs.open(realm, topic);
        }
        return remote == null ? inMemory.apply(topic) : remote.history(topic);
    }

    @InTurn
    private void end(OpenedHistory opened) {
        if (opened.log instanceof InMemoryEventLog log) {
            log.clear();
        }
        Subscription subscription = table.get(opened.topic.uri(), opened.topic.match());
        if (subscription != null) {
            table.removeHistory(subscription);
            if (remote != null) {
                remote.onRemoved(subscription.uri(), subscription.match());
            }
        }
    }

    private static List<Object> pattern(HistoryTopic topic) {
        return List.of(topic.uri(), topic.match());
    }
}
