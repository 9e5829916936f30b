package io.junctor.router.realm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.session.ScriptedConnection;
import io.junctor.router.turn.ManualTimers;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A transport that is lost in the moment in which the router begins to wait for the GOODBYE of its client. */
class LostWhileClosingTest {
    private final HookedTimers timers = new HookedTimers();

    @Test
    void noTimerIsLeftWhenTheTransportIsLostWhileTheRouterSendsGoodbye() {
        RouterConfig config = RouterConfig.builder()
                .realm(RealmConfig.open("realm1"))
                .shutdown(ShutdownNotice.GOODBYE)
                .build();
        try (Router router = Router.open(config, timers)) {
            ScriptedConnection connection = new ScriptedConnection(Serializer.JSON);
            MessageReceiver receiver = router.accept(connection);
            receiver.onMessage("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]".getBytes(UTF_8));
            await().until(() -> !connection.writes().isEmpty());
            assertThat(timers.clock.pending()).isZero();

            AtomicBoolean isCut = new AtomicBoolean();
            timers.beforeNext = () -> {
                onAnotherThread(() -> receiver.onClosed("cut"));
                isCut.set(true);
            };
            router.shutDown();

            assertThat(isCut).isTrue();
            assertThat(timers.clock.pending()).isZero();
        }
    }

    private static void onAnotherThread(Runnable work) {
        try {
            Thread.ofPlatform().start(work).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A clock that stands still, with a hook that runs once before the next timer is set. */
    private static final class HookedTimers implements Timers {
        private final ManualTimers clock = new ManualTimers();
        private Runnable beforeNext = () -> {};

        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            Runnable hook = beforeNext;
            beforeNext = () -> {};
            hook.run();
            return clock.after(delay, action);
        }

        @Override
        public Timer every(Duration period, Runnable action) {
            return clock.every(period, action);
        }
    }
}
