package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    // ID-04
    @Test
    void allRequestsShareOneCounter() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription subscription = scripted.subscribe("a.b", 20, event -> {});
            Registration registration = scripted.register("a.b", 30, invocation -> null);
            scripted.session().publish("a.c");
            assertThat(scripted.router.expect(Publish.class).request()).isEqualTo(3);
            assertThat(scripted.call(scripted.async().call("a.d"))).isEqualTo(4);
            var unused = List.of(subscription.closeAsync(), registration.closeAsync());
            assertThat(scripted.router.expect(Unsubscribe.class).request()).isEqualTo(5);
            assertThat(scripted.router.expect(Unregister.class).request()).isEqualTo(6);
        }
    }

    // ID-05
    @Test
    void requestIdsOfManyThreadsAreInOrderOnTheWire() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            List<CompletableFuture<Void>> senders = IntStream.range(0, 8)
                    .mapToObj(sender -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 200; i++) {
                            scripted.session().publish("a.b", sender, i);
                        }
                    }))
                    .toList();
            for (long id = 1; id <= 1600; id++) {
                assertThat(scripted.router.expect(Publish.class).request()).isEqualTo(id);
            }
            senders.forEach(ScriptedSession::value);
        }
    }

    // ID-05, SER-04: JSON has no form for text that begins with U+0000, nor for NaN.
    @Test
    void aRequestThatCannotBeSerializedUsesNoId() {
        try (ScriptedSession scripted = ScriptedSession.open(Serializer.JSON)) {
            for (Object wrong : new Object[] {"\u0000text", Double.NaN, new Object()}) {
                assertThat(failure(scripted.async().call("a.b", wrong)).uri()).isEqualTo("wamp.error.invalid_payload");
                assertThat(failure(scripted.async().publish("a.b", wrong)).uri())
                        .isEqualTo("wamp.error.invalid_payload");
            }
            assertThat(scripted.call(scripted.async().call("a.b"))).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatIsTooLargeUsesNoId() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.maxMessageBytes(1000))) {
            WampException failure = failure(scripted.async().call("a.b", "x".repeat(1000)));
            assertThat(failure.uri()).isEqualTo("wamp.error.payload_size_exceeded");
            assertThat(failure).hasMessageContaining("CALL a.b").hasMessageContaining("the limit is 1000");
            assertThat(scripted.call(scripted.async().call("a.b"))).isEqualTo(1);
        }
    }

    // URI-13, URI-04
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", "a b", "a.b\n", "a#b"})
    void invalidUrisAreNotSent(String wrong) {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            AsyncSession async = scripted.async();
            for (CompletableFuture<?> request : List.of(
                    async.call(wrong),
                    async.publish(wrong),
                    async.subscribe(wrong, event -> {}),
                    async.register(wrong, invocation -> null))) {
                assertThat(failure(request).uri()).isEqualTo("wamp.error.invalid_uri");
            }
            assertThat(scripted.call(async.call("a.b"))).isEqualTo(1);
        }
    }

    @Test
    void aRequestWithoutAnswerFailsAfterTheRequestTimeout() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.requestTimeout(Duration.ofSeconds(7)))) {
            var publishing = scripted.async().publish("a.b", Args.NONE, PublishOptions.DEFAULT.acknowledged());
            scripted.router.expect(Publish.class);
            scripted.timers.advance(Duration.ofSeconds(7));
            WampException failure = failure(publishing);
            assertThat(failure.uri()).isEqualTo("wamp.error.timeout");
            assertThat(failure).hasMessageContaining("PUBLISH a.b: no answer within 7000 ms");
        }
    }

    // RPC-TIMEOUT-06
    @Test
    void aCallThatTakesTooLongIsCanceledAndItsLateResultIgnored() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            CallOptions inASecond = CallOptions.DEFAULT.timeout(Duration.ofSeconds(1));
            var calling = scripted.async().call("a.b", Args.NONE, inASecond);
            long id = scripted.call(calling);
            scripted.timers.advance(Duration.ofSeconds(1));
            assertThat(failure(calling).uri()).isEqualTo("wamp.error.timeout");
            assertThat(scripted.router.expect(Cancel.class).request()).isEqualTo(id);

            // PV-17
            scripted.router.send(new Result(id, ResultDetails.FINAL, Payload.NONE));
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    // RPC-CANCEL-12
    @Test
    void cancelingTheFutureCancelsTheCall() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async().call("a.b");
            long id = scripted.call(calling);
            calling.cancel(true);
            assertThat(scripted.router.expect(Cancel.class).request()).isEqualTo(id);
            scripted.router.send(new Result(id, ResultDetails.FINAL, Payload.NONE));
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    @Test
    void anInterruptOfTheWaitingThreadCancelsTheCall() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            CompletableFuture<WampException> thrown = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    scripted.session().call("a.b");
                } catch (WampException canceled) {
                    thrown.complete(canceled);
                }
            });
            scripted.router.expect(Call.class);
            caller.interrupt();
            assertThat(value(thrown).uri()).isEqualTo("wamp.error.canceled");
            scripted.router.expect(Cancel.class);
            caller.join();
        }
    }

    // FEAT-06: what the router did not announce is not sent.
    @Test
    void nothingIsCanceledAtARouterThatCannot() {
        try (ScriptedSession scripted = ScriptedSession.openWithDealer(Set.of())) {
            var calling = scripted.async().call("a.b");
            scripted.call(calling);
            calling.cancel(true);
        }
    }

    // PS-13
    @Test
    void anAcknowledgedPublicationBringsItsId() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            PublishOptions options = PublishOptions.DEFAULT.acknowledged().includeMe();
            var publishing = scripted.async().publish("a.b", Args.of(1), options);
            Publish publish = scripted.router.expect(Publish.class);
            assertThat(publish.options().acknowledge()).isTrue();
            assertThat(publish.options().excludeMe()).isFalse();
            assertThat(publishing).isNotDone();
            scripted.router.send(new Published(publish.request(), 99));
            assertThat(value(publishing)).hasValue(99);
        }
    }

    // PS-13
    @Test
    void anUnacknowledgedPublicationIsDoneWhenItIsWritten() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.router.holdWrites();
            var publishing = scripted.async().publish("a.b", 1);
            assertThat(scripted.router.expect(Publish.class).options().acknowledge())
                    .isFalse();
            assertThat(publishing).isNotDone();
            scripted.router.releaseWrites();
            assertThat(value(publishing)).isEmpty();
        }
    }

    // MSG-06
    @Test
    void noArgumentsAreLeftOff() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.session().publish("a.b");
            assertThat(scripted.router.expect(Publish.class).payload().isAbsent())
                    .isTrue();
            scripted.session().publish("a.b", Args.NONE.with("key", 1));
            assertThat(scripted.router.expect(Publish.class).payload().argumentKinds())
                    .isEqualTo(Payload.ArgumentKinds.KEYWORDS);
        }
    }

    @Test
    void aSubscriptionThatComesTooLateIsGivenBack() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var subscribing = scripted.async().subscribe("a.b", event -> {});
            Subscribe subscribe = scripted.router.expect(Subscribe.class);
            var registering = scripted.async().register("a.b", invocation -> null);
            Register register = scripted.router.expect(Register.class);
            scripted.timers.advance(Duration.ofSeconds(30));
            failure(subscribing);
            failure(registering);
            scripted.router.send(new Subscribed(subscribe.request(), 20));
            assertThat(scripted.router.expect(Unsubscribe.class).subscription()).isEqualTo(20);
            scripted.router.send(new Registered(register.request(), 30));
            assertThat(scripted.router.expect(Unregister.class).registration()).isEqualTo(30);
        }
    }
}
