package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.options.CancelMode;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Canceling with the real router. */
@Timeout(60)
class CancelTest {
    private final Pair pair = new Pair();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        pair.close();
    }

    private CompletableFuture<Result> call(CancelMode mode) throws InterruptedException {
        pair.bob.register("shop.slow", call -> {
            pair.got("started");
            try {
                released.await();
                return "released";
            } catch (InterruptedException interrupted) {
                pair.got("interrupted");
                return "stopped in good order";
            }
        });
        CompletableFuture<Result> calling =
                pair.ann.async().call("shop.slow", Args.NONE, CallOptions.DEFAULT.cancelMode(mode));
        assertThat(pair.next()).isEqualTo("started");
        return calling;
    }

    // RPC-CANCEL-03, RPC-CANCEL-12
    @Test
    void cancelingInterruptsTheHandlerAndWaitsForNothing() throws Exception {
        CompletableFuture<Result> calling = call(CancelMode.KILL_NO_WAIT);
        assertThat(calling.cancel(true)).isTrue();
        assertThatThrownBy(calling::join).isInstanceOf(CancellationException.class);
        assertThat(pair.next()).isEqualTo("interrupted");
        assertThat(pair.ann.isOpen()).isTrue();
    }

    // RPC-CANCEL-02
    @Test
    void skippingLeavesTheHandlerAlone() throws Exception {
        CompletableFuture<Result> calling = call(CancelMode.SKIP);
        assertThat(calling.cancel(true)).isTrue();
        assertThat(pair.ann.call("wamp.session.count").as(Long.class)).isEqualTo(2);
        pair.bob.publish("some.topic");
        assertThat(pair.gotNothingMore()).isTrue();
    }

    // RPC-CANCEL-04, RPC-CANCEL-10
    @Test
    void killWaitsForTheAnswerOfTheHandler() throws Exception {
        CompletableFuture<Result> calling = call(CancelMode.KILL);
        assertThat(calling.cancel(true)).isFalse();
        assertThat(ScriptedSession.value(calling).as(String.class)).isEqualTo("stopped in good order");
        assertThat(pair.next()).isEqualTo("interrupted");
        assertThat(calling.cancel(true)).isFalse();
    }

    // RPC-CANCEL-10
    @Test
    void anInterruptedHandlerAnswersCanceled() throws Exception {
        pair.bob.register("shop.slow", call -> {
            pair.got("started");
            released.await();
            return null;
        });
        var calling = pair.ann.async().call("shop.slow", Args.NONE, CallOptions.DEFAULT.cancelMode(CancelMode.KILL));
        pair.next();
        calling.cancel(true);
        assertThat(ScriptedSession.failure(calling).uri()).isEqualTo("wamp.error.canceled");
    }

    @Test
    void anInterruptOfTheWaitingThreadStopsTheHandler() throws Exception {
        pair.bob.register("shop.slow", call -> {
            pair.got(Thread.currentThread());
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                pair.got("interrupted");
            }
            return null;
        });
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                pair.ann.call("shop.slow");
            } catch (WampException canceled) {
                pair.got(canceled.uri());
            }
        });
        assertThat(pair.next()).isInstanceOf(Thread.class);
        caller.interrupt();
        assertThat(List.of(pair.next(), pair.next())).containsExactlyInAnyOrder("interrupted", "wamp.error.canceled");
    }
}
