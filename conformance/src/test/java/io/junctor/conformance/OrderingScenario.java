package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;

/** Section 17: ordering. */
class OrderingScenario {
    private static final Uri TOPIC = new Uri("topic");
    private static final Uri PROCEDURE = new Uri("procedure");
    private static final PublishMessageOptions TO_ME_TOO =
            new PublishMessageOptions(true, false, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);

    @Scenario("ORD-01")
    void eventsArriveInTheOrderOfPublishingAcrossTopics(Testbed testbed) {
        Peer subscriber = testbed.join();
        List<String> topics = List.of("one", "two", "three");
        topics.forEach(subscriber::subscribe);
        Peer publisher = testbed.join();
        for (long i = 0; i < 300; i++) {
            publisher.publishUnacknowledged(topics.get((int) (i % 3)), i);
        }
        for (long i = 0; i < 300; i++) {
            assertThat(subscriber
                            .arguments(subscriber.expect(Event.class).payload())
                            .positional())
                    .containsExactly(i);
        }
    }

    @Scenario(value = "ORD-02", on = Scenario.Where.IN_MEMORY)
    void subscribedAndRegisteredComeBeforeEventsAndInvocations(Testbed testbed) {
        Peer peer = testbed.join();
        MemoryTransport link = testbed.memory(peer);
        link.sendTogether(List.of(
                peer.encode(new Subscribe(peer.nextRequest(), SubscribeMessageOptions.DEFAULT, TOPIC)),
                peer.encode(new Publish(peer.nextRequest(), TO_ME_TOO, TOPIC, peer.payload())),
                peer.encode(new Register(peer.nextRequest(), RegisterMessageOptions.DEFAULT, PROCEDURE)),
                peer.encode(new Call(peer.nextRequest(), CallMessageOptions.DEFAULT, PROCEDURE, peer.payload()))));
        long subscription = peer.expect(Subscribed.class).subscription();
        peer.expect(Published.class);
        assertThat(peer.expect(Event.class).subscription()).isEqualTo(subscription);
        long registration = peer.expect(Registered.class).registration();
        assertThat(peer.expect(Invocation.class).registration()).isEqualTo(registration);
    }

    @Scenario("ORD-03")
    void nothingComesAfterUnsubscribedAndUnregistered(Testbed testbed) {
        Peer peer = testbed.join();
        long subscription = peer.subscribe("topic");
        long registration = peer.register("procedure");
        peer.send(new Unsubscribe(peer.nextRequest(), subscription));
        peer.send(new Publish(peer.nextRequest(), TO_ME_TOO, TOPIC, peer.payload()));
        peer.send(new Unregister(peer.nextRequest(), registration));
        long request = peer.call("procedure");
        peer.expect(Unsubscribed.class);
        peer.expect(Published.class);
        peer.expect(Unregistered.class);
        peer.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
    }

    @Scenario("ORD-04")
    void invocationsArriveInTheOrderOfCallingAcrossProcedures(Testbed testbed) {
        Peer callee = testbed.join();
        List<String> procedures = List.of("one", "two", "three");
        procedures.forEach(callee::register);
        Peer caller = testbed.join();
        for (long i = 0; i < 300; i++) {
            caller.call(procedures.get((int) (i % 3)), i);
        }
        for (long i = 0; i < 300; i++) {
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(i);
            callee.answer(invocation);
            caller.expectResult(i + 1);
        }
    }

    @Scenario("ORD-05")
    void eachCallIsAnsweredWhenItsCalleeAnswers(Testbed testbed) {
        Peer slow = testbed.join();
        slow.register("slow");
        Peer quick = testbed.join();
        quick.register("quick");
        Peer caller = testbed.join();
        long first = caller.call("slow");
        long second = caller.call("quick");
        Invocation waiting = slow.expect(Invocation.class);
        quick.answer(quick.expect(Invocation.class));
        caller.expectResult(second);
        slow.answer(waiting);
        caller.expectResult(first);
    }

    @Scenario("ORD-07")
    void publishedComesBeforeThePublishersOwnEvent(Testbed testbed) {
        Peer peer = testbed.join();
        peer.subscribe("topic");
        peer.send(new Publish(peer.nextRequest(), TO_ME_TOO, TOPIC, peer.payload()));
        long publication = peer.expect(Published.class).publication();
        assertThat(peer.expect(Event.class).publication()).isEqualTo(publication);
    }

    @Scenario(value = "ORD-10", on = Scenario.Where.IN_MEMORY)
    void aSessionWhoseRepliesPileUpEndsAndOthersGoOn(Testbed testbed) {
        RealmConfig any = RealmConfig.open(Testbed.REALM);
        RealmLimits small = RealmLimits.DEFAULT.withOutbox(200_000, 50, SlowSubscriber.DROP);
        testbed.realms(any.toBuilder().limits(small).build());
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer stuck = testbed.join();
        Peer other = testbed.join();
        List<Invocation> open = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stuck.call("procedure");
            open.add(callee.expect(Invocation.class));
        }
        // Results are replies, which are never dropped: the session ends above twice the limit of messages.
        testbed.memory(stuck).stopReading();
        open.forEach(invocation -> callee.answer(invocation, "x".repeat(200)));
        stuck.expectClosed();
        assertThat(testbed.router().count(TransportCounter.SESSIONS_OVERFLOWED)).isEqualTo(1);
        callee.expectNothing();
        other.publish("topic");
    }
}
