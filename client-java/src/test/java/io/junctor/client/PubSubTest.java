package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.internal.engine.ScriptedRouter;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PubSubTest {
    private final LinkedBlockingQueue<Object> handled = new LinkedBlockingQueue<>();

    @Test
    void anEventReachesItsHandler() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.subscribe("plant.line1.temperature", 20, handled::add);
            scripted.router.send(new Event(20, 99, EventDetails.NONE, scripted.router.payload(21.5)));
            io.junctor.client.Event event = (io.junctor.client.Event) next();
            assertThat(event.topic()).isEqualTo("plant.line1.temperature");
            assertThat(event.publication()).isEqualTo(99);
            assertThat(event.argument(0, Double.class)).isEqualTo(21.5);
        }
    }

    // EXT-04, PSX-TRUST-01
    @Test
    void anEventHasTheNumberOfDroppedEventsAndTheTrustLevel() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.subscribe("plant.line1.temperature", 20, handled::add);
            EventDetails details = new EventDetails(null, null, 3L, false, null, List.of(), 7, Dict.EMPTY);
            scripted.router.send(new Event(20, 99, details, scripted.router.payload(21.5)));
            io.junctor.client.Event event = (io.junctor.client.Event) next();
            assertThat(event.dropped()).isEqualTo(7);
            assertThat(event.trustLevel()).hasValue(3);
        }
    }

    // ORD-02: the event follows its SUBSCRIBED at once.
    @Test
    void anEventRightAfterSubscribedIsNotLost() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var subscribing = scripted.async().subscribe("a.b", event -> handled.add(event.argument(0, Long.class)));
            Subscribe subscribe = scripted.router.expect(Subscribe.class);
            scripted.router.send(new Subscribed(subscribe.request(), 20), event(scripted.router, 20, 1));
            assertThat(next()).isEqualTo(1L);
            value(subscribing);
        }
    }

    // ORD-11
    @Test
    void eventsOfOneSubscriptionComeInOrder() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.subscribe("a.b", 20, event -> handled.add(event.argument(0, Long.class)));
            List<Object> expected = new ArrayList<>();
            for (long i = 0; i < 1000; i++) {
                scripted.router.send(event(scripted.router, 20, i));
                expected.add(i);
            }
            List<Object> got = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                got.add(next());
            }
            assertThat(got).isEqualTo(expected);
        }
    }

    @Test
    void aSlowHandlerDelaysNoOtherSubscription() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.subscribe("a.slow", 20, event -> {
                release.await();
                handled.add("slow");
            });
            scripted.subscribe("a.quick", 21, event -> handled.add("quick"));
            scripted.router.send(event(scripted.router, 20, 1), event(scripted.router, 21, 1));
            assertThat(next()).isEqualTo("quick");
            release.countDown();
            assertThat(next()).isEqualTo("slow");
        }
    }

    // PS-12
    @Test
    void aHandlerThatThrowsHarmsNothingElse() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.subscribe("a.b", 20, event -> {
                handled.add(event.argument(0, Long.class));
                throw new IllegalStateException("not my day");
            });
            scripted.router.send(event(scripted.router, 20, 1), event(scripted.router, 20, 2));
            assertThat(next()).isEqualTo(1L);
            assertThat(next()).isEqualTo(2L);
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    // PV-18
    @Test
    void anEventOfAnUnknownSubscriptionIsDropped() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.router.send(event(scripted.router, 77, 1));
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    // PS-11
    @Test
    void severalHandlersShareASubscriptionThatEndsWithTheLast() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription first = scripted.subscribe("a.b", 20, event -> handled.add("first"));
            Subscription second = scripted.subscribe("a.b", 20, event -> handled.add("second"));
            scripted.router.send(event(scripted.router, 20, 1));
            assertThat(List.of(next(), next())).containsExactlyInAnyOrder("first", "second");

            first.close();
            scripted.router.assertNothingMore();
            scripted.router.send(event(scripted.router, 20, 2));
            assertThat(next()).isEqualTo("second");

            var closing = second.closeAsync();
            Unsubscribe unsubscribe = scripted.router.expect(Unsubscribe.class);
            assertThat(unsubscribe.subscription()).isEqualTo(20);
            scripted.router.send(event(scripted.router, 20, 3), new Unsubscribed(unsubscribe.request(), null));
            value(closing);
            second.close();
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void unsubscribingWaitsForAnotherSubscribeOnItsWay() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription first = scripted.subscribe("a.b", 20, event -> handled.add("first"));
            var second = scripted.async().subscribe("a.b", event -> handled.add("second"));
            Subscribe subscribe = scripted.router.expect(Subscribe.class);
            first.close();
            scripted.router.assertNothingMore();
            scripted.router.send(new Subscribed(subscribe.request(), 20), event(scripted.router, 20, 1));
            assertThat(next()).isEqualTo("second");
            value(second);
        }
    }

    @Test
    void ifThatOtherSubscribeFailsTheSubscriptionEnds() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription first = scripted.subscribe("a.b", 20, event -> handled.add("first"));
            var second = scripted.async().subscribe("a.b", event -> handled.add("second"));
            Subscribe subscribe = scripted.router.expect(Subscribe.class);
            first.close();
            scripted.router.send(new ErrorMessage(
                    Subscribe.CODE,
                    subscribe.request(),
                    ErrorDetails.NONE,
                    WampError.NOT_AUTHORIZED.uri(),
                    Payload.NONE));
            assertThat(failure(second).uri()).isEqualTo("wamp.error.not_authorized");
            assertThat(scripted.router.expect(Unsubscribe.class).subscription()).isEqualTo(20);
        }
    }

    @Test
    void subscribingAgainBeforeUnsubscribedIsAnsweredWorks() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription first = scripted.subscribe("a.b", 20, event -> handled.add("first"));
            CompletableFuture<Void> closing = first.closeAsync();
            Unsubscribe unsubscribe = scripted.router.expect(Unsubscribe.class);
            var second = scripted.async().subscribe("a.b", event -> handled.add("second"));
            Subscribe subscribe = scripted.router.expect(Subscribe.class);
            scripted.router.send(
                    new Subscribed(subscribe.request(), 20),
                    new Unsubscribed(unsubscribe.request(), null),
                    event(scripted.router, 20, 1));
            assertThat(next()).isEqualTo("second");
            value(closing);
            value(second);
        }
    }

    // SUBREV-04: the subscription is removed in both cases.
    @Test
    void aSubscriptionTheRouterDoesNotKnowIsUnsubscribed() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var closing = scripted.subscribe("a.b", 20, event -> {}).closeAsync();
            Unsubscribe unsubscribe = scripted.router.expect(Unsubscribe.class);
            scripted.router.send(new ErrorMessage(
                    Unsubscribe.CODE,
                    unsubscribe.request(),
                    ErrorDetails.NONE,
                    WampError.NO_SUCH_SUBSCRIPTION.uri(),
                    Payload.NONE));
            value(closing);
        }
    }

    private Object next() throws InterruptedException {
        Object next = handled.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("an event within 5 s").isNotNull();
        return next;
    }

    private static Event event(ScriptedRouter router, long subscription, long number) {
        return new Event(subscription, 1000 + number, EventDetails.NONE, router.payload(number));
    }
}
