package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ListenerTest {
    @Test
    void theUriHasTheRealPort() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(listener.port()).isPositive();
            assertThat(listener.uri()).hasToString("ws://127.0.0.1:" + listener.port() + "/ws");
        }
    }

    /** Sockets arrive at every moment of the closing, so several rounds are needed to meet each moment. */
    @Test
    void socketsThatArriveWhileTheListenerClosesAreClosedToo() throws Exception {
        for (int round = 0; round < 30; round++) {
            TestListener listener = TestListener.with(RecordingAcceptor.recorder());
            List<Socket> sockets = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(1);
            Thread client = Thread.ofVirtual().start(() -> connectUntilRefused(listener.port(), sockets, begun));
            begun.await();
            listener.close();
            client.join();
            for (Socket socket : sockets) {
                expectEnd(socket);
            }
        }
    }

    private static void connectUntilRefused(int port, List<Socket> sockets, CountDownLatch begun) {
        try {
            while (true) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
                begun.countDown();
            }
        } catch (IOException refused) {
            begun.countDown();
        }
    }

    /**
     * The client sends a byte first: where a listen socket closes during the handshake of TCP, the kernel can leave the
     * client with a connection that the server never had, and resets it only when the client sends.
     */
    private static void expectEnd(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write('G');
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException ended) {
            assertThat(ended.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
    }

    @Test
    void aPortInUseIsOneClearSentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            ListenerConfig taken = ListenerConfig.of("0.0.0.0", other.getLocalPort());
            assertThatThrownBy(() -> bind(taken))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("Cannot listen on 0.0.0.0:" + other.getLocalPort()
                            + ": the port is in use by another program.");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneClearSentence() {
        assertThatThrownBy(() -> bind(ListenerConfig.of("192.0.2.1", 0)))
                .isInstanceOf(ListenException.class)
                .hasMessageStartingWith("Cannot listen on 192.0.2.1:0: this machine has no such address");
        assertThatThrownBy(() -> bind(ListenerConfig.of("no.such.host.invalid", 0)))
                .isInstanceOf(ListenException.class)
                .hasMessage("Cannot listen on no.such.host.invalid:0: the host name has no address.");
    }

    @Test
    void ofSeveralListenersTheFailedOneIsNamedAndNoneStaysOpen() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket free = new ServerSocket(0)) {
            int taken = other.getLocalPort();
            int first = free.getLocalPort();
            free.close();
            RouterConfig config = RouterConfig.builder()
                    .listener(ListenerConfig.of("127.0.0.1", first))
                    .listener(ListenerConfig.of("127.0.0.1", taken))
                    .realm(RealmConfig.open("realm1"))
                    .build();
            assertThatThrownBy(() -> RouterServer.start(config))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("Cannot listen on 127.0.0.1:" + taken
                            + " (listener 2 of 2): the port is in use by another program.");
            new ServerSocket(first).close();
        }
    }

    /** The hosts that a listener may have, each with addresses on which clients reach it. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, 127.0.0.1",
        "::1, ::1",
        "0.0.0.0, 127.0.0.1 ::1",
        "::, 127.0.0.1 ::1",
    })
    void clientsReachEachAddress(String host, String addresses) throws Exception {
        assumeThat(!addresses.contains(":") || hasIpv6())
                .as("this machine has IPv6")
                .isTrue();
        ListenerConfig config = ListenerConfig.of(host, 0);
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config)) {
            String literal = host.contains(":") ? "[" + host + "]" : host;
            assertThat(listener.uri()).hasToString("ws://" + literal + ":" + listener.port() + "/ws");
            for (String address : addresses.split(" ", -1)) {
                try (RawWebSocketClient client = new RawWebSocketClient(new Socket(address, listener.port()))) {
                    assertThat(client.request(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json")))
                            .as(address)
                            .startsWith("HTTP/1.1 101 ");
                }
                assertThat(listener.acceptor.await().connection.isPrivate())
                        .as(address)
                        .isTrue();
            }
        }
    }

    @Test
    void closingTellsTheReceiversAndFreesPortAndThreads() throws Exception {
        TestListener listener = TestListener.with(RecordingAcceptor.recorder());
        int port = listener.port();
        try (RawWebSocketClient client = RawWebSocketClient.open(port, "wamp.2.json")) {
            RecordingAcceptor.AcceptedConnection accepted = listener.acceptor.await();
            listener.close();
            listener.close();
            assertThat(accepted.endings).hasSize(1);
            assertThat(client.isAtEnd()).isTrue();
        }
        new ServerSocket(port).close();
        assertThat(listener.limit.open()).isZero();
        assertThat(listener.timers.waiting()).isZero();
        // The threads end shortly after they are interrupted.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("io-")));
    }

    private static boolean hasIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    }

    private static Listener bind(ListenerConfig config) throws ListenException {
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
