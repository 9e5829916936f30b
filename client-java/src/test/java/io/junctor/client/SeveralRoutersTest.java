package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.engine.ManualTimers;
import io.junctor.client.internal.engine.ScriptedRouter;
import io.junctor.client.internal.session.JoinRound;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SeveralRoutersTest {
    private final BlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final BlockingQueue<ScriptedRouter> routers = new LinkedBlockingQueue<>();

    private static String unused() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "ws://127.0.0.1:" + free.getLocalPort() + "/ws";
        }
    }

    @Test
    void aRouterThatDoesNotAnswerIsPassedOver() throws IOException {
        try (LiveRouter router = new LiveRouter();
                Session session =
                        Client.builder(unused(), unused(), router.uri()).build().join()) {
            assertThat(session.isOpen()).isTrue();
            assertThat(router.connections()).isEqualTo(1);
        }
    }

    @Test
    void theFirstRouterThatAnswersIsJoined() {
        try (LiveRouter first = new LiveRouter();
                LiveRouter second = new LiveRouter();
                Session session =
                        Client.builder(first.uri(), second.uri()).build().join()) {
            assertThat(session.isOpen()).isTrue();
            assertThat(first.connections()).isEqualTo(1);
            assertThat(second.connections()).isZero();
        }
    }

    @Test
    void theErrorNamesEachRouterWithItsProblem() throws IOException {
        String first = unused();
        String second = unused();
        Client client = Client.builder(first, second).build();
        assertThatThrownBy(client::join)
                .isInstanceOfSatisfying(
                        WampException.class,
                        failure -> assertThat(failure.uri()).isEqualTo("wamp.error.network_failure"))
                .hasMessageContaining("no router could be joined: " + first + ": ")
                .hasMessageContaining("cannot connect to " + first + ": connection refused; " + second + ": ")
                .hasMessageContaining("cannot connect to " + second + ": connection refused");
    }

    @Test
    void aRefusalThatStaysEndsTheRound() throws IOException {
        try (LiveRouter first = new LiveRouter();
                LiveRouter second = new LiveRouter()) {
            Client client = Client.builder(unused(), first.uri(), second.uri())
                    .realm("nowhere")
                    .build();
            assertThatThrownBy(client::join)
                    .isInstanceOfSatisfying(
                            WampException.class,
                            failure -> assertThat(failure.uri()).isEqualTo("wamp.error.no_such_realm"))
                    .hasMessageContaining("connection refused; " + first.uri() + ": wamp.error.no_such_realm")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(second.uri()));
        }
    }

    @Test
    void eachAddressIsChecked() {
        assertThatThrownBy(() -> Client.builder("ws://127.0.0.1/ws", "ftp://127.0.0.1/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ftp://127.0.0.1/");
    }

    @Test
    void aCanceledJoinTriesNoOtherRouter() throws InterruptedException {
        CompletableFuture<Transport> pending = new CompletableFuture<>();
        Connector slow = () -> {
            tried.add("slow");
            return pending;
        };
        CompletableFuture<Session> joining = client(List.of(new JoinRound.RouterToJoin("slow", slow), router("other")))
                .joinAsync();
        assertThat(tried.poll(10, TimeUnit.SECONDS)).isEqualTo("slow");
        joining.cancel(false);
        pending.completeExceptionally(RequestException.of(WampError.NETWORK_FAILURE, "too late"));
        assertThat(tried).isEmpty();
    }

    @Test
    void aMembershipGoesOnToTheNextRouter() throws InterruptedException {
        ManualTimers clock = new ManualTimers();
        LinkedBlockingQueue<ManualTimers> clocks = new LinkedBlockingQueue<>(Set.of(clock));
        Connector dead = () -> {
            tried.add("dead");
            return CompletableFuture.failedFuture(RequestException.of(WampError.NETWORK_FAILURE, "connection refused"));
        };
        List<JoinRound.RouterToJoin> all = List.of(router("a"), router("b"), new JoinRound.RouterToJoin("dead", dead));
        Membership membership = Client.builder("ws://scripted/")
                .over(all, () -> {
                    ManualTimers first = clocks.poll();
                    return first == null ? new ManualTimers() : first;
                })
                .stayJoined(session -> {});
        for (String name : List.of("a", "b", "dead", "a", "b")) {
            assertThat(tried.poll(10, TimeUnit.SECONDS)).isEqualTo(name);
            if (!name.equals("dead")) {
                joinAndLose(membership, clock);
            }
        }
        membership.close();
    }

    /** Lets the client join, ends the connection, and advances the clock until the client connects again. */
    private void joinAndLose(Membership membership, ManualTimers clock) throws InterruptedException {
        ScriptedRouter router = routers.poll(10, TimeUnit.SECONDS);
        assertThat(router).isNotNull();
        router.expect(Hello.class);
        router.send(ScriptedSession.welcome(Set.of()));
        await().until(() -> membership.session().isPresent());
        router.lose("connection reset");
        await().until(() -> {
            clock.advance(Duration.ofSeconds(30));
            return !tried.isEmpty();
        });
    }

    private JoinRound.RouterToJoin router(String name) {
        return new JoinRound.RouterToJoin(name, () -> {
            tried.add(name);
            ScriptedRouter router = new ScriptedRouter(Serializer.MSGPACK);
            routers.add(router);
            return CompletableFuture.<Transport>completedFuture(router);
        });
    }

    private static Client client(List<JoinRound.RouterToJoin> all) {
        return Client.builder("ws://scripted/").over(all, ManualTimers::new);
    }
}
