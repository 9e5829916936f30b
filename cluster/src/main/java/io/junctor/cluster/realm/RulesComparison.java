package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.UnreadableMessages;
import io.junctor.router.turn.Timers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Compares the rules of this router's realms with those of the other routers, by hashes, and warns if they differ. Thread-safe. */
final class RulesComparison {
    private static final String SCOPE = "rules";
    private static final String TO_ALL = "all";
    /** How many warnings are remembered, so that none is repeated. */
    private static final int MOST_WARNINGS = 1_000;

    /** A warning that was logged. */
    private record Warning(RouterId router, RealmRules own, RealmRules other) {}

    private final String router;
    private final String node;
    private final Consumer<String> warn;
    private final Lane lane;
    /** Confined to {@link #onMessages}, which one thread at a time calls. */
    private final UnreadableMessages unreadable;

    private final Map<String, RealmRules> rulesByRealm = new ConcurrentHashMap<>();
    /** Guarded by itself. */
    private final SequencedSet<Warning> warnings = new LinkedHashSet<>();

    /**
     * Opens the lane over which the routers of {@code engine} send each other their hashes.
     *
     * @param node the name of this router for the others
     * @param warn receives each warning, as a line of text for people
     */
    RulesComparison(Engine engine, Timers timers, String node, Consumer<String> warn) {
        this.router = engine.router().toString();
        this.node = node;
        this.warn = warn;
        this.lane = engine.lane(Traffic.CONTROL, SCOPE, this::onMessages);
        this.unreadable = new UnreadableMessages("rules", timers::nanos, lane::countUnreadable);
        lane.subscribe(TO_ALL);
        lane.subscribe(router);
    }

    /** Sets the rules of a realm, and sends their hashes to the other routers. */
    void put(RealmRules rules) {
        rulesByRealm.put(rules.realm(), rules);
        lane.publish(TO_ALL, body(rules));
    }

    /** Removes the rules of a realm that has ended. */
    void remove(String realm) {
        rulesByRealm.remove(realm);
    }

    /** Sends the hashes of all rules to the other routers, which may not know them. */
    void tellAll() {
        var unused = lane.interestKnown()
                .whenComplete(
                        (known, failure) -> rulesByRealm.values().forEach(rules -> lane.publish(TO_ALL, body(rules))));
    }

    private byte[] body(RealmRules rules) {
        BodyWriter body = new BodyWriter()
                .text(node)
                .text(rules.realm())
                .number(rules.hashByPart().size());
        rules.hashByPart().forEach((part, hash) -> body.text(part).text(hash));
        return body.toBytes();
    }

    private void onMessages(List<Message> messages) {
        for (Message message : messages) {
            try {
                take(message);
            } catch (InvalidBodyException invalid) {
                unreadable.onDropped(message.from(), invalid);
            }
        }
    }

    private void take(Message message) {
        BodyReader body = new BodyReader(message.body());
        String otherNode = body.text();
        String realm = body.text();
        SortedMap<String, String> hashes = new TreeMap<>();
        for (int left = body.number(); left > 0; left--) {
            hashes.put(body.text(), body.text());
        }
        RealmRules other = new RealmRules(realm, hashes);
        RealmRules own = rulesByRealm.get(realm);
        List<String> differences = own == null ? List.of() : own.differences(other);
        if (own == null || differences.isEmpty()) {
            return;
        }
        if (isNew(new Warning(message.from(), own, other))) {
            warn.accept(
                    "realm " + realm + ": the routers " + message.from() + " (" + otherNode + ") and " + router + " ("
                            + node + ", this one) have different rules: " + String.join(", ", differences)
                            + ". Give both the same configuration of the realm");
        }
        if (message.subject().equals(TO_ALL)) {
            lane.publish(message.from().toString(), body(own));
        }
    }

    private boolean isNew(Warning warning) {
        synchronized (warnings) {
            boolean isNew = warnings.add(warning);
            if (warnings.size() > MOST_WARNINGS) {
                warnings.removeFirst();
            }
            return isNew;
        }
    }
}
