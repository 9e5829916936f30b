package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    @Test
    void sendersWaitWhileTheSendBufferIsFull() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.sendBufferBytes(1000))) {
            scripted.router.holdWrites();
            var first = scripted.async().publish("a.b", "x".repeat(1000));
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> scripted.session().publish("a.b", "y"));
            scripted.router.expect(Publish.class);
            assertThat(first).isNotDone();
            scripted.router.assertNothingMore();
            scripted.router.releaseWrites();
            value(first);
            scripted.router.expect(Publish.class);
            value(second);
        }
    }

    @Test
    void aSenderThatWaitsTooLongFailsWithTheReason() {
        try (ScriptedSession scripted =
                ScriptedSession.open(client -> client.sendBufferBytes(1000).requestTimeout(Duration.ofMillis(50)))) {
            scripted.router.holdWrites();
            var first = scripted.async().publish("a.b", "x".repeat(1000));
            scripted.router.expect(Publish.class);
            WampException failure = failure(scripted.async().publish("a.c", "y"));
            assertThat(failure.uri()).isEqualTo("wamp.error.timeout");
            assertThat(failure).hasMessageContaining("PUBLISH a.c: no room in the send buffer (1000 bytes)");
            scripted.router.releaseWrites();
            value(first);
        }
    }

    @Test
    void readingPausesWhileHandlersAreBehind() {
        Semaphore permits = new Semaphore(0);
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.handlerBacklog(10))) {
            scripted.subscribe("a.b", 20, event -> permits.acquire());
            for (int i = 0; i < 25; i++) {
                scripted.router.send(event(scripted));
            }
            assertThat(scripted.router.unread()).isEqualTo(15);
            permits.release(5);
            await().until(() -> scripted.router.unread() == 10);
            permits.release(100);
            await().until(() -> scripted.router.unread() == 0);
        }
    }

    @Test
    void readingPausesWhileTheSendBufferHoldsTwiceItsLimit() {
        AtomicInteger handled = new AtomicInteger();
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.sendBufferBytes(1000))) {
            scripted.subscribe("a.b", 20, event -> handled.incrementAndGet());
            scripted.router.holdWrites();
            var large = scripted.async().publish("a.c", "x".repeat(3000));
            scripted.router.send(event(scripted));
            scripted.router.send(event(scripted));
            await().until(() -> handled.get() == 1);
            assertThat(scripted.router.unread()).isEqualTo(1);
            scripted.router.releaseWrites();
            value(large);
            scripted.router.expect(Publish.class);
            await().until(() -> handled.get() == 2);
        }
    }

    @Test
    void anAnswerBehindEventsIsReachedByAHandlerThatWaitsForIt() {
        CompletableFuture<Long> answered = new CompletableFuture<>();
        Semaphore permits = new Semaphore(0);
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.handlerBacklog(10))) {
            scripted.subscribe("a.b", 20, event -> {
                permits.acquire();
                if (!answered.isDone()) {
                    answered.complete(scripted.session().call("a.c").as(Long.class));
                }
            });
            for (int i = 0; i < 25; i++) {
                scripted.router.send(event(scripted));
            }
            assertThat(scripted.router.unread()).isEqualTo(15);
            permits.release();
            long call = scripted.call(answered);
            scripted.router.send(new Result(call, ResultDetails.FINAL, scripted.router.payload(7)));
            assertThat(value(answered)).isEqualTo(7);
            permits.release(100);
        }
    }

    // A client that does not read gets no pongs and must not end the session because of that.
    @Test
    void silenceWhileReadingPausesDoesNotEndTheSession() {
        Semaphore permits = new Semaphore(0);
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.handlerBacklog(1))) {
            scripted.subscribe("a.b", 20, event -> permits.acquire());
            scripted.router.send(event(scripted));
            scripted.timers.advance(Duration.ofMinutes(5));
            assertThat(scripted.session().isOpen()).isTrue();
            permits.release();
        }
    }

    private static Event event(ScriptedSession scripted) {
        Payload payload = scripted.router.payload("event");
        return new Event(20, 99, EventDetails.NONE, payload);
    }
}
