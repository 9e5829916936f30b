package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Progressive call results and progressive calls, message by message. */
class PartsTest {
    private static final ResultDetails PARTIAL = new ResultDetails(true, null, Dict.EMPTY);

    private static InvocationDetails details(boolean receiveProgress, boolean progress, long timeoutMillis) {
        return new InvocationDetails(null, null, null, timeoutMillis, receiveProgress, progress, null, Dict.EMPTY);
    }

    private static Invocation invocation(ScriptedSession scripted, long id, InvocationDetails details, Object... args) {
        return new Invocation(id, 30, details, scripted.router.payload(args));
    }

    @Test
    void aPartialResultThatWasNotRequestedIsDropped() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async().call("a.b");
            long id = scripted.call(calling);
            scripted.router.send(
                    new Result(id, PARTIAL, scripted.router.payload("part")),
                    new Result(id, ResultDetails.FINAL, scripted.router.payload("whole")));
            assertThat(value(calling).as(String.class)).isEqualTo("whole");
        }
    }

    // RPC-TIMEOUT-04
    @Test
    void eachPartialResultRestartsTheTimeout() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            CallOptions inASecond = CallOptions.DEFAULT.timeout(Duration.ofSeconds(1));
            try (ResultStream results = scripted.session().stream("a.b", Args.NONE, inASecond)) {
                Call call = scripted.router.expect(Call.class);
                assertThat(call.options().receiveProgress()).isTrue();
                assertThat(call.options().timeoutMillis()).isEqualTo(1000);
                for (int i = 0; i < 3; i++) {
                    scripted.timers.advance(Duration.ofMillis(900));
                    scripted.router.send(new Result(call.request(), PARTIAL, scripted.router.payload(i)));
                }
                scripted.timers.advance(Duration.ofSeconds(1));
                scripted.router.expect(Cancel.class);
                var parts = results.iterator();
                for (long i = 0; i < 3; i++) {
                    assertThat(parts.next().as(Long.class)).isEqualTo(i);
                }
                assertThatThrownBy(parts::hasNext).hasMessageContaining("wamp.error.timeout");
            }
        }
    }

    @Test
    void unreadPartialResultsPauseReading() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.handlerBacklog(4))) {
            try (ResultStream results = scripted.session().stream("a.b")) {
                long id = scripted.router.expect(Call.class).request();
                for (int i = 0; i < 40; i++) {
                    scripted.router.send(new Result(id, PARTIAL, scripted.router.payload(i)));
                }
                assertThat(scripted.router.unread()).isPositive();
                var parts = results.iterator();
                for (long i = 0; i < 40; i++) {
                    assertThat(parts.next().as(Long.class)).isEqualTo(i);
                }
                assertThat(scripted.router.unread()).isZero();
            }
            assertThat(scripted.router.expect(Cancel.class).options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
        }
    }

    @Test
    void theSessionsEndEndsAStream() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            ResultStream results = scripted.session().stream("a.b");
            scripted.router.expect(Call.class);
            scripted.router.lose("cable cut");
            assertThatThrownBy(results.iterator()::hasNext).isInstanceOf(SessionClosedException.class);
            results.close();
        }
    }

    // RPC-PINV-01
    @Test
    void furtherPartsCarryTheSameIdAndOnlyProgress() {
        try (ScriptedSession scripted =
                ScriptedSession.openWithDealer(Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING))) {
            CallOptions options =
                    CallOptions.DEFAULT.timeout(Duration.ofSeconds(5)).discloseMe();
            ProgressiveCall upload = scripted.session().callInParts("a.b", Args.of(1), options);
            Call first = scripted.router.expect(Call.class);
            assertThat(first.options().progress()).isTrue();
            assertThat(first.options().discloseMe()).isTrue();
            upload.send(2);
            Call second = scripted.router.expect(Call.class);
            assertThat(second.request()).isEqualTo(first.request());
            assertThat(second.options().toDict().entries()).containsOnlyKeys("progress");
            var finishing = upload.finishAsync(Args.of(3));
            Call third = scripted.router.expect(Call.class);
            assertThat(third.request()).isEqualTo(first.request());
            assertThat(third.options().toDict().isEmpty()).isTrue();
            scripted.router.send(new Result(first.request(), ResultDetails.FINAL, scripted.router.payload("done")));
            assertThat(value(finishing).as(String.class)).isEqualTo("done");
            assertThat(upload.send(4)).isFalse();
        }
    }

    // RPC-PINV-02, FEAT-06
    @Test
    void noPartsAreSentToARouterWithoutTheFeature() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            assertThatThrownBy(() -> scripted.session().callInParts("a.b"))
                    .hasMessageContaining("wamp.error.feature_not_supported");
        }
    }

    // RPC-PINV-10
    @Test
    void aPartOfAFinishedInvocationIsIgnored() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, call -> call.argument(0, Long.class));
            scripted.router.send(invocation(scripted, 5, details(false, false, 0), 1));
            assertThat(scripted.router.expect(Yield.class).request()).isEqualTo(5);
            scripted.router.send(
                    invocation(scripted, 5, details(false, false, 0), 2),
                    invocation(scripted, 3, details(false, true, 0), 3),
                    invocation(scripted, 7, details(false, false, 0), 4));
            assertThat(scripted.router.expect(Yield.class).request()).isEqualTo(7);
        }
    }

    // RPC-PROG-07
    @Test
    void aHandlerSendsPartsOnlyWhenAsked() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, call -> {
                call.progress().ifPresent(progress -> progress.send("part"));
                return call.progress().isPresent();
            });
            scripted.router.send(invocation(scripted, 1, details(false, false, 0)));
            Yield whole = scripted.router.expect(Yield.class);
            assertThat(whole.options().progress()).isFalse();
            scripted.router.send(invocation(scripted, 2, details(true, false, 0)));
            assertThat(scripted.router.expect(Yield.class).options().progress()).isTrue();
            assertThat(scripted.router.expect(Yield.class).options().progress()).isFalse();
        }
    }

    // RPC-TIMEOUT-06
    @Test
    void aHandlerThatIgnoresItsTimeoutIsAnsweredForOnce() throws Exception {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            CountDownLatch released = new CountDownLatch(1);
            CompletableFuture<String> interrupted = new CompletableFuture<>();
            scripted.register("a.b", 30, call -> {
                while (released.getCount() > 0) {
                    try {
                        released.await();
                    } catch (InterruptedException ignored) {
                        interrupted.complete("interrupted");
                    }
                }
                return "too late";
            });
            scripted.router.send(invocation(scripted, 1, details(false, false, 300)));
            scripted.timers.advance(Duration.ofMillis(300));
            ErrorMessage error = scripted.router.expect(ErrorMessage.class);
            assertThat(error.error().text()).isEqualTo("wamp.error.timeout");
            assertThat(value(interrupted)).isEqualTo("interrupted");
            released.countDown();
        }
    }

    // RPC-CANCEL-11
    @Test
    void anInterruptOfNothingIsIgnored() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.router.send(new Interrupt(99, InterruptOptions.KILL_NO_WAIT));
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    // RPC-CANCEL-01
    @Test
    void theModeOfCancelingIsTheCallers() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async().call("a.b", Args.NONE, CallOptions.DEFAULT.cancelMode(CancelMode.SKIP));
            scripted.call(calling);
            calling.cancel(true);
            assertThat(scripted.router.expect(Cancel.class).options().mode()).isEqualTo(CancelMode.SKIP);
        }
    }

    // SUBREV-04
    @Test
    void aRevocationThatCrossesAnUnsubscribeIsTheSame() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Subscription subscription = scripted.subscribe("a.b", 20, event -> {});
            CompletableFuture<Void> closing = subscription.closeAsync();
            Unsubscribe unsubscribe = scripted.router.expect(Unsubscribe.class);
            scripted.router.send(
                    new Unsubscribed(0, new RevocationDetails(20, "shop.closed")),
                    new ErrorMessage(
                            Unsubscribe.CODE,
                            unsubscribe.request(),
                            ErrorDetails.NONE,
                            WampError.NO_SUCH_SUBSCRIPTION.uri(),
                            Payload.NONE));
            assertThat(value(closing)).isNull();
            var unused = scripted.subscribe("a.b", 21, event -> {}).closeAsync();
            assertThat(scripted.router.expect(Unsubscribe.class).subscription()).isEqualTo(21);
        }
    }

    // SUBREV-04, REGREV-03
    @Test
    void revocationsOfTheUnknownAreIgnored() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.router.send(
                    new Unsubscribed(0, new RevocationDetails(77, null)),
                    new Unregistered(0, new RevocationDetails(78, "a.b")));
            assertThat(scripted.session().isOpen()).isTrue();
        }
    }

    // REGREV-03
    @Test
    void aRevokedRegistrationTellsItsListenerAndAnswersNoMore() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Registration registration = scripted.register("a.b", 30, call -> "wrong");
            CompletableFuture<String> told = new CompletableFuture<>();
            registration.onRevoked(told::complete);
            scripted.router.send(new Unregistered(0, new RevocationDetails(30, "shop.closed")));
            assertThat(value(told)).isEqualTo("shop.closed");
            scripted.router.send(invocation(scripted, 1, details(false, false, 0)));
            assertThat(scripted.router.expect(ErrorMessage.class).error().text())
                    .isEqualTo("wamp.error.no_such_registration");
            registration.close();
        }
    }

    @Test
    void theSessionsCallTimeoutIsTheDefault() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.callTimeout(Duration.ofSeconds(2)))) {
            var calling = scripted.async().call("a.b");
            assertThat(scripted.router.expect(Call.class).options().timeoutMillis())
                    .isEqualTo(2000);
            scripted.timers.advance(Duration.ofSeconds(2));
            assertThat(failure(calling).uri()).isEqualTo("wamp.error.timeout");
            scripted.router.expect(Cancel.class);
        }
    }
}
