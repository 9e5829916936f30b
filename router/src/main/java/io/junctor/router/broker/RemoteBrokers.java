package io.junctor.router.broker;

import io.junctor.router.cluster.LinkFlush;
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
 * The brokers of the same realm on other routers: tells them which events this router wants, and passes publications on. A session
 * is subscribed only when they know: no event is missed after SUBSCRIBED. Confined to the realm's turn.
 */
final class RemoteBrokers {
    /** A topic or pattern for which sessions wait. */
    private record Wanted(Uri topic, MatchPolicy match) {}

    private final RealmLink link;
    private final SubscriptionTable table;
    private final Turnstile turnstile;
    private final LinkFlush flush;
    private final boolean awaitsOthers;
    /** How many requests wait for each topic or pattern. */
    private final Map<Wanted, Integer> waitingByTopic = new HashMap<>();
    /** How many requests of each session wait. */
    private final Long2LongHashMap waitingBySession = new Long2LongHashMap(0);

    /** {@code awaitsOthers} says whether a subscription waits until other routers know of it. */
    RemoteBrokers(RealmLink link, SubscriptionTable table, Turnstile turnstile, boolean awaitsOthers) {
        this.awaitsOthers = awaitsOthers;
        this.link = link;
        this.flush = new LinkFlush(link);
        this.table = table;
        this.turnstile = turnstile;
    }

    /** Wants the events of a subscription that exists without subscribers. Call this before the first session joins. */
    void addInterest(Uri topic, MatchPolicy match) {
        link.addInterest(topic, match);
    }

    /** Whether the other routers know that this one wants the events of a subscription. */
    @InTurn
    boolean isKnown(Subscribe subscribe) {
        return table.get(subscribe.topic(), subscribe.options().match()) != null;
    }

    /** How many requests of {@code session} wait. */
    @InTurn
    int waiting(Session session) {
        return (int) waitingBySession.get(session.id());
    }

    /**
     * Runs {@code attach} when the other routers know that this one wants the events, unless the session has left; or at once where the
     * realm does not wait for them. Keeps the order of calls.
     */
    @InTurn
    void await(Session session, Subscribe subscribe, Runnable attach) {
        Wanted wanted = new Wanted(subscribe.topic(), subscribe.options().match());
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
    private void onKnown(Session session, Wanted wanted, Runnable attach) {
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

    /** A session is no longer subscribed, or was not: if no session is left, this router wants no events of the topic. */
    @InTurn
    void onRemoved(Uri topic, MatchPolicy match) {
        if (!isHeld(new Wanted(topic, match))) {
            link.removeInterest(topic, match);
        }
    }

    @InTurn
    private boolean isHeld(Wanted wanted) {
        return table.get(wanted.topic, wanted.match) != null || waitingByTopic.containsKey(wanted);
    }

    /** Whether this router may tell the others that a session has ended. */
    boolean isTrusted() {
        return link.isTrusted();
    }

    /** Runs {@code action} in the turn when it may. */
    void whenTrusted(Runnable action) {
        link.whenTrusted(() -> Pass.run(() -> turnstile.run(action)));
    }

    /** Passes a publication of this router on; it is sent when the pass ends. {@code retention} as in {@link SharedEvent}. */
    @InTurn
    void publish(Publication publication, long retention) {
        link.publish(publication.shared(retention));
        flush.soon();
    }

    /** Passes a publication on as {@link #publish}, and tells when it cannot be lost with this router. */
    @InTurn
    CompletionStage<Void> publishConfirmed(Publication publication, long retention) {
        CompletionStage<Void> confirmed = link.publishConfirmed(publication.shared(retention));
        flush.soon();
        return confirmed;
    }

    /** Whether the connection with other routers takes more at once. */
    boolean isWritable() {
        return link.isWritable();
    }

    /** Runs {@code action} once when it takes more, outside of the turn. */
    void whenWritable(Runnable action) {
        link.whenWritable(action);
    }

    /** The history of a topic or pattern that all routers share. */
    EventLog history(HistoryTopic topic) {
        return link.history(topic);
    }
}
