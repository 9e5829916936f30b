package io.junctor.router.broker;

import io.junctor.router.cluster.LinkFlusher;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.session.Session;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.agrona.collections.Long2LongHashMap;

/**
 * Connects the broker with the brokers of the same realm on other routers: tells them which events this router wants, and passes
 * publications on. A session is subscribed only when they know that this router wants the events, so that the session misses no event after
 * SUBSCRIBED. Confined to the realm's turn.
 */
final class RemoteBrokers {
    /** A topic or pattern with subscriptions that wait until other routers know of it. */
    private record WantedTopic(Uri topic, MatchPolicy match) {}

    private final RealmLink link;
    private final SubscriptionTable table;
    private final Turnstile turnstile;
    private final LinkFlusher flush;
    private final boolean awaitsOthers;
    /** The number of waiting requests for each topic or pattern. */
    private final Map<WantedTopic, Integer> waitingByTopic = new HashMap<>();
    /** The number of waiting requests of each session. */
    private final Long2LongHashMap waitingBySession = new Long2LongHashMap(0);

    /** {@code awaitsOthers} is true if a subscription waits until other routers know of it. */
    RemoteBrokers(RealmLink link, SubscriptionTable table, Turnstile turnstile, boolean awaitsOthers) {
        this.awaitsOthers = awaitsOthers;
        this.link = link;
        this.flush = new LinkFlusher(link);
        this.table = table;
        this.turnstile = turnstile;
    }

    /**
     * Asks other routers for the events of a subscription that exists without subscribers, because it has a history. Call this before the
     * first session joins.
     */
    void addInterest(Uri topic, MatchPolicy match) {
        link.addInterest(topic, match);
    }

    /** Whether the other routers know that this router wants the events of a subscription. */
    @InTurn
    boolean isKnown(Subscribe subscribe) {
        return table.get(subscribe.topic(), subscribe.options().match()) != null;
    }

    /** The number of waiting requests of {@code session}. */
    @InTurn
    int waiting(Session session) {
        return (int) waitingBySession.get(session.id());
    }

    /**
     * Runs {@code attach} when the other routers know that this router wants the events, unless the session has left meanwhile. If the
     * realm does not wait for other routers, runs {@code attach} at once. Actions run in the order of the calls.
     */
    @InTurn
    void await(Session session, Subscribe subscribe, Runnable attach) {
        WantedTopic wanted =
                new WantedTopic(subscribe.topic(), subscribe.options().match());
        if (!isHeld(wanted)) {
            link.addInterest(wanted.topic, wanted.match);
        }
        if (!awaitsOthers) {
            attach.run();
            onRemoved(wanted.topic, wanted.match);
            return;
        }
        waitingByTopic.merge(wanted, 1, Integer::sum);
        waitingBySession.put(session.id(), waiting(session) + 1L);
        link.whenInterestKnown(() -> Pass.run(() -> turnstile.run(() -> onKnown(session, wanted, attach))));
    }

    @InTurn
    private void onKnown(Session session, WantedTopic wanted, Runnable attach) {
        waitingByTopic.computeIfPresent(wanted, (same, count) -> count == 1 ? null : count - 1);
        int left = waiting(session) - 1;
        if (left == 0) {
            waitingBySession.remove(session.id());
        } else {
            waitingBySession.put(session.id(), left);
        }
        if (session.isOpen()) {
            attach.run();
        }
        onRemoved(wanted.topic, wanted.match);
    }

    /**
     * Tells the other routers that this router wants no more events of the topic if no session is subscribed to it or waits for it. Called
     * when a session is no longer subscribed, or was not subscribed after all.
     */
    @InTurn
    void onRemoved(Uri topic, MatchPolicy match) {
        if (!isHeld(new WantedTopic(topic, match))) {
            link.removeInterest(topic, match);
        }
    }

    @InTurn
    private boolean isHeld(WantedTopic wanted) {
        return table.get(wanted.topic, wanted.match) != null || waitingByTopic.containsKey(wanted);
    }

    /** Whether this router may announce to other routers that a session has ended, see {@link RealmLink#isTrusted}. */
    boolean isTrusted() {
        return link.isTrusted();
    }

    /** Runs {@code action} in the turn as soon as {@link #isTrusted} holds, or after 5 seconds at the latest. */
    void whenTrusted(Runnable action) {
        link.whenTrusted(() -> Pass.run(() -> turnstile.run(action)));
    }

    /** Passes a publication of this router on; it is sent when the pass ends. {@code retention} is that of {@link SharedEvent}. */
    @InTurn
    void publish(Publication publication, long retention) {
        link.publish(publication.shared(retention));
        flush.soon();
    }

    /**
     * Passes a publication on as {@link #publish} does. The stage completes when the publication would survive the failure of this router.
     */
    @InTurn
    CompletionStage<Void> publishConfirmed(Publication publication, long retention) {
        CompletionStage<Void> confirmed = link.publishConfirmed(publication.shared(retention));
        flush.soon();
        return confirmed;
    }

    /** Whether the connection with other routers can take more messages without delay. */
    boolean isWritable() {
        return link.isWritable();
    }

    /** Runs {@code action} once, outside of the turn, when the connection can take more messages. */
    void whenWritable(Runnable action) {
        link.whenWritable(action);
    }

    /** The history of a topic or pattern that all routers share. */
    EventLog history(HistoryTopic topic) {
        return link.history(topic);
    }
}
