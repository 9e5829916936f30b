package io.junctor.router.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.ManualTimers;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessEndpointTest {
    @Test
    void aConnectionThatTheRouterFailsToAcceptIsNotCounted() {
        ConnectionLimit limit = new ConnectionLimit(1);
        TransportContext context = new TransportContext(
                connection -> {
                    throw new IllegalStateException("the router failed");
                },
                new Counters(),
                new ManualTimers(),
                limit,
                List.of());
        InProcessEndpoint endpoint = InProcessEndpoint.of(context, Runnable::run, () -> false);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> endpoint.connect(Serializer.JSON, Integer.MAX_VALUE))
                    .hasMessage("the router failed");
            assertThat(limit.isFull()).isFalse();
        }
    }
}
