package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.CallOptions;
import io.junctor.client.Event;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.wamp.value.TraceContext;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trace context of a call and a publication reaches callee and subscribers. */
@Timeout(120)
class TracePropagationTest {
    private static final TraceContext CONTEXT =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1, "vendor=1");

    private final Router router =
            Router.open(RouterConfig.builder().realm(RealmConfig.open("realm1")).build());
    private final Session one = Session.join(router, "realm1");
    private final Session other = Session.join(router, "realm1");

    @AfterEach
    void close() {
        one.close();
        other.close();
        router.close();
    }

    @Test
    void theCalleeGetsTheContextOfTheCaller() {
        other.register(
                "trace",
                call -> call.trace().map(TraceContext::toDict).orElseThrow().entries());

        assertThat(one.call("trace", Args.NONE, CallOptions.DEFAULT.trace(CONTEXT))
                        .argument(0, Object.class))
                .isEqualTo(CONTEXT.toDict().entries());
    }

    @Test
    void theSubscribersGetTheContextOfThePublisher() throws InterruptedException {
        BlockingQueue<Optional<TraceContext>> contexts = new LinkedBlockingQueue<>();
        other.subscribe("topic", (Event event) -> contexts.add(event.trace()));

        one.publish("topic", Args.NONE, PublishOptions.DEFAULT.trace(CONTEXT));
        one.publish("topic");

        assertThat(contexts.poll(60, TimeUnit.SECONDS)).contains(CONTEXT);
        assertThat(contexts.poll(60, TimeUnit.SECONDS)).isEmpty();
    }
}
