package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients behind a proxy on this machine that the router trusts. */
@Timeout(60)
class TrustedProxyTest {
    private static final String ENCRYPTED = "X-Forwarded-Proto: https";

    private final TestRouter router = TestRouter.open(config());

    private static RouterConfig config() {
        ListenerLimits limits = ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, 5));
        IpNetwork proxy = Objects.requireNonNull(IpNetwork.parse("127.0.0.1"));
        ListenerConfig listener = ListenerConfig.builder()
                .port(0)
                .limits(limits)
                .proxies(new ProxyConfig(List.of(proxy), false))
                .build();
        return RouterConfig.builder()
                .listener(listener)
                .realm(UserRealms.realm(new AuthMethodConfig(
                        AuthMethod.TICKET,
                        new AuthSource.Users(Map.of(
                                UserRealms.ANNA,
                                Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET)))),
                        false,
                        null)))
                .limits(new RouterLimits(100, 25, 3))
                .build();
    }

    @AfterEach
    void nothingIsLeft() {
        router.expectIdle();
        router.close();
    }

    private Peer from(String client, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("X-Forwarded-For: " + client);
        return new Peer(WebSocketTransport.open(router.uri(), Serializer.JSON, lines));
    }

    @Test
    @Row("SEC-02")
    void connectionsOfAnAddressAreLimited() {
        List<Peer> all = IntStream.range(0, 5).mapToObj(i -> from("192.0.2.7")).toList();
        assertThat(WebSocketTransport.answerTo(router.uri(), "wamp.2.json", List.of("X-Forwarded-For: 192.0.2.7")))
                .startsWith("HTTP/1.1 429 ");
        from("192.0.2.8").cut();
        all.forEach(Peer::cut);
        router.expectIdle();
        from("192.0.2.7").cut();
    }

    @Test
    @Row({"SEC-02", "AUTH-05"})
    void wrongAttemptsCountForTheAddressThatTheProxyNames() {
        for (int i = 0; i < 3; i++) {
            Peer guess = UserRealms.hello(from("192.0.2.7", ENCRYPTED), "ticket", UserRealms.ANNA);
            UserRealms.challenge(guess, AuthMethod.TICKET);
            UserRealms.answer(guess, "guess").expectAbort(WampError.AUTHENTICATION_DENIED);
            guess.expectClosed();
        }
        Peer late = UserRealms.hello(from("192.0.2.7", ENCRYPTED), "ticket", UserRealms.ANNA);
        late.expectAbort(WampError.AUTHENTICATION_FAILED);
        late.expectClosed();
        Peer other = UserRealms.hello(from("192.0.2.8", ENCRYPTED), "ticket", UserRealms.ANNA);
        UserRealms.challenge(other, AuthMethod.TICKET);
        UserRealms.answer(other, UserRealms.SECRET).expectWelcome();
        other.cut();
    }

    @Test
    @Row({"SEC-01", "AUTH-05"})
    void aTicketIsAcceptedOnlyIfTheProxyReportsEncryption() {
        for (String scheme : List.of("http", "https, http")) {
            Peer plain = UserRealms.hello(from("192.0.2.7", "X-Forwarded-Proto: " + scheme), "ticket", UserRealms.ANNA);
            plain.expectAbort(WampError.NO_MATCHING_AUTH_METHOD);
            plain.expectClosed();
        }
        Peer encrypted = UserRealms.hello(from("192.0.2.7", ENCRYPTED), "ticket", UserRealms.ANNA);
        UserRealms.challenge(encrypted, AuthMethod.TICKET);
        encrypted.cut();
    }
}
