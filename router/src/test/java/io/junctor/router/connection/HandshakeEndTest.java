package io.junctor.router.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.audit.LogRateLimits;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.ScriptedConnection;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.ManualTimers;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transport that is lost in the moment in which its handshake begins. */
class HandshakeEndTest {
    private final List<String> seen = new ArrayList<>();
    private final HandshakeHandler handler = new HandshakeHandler() {
        @Override
        public void onMessage(FromClient message) {
            seen.add("reserves");
        }

        @Override
        public void onRefused(JoinRefused refused) {
            seen.add("refused");
        }

        @Override
        public void end() {
            seen.add("releases");
        }
    };

    @Test
    void theHandshakeReleasesWhatItReservedForAClientThatIsLost() {
        ManualTimers timers = new ManualTimers();
        Counters counters = new Counters();
        ClientConnections.Context context = new ClientConnections.Context(
                counters, timers, Runnable::run, new OutboxBudget(Long.MAX_VALUE), LogRateLimits.of(timers, counters));
        ClientConnections connections = new ClientConnections(context, client -> {
            client.onClosed("cut");
            return handler;
        });
        connections
                .accept(new ScriptedConnection(Serializer.JSON))
                .onMessage("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]".getBytes(UTF_8));
        assertThat(seen).containsExactly("reserves", "releases");
        assertThat(connections.size()).isZero();
    }
}
