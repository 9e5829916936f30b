package io.junctor.router.cluster;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * What the realm of this router tells the realms of the same name on other routers. Unless a method says otherwise, it is
 * called in the realm's turn, by one thread at a time; no method blocks, throws, or calls the {@link RealmPort} before it returns.
 */
public interface RealmLink {
    /**
     * The id of the subscriptions to a topic or pattern, the same on each router. Any thread may call it.
     *
     * @return an id from 1 to 2^53
     */
    long subscriptionId(Uri topic, MatchPolicy match);

    /** From now on the realm has subscribers of this topic or pattern, and wants its events. It had none before. */
    void addInterest(Uri topic, MatchPolicy match);

    /** The realm has no subscribers of this topic or pattern any more. */
    void removeInterest(Uri topic, MatchPolicy match);

    /**
     * Runs {@code action} when every router knows each interest that was added before this call: what they publish from then on
     * arrives here. Actions run in the order of these calls, outside of the turn, on any thread. If the connection with other routers is
     * lost, they run as well: then events of this router alone arrive.
     */
    void whenInterestKnown(Runnable action);

    /** Publishes an event to the subscribers on other routers, after all that was published before. */
    void publish(SharedEvent event);

    /**
     * Sends what was published. Called outside of the turn, when a pass ends that has published; several threads may call it at a
     * time.
     */
    void flush();

    /** The realm has ended: nothing more is delivered to its port. Any thread may call it. */
    void close();
}
