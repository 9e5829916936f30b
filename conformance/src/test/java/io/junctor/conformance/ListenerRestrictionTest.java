package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One realm behind an external and an internal port, and the same on two paths of one port. The external one takes only
 * users with a ticket, of role {@code user}; the internal one takes anonymous clients too.
 */
@Timeout(60)
class ListenerRestrictionTest {
    private static final String HIDDEN = "hidden";
    private static final String BOB = "bob";
    private static final JoinRestriction EXTERNAL =
            new JoinRestriction(Set.of(Testbed.REALM, "tenant-{name}"), Set.of("ticket"), Set.of(UserRealms.ROLE));

    private final TestRouter router = TestRouter.open(config());
    private final URI external = router.uris().getFirst();
    private final URI internal = router.uris().getLast();

    private static RouterConfig config() {
        AuthSource users = new AuthSource.Users(Map.of(
                UserRealms.ANNA,
                Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET)),
                BOB,
                Principal.of(UserRealms.OTHER_ROLE, new Credential.Secret(UserRealms.SECRET))));
        AuthSource wanderer = new AuthSource.Program(request -> new AuthenticationDecision.Accepted(
                new Principal(null, List.of(UserRealms.ROLE), HIDDEN, Dict.EMPTY, new Credential.Proven())));
        RealmConfig open = UserRealms.realm(new AuthConfig(
                UserRealms.ROLE,
                List.of(
                        new AuthMethodConfig(AuthMethod.TICKET, users, true, null),
                        new AuthMethodConfig(AuthMethod.WAMPCRA, users, true, null))));
        RealmConfig elsewhere = open.toBuilder()
                .name("tenant-{name}")
                .auth(new AuthConfig(null, List.of(new AuthMethodConfig(AuthMethod.TICKET, wanderer, true, null))))
                .build();
        ListenerConfig listener = ListenerConfig.builder().port(0).build();
        return RouterConfig.builder()
                .listener(listener.toBuilder()
                        .joins(EXTERNAL)
                        .websockets(List.of(
                                new WebSocketPath("/ws", null), new WebSocketPath("/internal", JoinRestriction.NONE)))
                        .build())
                .listener(listener)
                .realm(open)
                .realm(open.toBuilder()
                        .name(HIDDEN)
                        .role("guest", RoleConfig.everything())
                        .build())
                .template(new RealmTemplate(elsewhere, 10, RealmTemplate.DEFAULT_IDLE))
                .build();
    }

    @AfterEach
    void nothingIsLeft() {
        router.expectIdle();
        router.close();
    }

    @Test
    void eachPortTakesItsOwnAuthenticationMethods() {
        refused(
                hello(external, Testbed.REALM, "wampcra"),
                WampError.NO_MATCHING_AUTH_METHOD,
                "clients of this listener must authenticate by one of: ticket");
        refused(
                hello(external, Testbed.REALM, "anonymous"),
                WampError.AUTHENTICATION_REQUIRED,
                "clients of this listener must authenticate by one of: ticket");
        refused(
                hello(external, Testbed.REALM),
                WampError.AUTHENTICATION_REQUIRED,
                "clients of this listener must authenticate by one of: ticket");
        assertThat(router.count(Counter.JOINS_RESTRICTED)).isEqualTo(3);
        Peer inside = hello(internal, Testbed.REALM);
        inside.expectWelcome();
        inside.cut();
    }

    @Test
    void theFirstMethodOfTheClientThatThePortTakesIsUsed() {
        Peer peer = hello(external, Testbed.REALM, "anonymous", "wampcra", "ticket");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        Welcome welcome = UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        assertThat(welcome.details().identity().authrole()).isEqualTo(UserRealms.ROLE);
        peer.cut();
    }

    @Test
    void aRealmThatThePortDoesNotHaveLooksLikeOneThatDoesNotExist() {
        String hidden = text(hello(external, HIDDEN, "ticket"), WampError.NO_SUCH_REALM);
        String missing = text(hello(external, "absent", "ticket"), WampError.NO_SUCH_REALM);
        assertThat(hidden.replace(HIDDEN, "absent")).isEqualTo(missing);
        assertThat(router.count(Counter.JOINS_RESTRICTED)).isEqualTo(1);
        Peer inside = hello(internal, HIDDEN);
        inside.expectWelcome();
        inside.cut();
    }

    @Test
    void aRoleThatThePortDoesNotHaveIsRefusedAfterItsProof() {
        Peer peer = hello(external, Testbed.REALM, BOB, List.of("ticket"));
        UserRealms.challenge(peer, AuthMethod.TICKET);
        refused(
                UserRealms.answer(peer, UserRealms.SECRET),
                WampError.NOT_AUTHORIZED,
                "sessions of role 'operator' may not be opened by this listener");
        Peer wrong = hello(external, Testbed.REALM, BOB, List.of("ticket"));
        UserRealms.challenge(wrong, AuthMethod.TICKET);
        UserRealms.answer(wrong, "guess").expectAbort(WampError.AUTHENTICATION_DENIED);
        wrong.expectClosed();
        Peer inside = hello(internal, Testbed.REALM, BOB, List.of("ticket"));
        UserRealms.challenge(inside, AuthMethod.TICKET);
        UserRealms.answer(inside, UserRealms.SECRET).expectWelcome();
        inside.cut();
    }

    @Test
    void anAuthenticatorCannotSendAClientIntoARealmThatThePortDoesNotHave() {
        Peer peer = hello(external, "tenant-a", "ticket");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        refused(
                UserRealms.answer(peer, "any"),
                WampError.NO_SUCH_REALM,
                "the realm granted cannot be joined by this listener");
        Peer inside = hello(internal, "tenant-a", "ticket");
        UserRealms.challenge(inside, AuthMethod.TICKET);
        UserRealms.answer(inside, "any").expectWelcome();
        inside.cut();
    }

    @Test
    void twoPathsOfOnePortHaveTheirOwnRestrictions() {
        URI path = external.resolve("/internal");
        Peer inside = hello(path, Testbed.REALM);
        inside.expectWelcome();
        inside.cut();
        Peer hidden = hello(path, HIDDEN);
        hidden.expectWelcome();
        hidden.cut();
        refused(
                hello(external, Testbed.REALM),
                WampError.AUTHENTICATION_REQUIRED,
                "clients of this listener must authenticate by one of: ticket");
        assertThat(WebSocketTransport.answerTo(external.resolve("/other"), "wamp.2.json", List.of()))
                .startsWith("HTTP/1.1 404 ");
    }

    private static Peer hello(URI uri, String realm, String... methods) {
        return hello(uri, realm, UserRealms.ANNA, List.of(methods));
    }

    private static Peer hello(URI uri, String realm, String authid, List<String> methods) {
        Peer peer = new Peer(WebSocketTransport.open(uri, Serializer.JSON));
        Map<String, Object> roles = Map.of("caller", Map.of());
        peer.sendList(
                1,
                realm,
                methods.isEmpty()
                        ? Map.of("roles", roles)
                        : Map.of("roles", roles, "authid", authid, "authmethods", methods));
        return peer;
    }

    private static void refused(Peer peer, WampError error, String text) {
        assertThat(text(peer, error)).isEqualTo(text);
    }

    private static String text(Peer peer, WampError error) {
        Abort abort = peer.expectAbort(error);
        peer.expectClosed();
        return String.valueOf(abort.details().message());
    }
}
