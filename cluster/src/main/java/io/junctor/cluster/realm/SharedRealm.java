package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.protocol.Digests;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** A realm of this router, linked with the realms of the same name on other routers. Methods as {@link RealmLink} says. */
final class SharedRealm implements RealmLink {
    private final String name;
    private final EventLane events;

    SharedRealm(Engine engine, Timers timers, String name, RealmPort port) {
        this.name = name;
        this.events = new EventLane(engine, timers, name, port);
    }

    @Override
    public long subscriptionId(Uri topic, MatchPolicy match) {
        return Digests.id(name, match.wire(), topic.text());
    }

    @Override
    public void addInterest(Uri topic, MatchPolicy match) {
        events.addInterest(topic, match);
    }

    @Override
    public void removeInterest(Uri topic, MatchPolicy match) {
        events.removeInterest(topic, match);
    }

    @Override
    public void whenInterestKnown(Runnable action) {
        events.whenInterestKnown(action);
    }

    @Override
    public void publish(SharedEvent event) {
        events.publish(event);
    }

    @Override
    public void flush() {
        events.flush();
    }

    @Override
    public void close() {
        events.close();
    }
}
