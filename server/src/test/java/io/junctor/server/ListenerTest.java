package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.connection.ConnectionLimit;
import io.junctor.router.connection.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {
    @Test
    void theUriHasTheRealPort() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(listener.port()).isPositive();
            assertThat(listener.uri()).hasToString("ws://127.0.0.1:" + listener.port() + "/ws");
        }
    }

    @Test
    void aPortInUseIsOneClearSentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            ListenerConfig taken = ListenerConfig.of("0.0.0.0", other.getLocalPort());
            assertThatThrownBy(() -> bind(taken))
                    .isInstanceOf(ListenFailure.class)
                    .hasMessage("Cannot listen on 0.0.0.0:" + other.getLocalPort()
                            + ": the port is in use by another program.");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneClearSentence() {
        assertThatThrownBy(() -> bind(ListenerConfig.of("192.0.2.1", 0)))
                .isInstanceOf(ListenFailure.class)
                .hasMessageStartingWith("Cannot listen on 192.0.2.1:0: this machine has no such address");
        assertThatThrownBy(() -> bind(ListenerConfig.of("no.such.host.invalid", 0)))
                .isInstanceOf(ListenFailure.class)
                .hasMessageContaining("this host name has no address");
    }

    @Test
    void closingTellsTheReceiversAndFreesPortAndThreads() throws Exception {
        TestListener listener = TestListener.with(RecordingAcceptor.recorder());
        int port = listener.port();
        try (RawWebSocketClient client = RawWebSocketClient.open(port, "wamp.2.json")) {
            RecordingAcceptor.Accepted accepted = listener.acceptor.await();
            listener.close();
            listener.close();
            assertThat(accepted.endings).hasSize(1);
            assertThat(client.isAtEnd()).isTrue();
        }
        new ServerSocket(port).close();
        assertThat(listener.limit.open()).isZero();
        assertThat(listener.timers.waiting()).isZero();
        // The threads are told to end, and do so a moment later.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("io-")));
    }

    private static Listener bind(ListenerConfig config) throws ListenFailure {
        return ListenerBinding.bind(
                config,
                new TransportContext(
                        RecordingAcceptor.recorder(),
                        new Counters(),
                        new ManualTimers(),
                        new ConnectionLimit(1),
                        List.of()));
    }
}
