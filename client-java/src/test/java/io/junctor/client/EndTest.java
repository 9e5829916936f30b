package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndTest {
    private static final Goodbye OUT = new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri());

    private final LinkedBlockingQueue<CloseReason> leaves = new LinkedBlockingQueue<>();

    // SES-09, SES-15
    @Test
    void closingSendsGoodbyeAndWaitsForTheAnswer() throws Exception {
        ScriptedSession scripted = opened();
        var calling = scripted.async().call("a.b");
        scripted.call(calling);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(scripted.session()::close);
        Goodbye goodbye = scripted.router.expect(Goodbye.class);
        assertThat(goodbye.reason().text()).isEqualTo("wamp.close.close_realm");
        assertThat(closing).isNotDone();
        scripted.router.send(OUT);
        value(closing);

        assertThat(scripted.router.closeCode()).isEqualTo(1000);
        assertThat(onlyLeave().by()).isEqualTo(CloseReason.By.CLIENT);
        assertThat(failure(calling)).isInstanceOf(SessionClosedException.class);
        assertThat(scripted.session().isOpen()).isFalse();
        scripted.session().close();
        scripted.router.assertNothingMore();
        assertThat(scripted.timers.isClosed()).isTrue();
    }

    // SES-08
    @Test
    void afterGoodbyeNothingIsSentAndOnlyTheEndIsRead() throws Exception {
        ScriptedSession scripted = opened();
        scripted.register("a.b", 30, invocation -> "an answer");
        var calling = scripted.async().call("a.b");
        long call = scripted.call(calling);
        var closing = scripted.async().close();
        scripted.router.expect(Goodbye.class);
        scripted.router.send(
                new Invocation(1, 30, InvocationDetails.NONE, Payload.NONE),
                new Result(call, ResultDetails.FINAL, Payload.NONE));
        assertThat(failure(scripted.async().publish("a.b")).uri()).isEqualTo("wamp.close.close_realm");
        assertThat(calling).isNotDone();
        scripted.router.send(OUT);
        value(closing);
        scripted.router.assertNothingMore();
        failure(calling);
    }

    // SES-07: crossing GOODBYEs answer each other.
    @Test
    void aGoodbyeThatCrossesOursIsItsAnswer() throws Exception {
        ScriptedSession scripted = opened();
        var closing = scripted.async().close();
        scripted.router.expect(Goodbye.class);
        scripted.router.send(new Goodbye(CloseDetails.NONE, WampError.SYSTEM_SHUTDOWN.uri()));
        assertThat(value(closing).by()).isEqualTo(CloseReason.By.CLIENT);
        scripted.router.assertNothingMore();
        onlyLeave();
    }

    // SES-08
    @Test
    void aGoodbyeWithoutAnswerEndsAfterTheCloseTimeout() throws Exception {
        ScriptedSession scripted = opened();
        var closing = scripted.async().close();
        scripted.router.expect(Goodbye.class);
        scripted.timers.advance(Duration.ofSeconds(5));
        assertThat(value(closing).message()).contains("GOODBYE was not answered");
        assertThat(scripted.router.isOver()).isTrue();
        onlyLeave();
    }

    // SES-07, SES-15
    @Test
    void theRoutersGoodbyeIsAnsweredOnce() throws Exception {
        ScriptedSession scripted = opened();
        var calling = scripted.async().call("a.b");
        scripted.call(calling);
        scripted.router.send(new Goodbye(CloseDetails.message("back at noon"), WampError.SYSTEM_SHUTDOWN.uri()));
        assertThat(scripted.router.expect(Goodbye.class)).isEqualTo(OUT);

        CloseReason leave = onlyLeave();
        assertThat(leave.by()).isEqualTo(CloseReason.By.ROUTER);
        assertThat(leave.reason()).isEqualTo("wamp.close.system_shutdown");
        assertThat(leave.message()).contains("back at noon");
        assertThat(failure(calling).uri()).isEqualTo("wamp.close.system_shutdown");
        assertThat(((SessionClosedException) failure(calling)).closeReason()).isEqualTo(leave);
        scripted.session().close();
        scripted.router.assertNothingMore();
    }

    // SES-09
    @Test
    void anyReasonIsAccepted() throws Exception {
        ScriptedSession scripted = opened();
        scripted.router.send(new Goodbye(CloseDetails.NONE, new Uri("com.example.because")));
        scripted.router.expect(Goodbye.class);
        assertThat(onlyLeave().reason()).isEqualTo("com.example.because");
    }

    // SES-06
    @Test
    void anAbortEndsTheSessionAndIsNotAnswered() throws Exception {
        ScriptedSession scripted = opened();
        scripted.router.send(
                new Abort(CloseDetails.message("you misbehaved"), WampError.PROTOCOL_VIOLATION.uri(), Payload.NONE));
        CloseReason leave = onlyLeave();
        assertThat(leave.by()).isEqualTo(CloseReason.By.ROUTER);
        assertThat(leave.reason()).isEqualTo("wamp.error.protocol_violation");
        scripted.router.assertNothingMore();
        assertThat(scripted.router.isOver()).isTrue();
    }

    // SES-15
    @Test
    void aLostConnectionFailsEverythingThatIsOpen() throws Exception {
        ScriptedSession scripted = opened();
        AsyncSession async = scripted.async();
        scripted.router.holdWrites();
        List<CompletableFuture<?>> open = List.of(
                async.call("a.b"),
                async.publish("a.b", Args.NONE, PublishOptions.DEFAULT.acknowledged()),
                async.publish("a.b"),
                async.subscribe("a.b", event -> {}),
                async.register("a.b", invocation -> null));
        scripted.router.lose("connection reset");
        assertThat(onlyLeave().by()).isEqualTo(CloseReason.By.TRANSPORT);
        for (CompletableFuture<?> request : open) {
            assertThat(failure(request)).isInstanceOf(SessionClosedException.class);
            assertThat(failure(request)).hasMessageContaining("connection reset");
        }
        assertThatThrownBy(() -> scripted.session().call("a.b")).isInstanceOf(SessionClosedException.class);
    }

    static FromRouter[] violations() {
        return new FromRouter[] {
            ScriptedSession.welcome(Set.of()),
            new Challenge("ticket", Dict.EMPTY),
            new Published(99, 1),
            new Result(99, ResultDetails.FINAL, Payload.NONE),
            new ErrorMessage(Call.CODE, 99, ErrorDetails.NONE, WampError.CANCELED.uri(), Payload.NONE),
            new Subscribed(1, 5),
        };
    }

    // PV-16, PV-17: the last answers a call by SUBSCRIBED.
    @ParameterizedTest
    @MethodSource("violations")
    void aViolationByTheRouterIsAborted(FromRouter violation) throws Exception {
        assertViolation(scripted -> scripted.router.send(violation));
    }

    // PV-13: no list, an unknown code, a wrong length, an id out of range, and nothing at all.
    @Test
    void malformedMessagesAreAborted() throws Exception {
        byte[][] malformed = {
            {(byte) 0xc0}, {(byte) 0x91, 99}, {(byte) 0x92, 33, 1}, {(byte) 0x93, 33, 1, 0}, {},
        };
        for (byte[] message : malformed) {
            assertViolation(scripted -> scripted.router.sendRaw(message));
        }
    }

    // TR-WS-01
    @Test
    void aFaultOfTheFramingIsAborted() throws Exception {
        assertViolation(scripted -> scripted.router.fault("text frame on a binary subprotocol"));
    }

    private void assertViolation(Consumer<ScriptedSession> violate) throws Exception {
        ScriptedSession scripted = opened();
        var calling = scripted.async().call("a.b");
        scripted.call(calling);
        violate.accept(scripted);
        Abort abort = scripted.router.expect(Abort.class);
        assertThat(abort.reason().text()).isEqualTo("wamp.error.protocol_violation");
        assertThat(abort.details().message()).isNotEmpty();
        assertThat(scripted.router.closeCode()).isEqualTo(1002);
        assertThat(onlyLeave().by()).isEqualTo(CloseReason.By.VIOLATION);
        failure(calling);
    }

    // TR-WS-04
    @Test
    void aSilentRouterIsNoticedWithinTwiceThePingInterval() throws Exception {
        ScriptedSession scripted = opened();
        scripted.timers.advance(Duration.ofSeconds(21));
        scripted.router.pong();
        scripted.timers.advance(Duration.ofSeconds(35));
        assertThat(scripted.session().isOpen()).isTrue();
        assertThat(scripted.router.pings()).isEqualTo(2);
        scripted.timers.advance(Duration.ofSeconds(5));
        assertThat(onlyLeave().message()).contains("nothing arrived for 40000 ms");
        assertThat(scripted.router.isOver()).isTrue();
    }

    @Test
    void eventsReceivedBeforeTheEndAreStillHandled() throws Exception {
        LinkedBlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        ScriptedSession scripted = opened();
        scripted.subscribe("a.b", 20, event -> {
            release.await();
            handled.add(event.argument(0, Long.class));
        });
        for (long i = 0; i < 3; i++) {
            scripted.router.send(new Event(20, 99, EventDetails.NONE, scripted.router.payload(i)));
        }
        scripted.router.lose("connection reset");
        onlyLeave();
        release.countDown();
        for (long i = 0; i < 3; i++) {
            assertThat(handled.poll(5, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    @Test
    void closingInterruptsHandlersThatDoNotFinish() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ScriptedSession scripted = ScriptedSession.open(client -> client.closeTimeout(Duration.ofMillis(10)));
        scripted.register("a.b", 30, invocation -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                interrupted.countDown();
            }
            return null;
        });
        scripted.router.send(new Invocation(1, 30, InvocationDetails.NONE, Payload.NONE));
        assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
        scripted.close();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHandlerMayCloseItsSession() throws Exception {
        ScriptedSession scripted = opened();
        scripted.subscribe("a.b", 20, event -> scripted.session().close());
        scripted.router.send(new Event(20, 99, EventDetails.NONE, Payload.NONE));
        scripted.router.expect(Goodbye.class);
        scripted.router.send(OUT);
        onlyLeave();
    }

    private ScriptedSession opened() {
        ScriptedSession scripted = ScriptedSession.open();
        scripted.session().onLeave(leaves::add);
        return scripted;
    }

    /** Returns how the session ended, and fails if the listener was called twice. */
    private CloseReason onlyLeave() throws InterruptedException {
        CloseReason leave = leaves.poll(5, TimeUnit.SECONDS);
        assertThat(leave).as("a leave within 5 s").isNotNull();
        assertThat(leaves).isEmpty();
        return leave;
    }
}
