package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.protocol.TextHash;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meta events of subscriptions, where several routers have the realm. */
class SubscriptionEventsTest {
    private static final Uri TOPIC = new Uri("com.topic");

    private final RouterGroup routers = RouterGroup.of(3);
    private final Peer watcher = routers.join(0);
    private final Map<Long, String> eventById = new LinkedHashMap<>();

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void theFirstAndTheLastSubscriberOfAllRoutersAreToldOnce() {
        watch();
        Peer one = routers.join(1);
        Peer other = routers.join(2);
        long id = one.subscribe("com.topic");
        assertThat(told()).containsExactly("on_create " + one.session(), "on_subscribe " + one.session());
        other.subscribe("com.topic");
        assertThat(told()).containsExactly("on_subscribe " + other.session());
        unsubscribe(one, id);
        assertThat(told()).containsExactly("on_unsubscribe " + one.session());
        unsubscribe(other, id);
        assertThat(told()).containsExactly("on_unsubscribe " + other.session(), "on_delete " + other.session());
        assertThat(one.subscribe("com.topic")).isEqualTo(id);
        assertThat(told()).containsExactly("on_create " + one.session(), "on_subscribe " + one.session());
    }

    @Test
    void ofSessionsThatComeAndGoAtTheSameTimeEachTransitionIsToldOnce() {
        watch();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            peers.add(routers.join(i % 3));
        }
        for (int round = 0; round < 50; round++) {
            peers.forEach(peer -> peer.send(new Subscribe(peer.nextRequest(), SubscribeMessageOptions.DEFAULT, TOPIC)));
            List<Long> ids = peers.stream()
                    .map(peer -> peer.expect(Subscribed.class).subscription())
                    .toList();
            List<String> come = told();
            assertThat(come).hasSize(7);
            assertThat(come.stream().filter(event -> event.startsWith("on_create ")))
                    .as("round %d: %s", round, come)
                    .hasSize(1);
            peers.forEach(peer -> peer.send(new Unsubscribe(peer.nextRequest(), ids.getFirst())));
            peers.forEach(peer -> peer.expect(Unsubscribed.class));
            List<String> gone = told();
            assertThat(gone).hasSize(7);
            assertThat(gone.stream().filter(event -> event.startsWith("on_delete ")))
                    .as("round %d: %s", round, gone)
                    .hasSize(1);
        }
    }

    @Test
    void aSubscriptionThatIsTakenOverByASessionOfAnotherRouterAtTheSameTimeHasNoTwoBeginnings() {
        watch();
        Peer one = routers.join(1);
        Peer other = routers.join(2);
        int holders = 0;
        for (int round = 0; round < 100; round++) {
            Peer comes = round % 2 == 0 ? one : other;
            Peer goes = round % 2 == 0 ? other : one;
            long id = TextHash.id(RouterGroup.REALM, "exact", TOPIC.text());
            if (round > 0) {
                goes.send(new Unsubscribe(goes.nextRequest(), id));
            }
            comes.send(new Subscribe(comes.nextRequest(), SubscribeMessageOptions.DEFAULT, TOPIC));
            if (round > 0) {
                goes.expect(Unsubscribed.class);
            }
            comes.expect(Subscribed.class);
            for (String event : told()) {
                holders += event.startsWith("on_create ") ? 1 : event.startsWith("on_delete ") ? -1 : 0;
            }
            assertThat(holders).as("round %d", round).isEqualTo(1);
        }
    }

    private void watch() {
        for (String event : List.of("on_create", "on_subscribe", "on_unsubscribe", "on_delete")) {
            eventById.put(watcher.subscribe("wamp.subscription." + event), event);
        }
    }

    /** The events since the last call, each with the session that it is about. */
    private List<String> told() {
        routers.settle();
        watcher.send(new Subscribe(watcher.nextRequest(), SubscribeMessageOptions.DEFAULT, new Uri("wamp.mark")));
        List<String> told = new ArrayList<>();
        while (watcher.expect(FromRouter.class) instanceof Event event) {
            told.add(eventById.get(event.subscription()) + " "
                    + watcher.arguments(event.payload()).positional().getFirst());
        }
        return told;
    }

    private static void unsubscribe(Peer peer, long id) {
        peer.send(new Unsubscribe(peer.nextRequest(), id));
        peer.expect(Unsubscribed.class);
    }
}
