package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.RequestFields;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;

/** Section 12: authenticators for anonymous clients, beside users, and for clients that name no realm. */
class AuthenticatorScenario {
    private static final String PROCEDURE = "com.example.authenticate";
    private static final String BERTA = "berta";

    private static AuthSource program(Authenticator authenticator) {
        return new AuthSource.Program(authenticator);
    }

    private static Principal proven(@Nullable String authid, @Nullable String realm) {
        return new Principal(authid, List.of(UserRealms.ROLE), realm, Dict.of("team", 7L), new Credential.Proven());
    }

    private static Identity identity(Welcome welcome) {
        return welcome.details().identity();
    }

    @Scenario({"AUTH-ANON-01", "AUTH-DYN-03"})
    void anAuthenticatorDecidesAboutAnonymousClients(Testbed testbed) {
        List<AuthenticationRequest> asked = new ArrayList<>();
        testbed.realms(UserRealms.realm(AuthMethodConfig.of(AuthMethod.ANONYMOUS, program(request -> {
            asked.add(request);
            return request.authextra().isEmpty()
                    ? JoinRefused.DENIED
                    : new AuthenticationDecision.Accepted(proven(null, null));
        }))));
        Peer refused = UserRealms.hello(testbed.connect(), List.of("anonymous"), Map.of());
        refused.expectAbort(WampError.AUTHENTICATION_DENIED);
        refused.expectClosed();
        Peer admitted = UserRealms.hello(
                testbed.connect(), List.of(), Map.of("authid", "root", "authextra", Map.of("invitation", "x")));
        Welcome welcome = admitted.expectWelcome();
        assertThat(identity(welcome).authid()).startsWith("anonymous-");
        assertThat(identity(welcome).authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(identity(welcome).authmethod()).isEqualTo("anonymous");
        assertThat(identity(welcome).authprovider()).isEqualTo("program");
        assertThat(welcome.details().authextra().entries()).containsEntry("team", 7L);
        assertThat(asked).extracting(AuthenticationRequest::authid).containsExactly(null, "root");
        assertThat(asked.getLast().session()).isEqualTo(welcome.session());
    }

    @Scenario({"AUTH-ANON-01", "AUTH-DYN-01", "AUTH-DYN-02"})
    void aProcedureDecidesAboutAnonymousClients(Testbed testbed) {
        AuthMethodConfig ticket =
                UserRealms.offer(AuthMethod.TICKET, Principal.of(UserRealms.ROLE, new Credential.Secret("x")));
        AuthMethodConfig anonymous =
                AuthMethodConfig.of(AuthMethod.ANONYMOUS, new AuthSource.Procedure(new Uri(PROCEDURE), null));
        testbed.realms(UserRealms.realm(ticket, anonymous));
        Peer authenticator = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(authenticator, AuthMethod.TICKET);
        UserRealms.answer(authenticator, "x").expectWelcome();
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), List.of("anonymous"), Map.of());
        Invocation invocation = authenticator.expect(Invocation.class);
        List<@Nullable Object> arguments =
                authenticator.arguments(invocation.payload()).positional();
        assertThat(arguments).startsWith(Testbed.REALM, null);
        assertThat(String.valueOf(arguments.get(2))).contains("authmethod=anonymous");
        authenticator.answer(invocation, Map.of("role", UserRealms.OTHER_ROLE, "authid", "guest-7"));
        Welcome welcome = peer.expectWelcome();
        assertThat(identity(welcome)).isEqualTo(new Identity("guest-7", UserRealms.OTHER_ROLE, "anonymous", "dynamic"));
    }

    @Scenario({"AUTH-DYN-01", "AUTH-05"})
    void listedUsersComeBeforeTheAuthenticator(Testbed testbed) {
        List<@Nullable String> asked = new ArrayList<>();
        AuthSource.Users users = new AuthSource.Users(
                Map.of(UserRealms.ANNA, Principal.of(UserRealms.ROLE, new Credential.Secret("of the file"))));
        AuthSource others = program(request -> {
            asked.add(request.authid());
            return new AuthenticationDecision.Accepted(
                    Principal.of(UserRealms.OTHER_ROLE, new Credential.Secret("of the program")));
        });
        AuthSource both = new AuthSource.UsersFirst(users, others);
        testbed.realms(UserRealms.realm(
                new AuthMethodConfig(AuthMethod.TICKET, both, true, null),
                AuthMethodConfig.of(AuthMethod.WAMPCRA, both)));
        for (AuthMethod method : List.of(AuthMethod.TICKET, AuthMethod.WAMPCRA)) {
            assertThat(login(testbed, method, UserRealms.ANNA, "of the file").authrole())
                    .isEqualTo(UserRealms.ROLE);
            assertThat(login(testbed, method, BERTA, "of the program").authrole())
                    .isEqualTo(UserRealms.OTHER_ROLE);
            Peer wrong = UserRealms.hello(testbed.connect(), method.wire(), UserRealms.ANNA);
            prove(wrong, method, "of the program");
            wrong.expectAbort(WampError.AUTHENTICATION_DENIED);
            wrong.expectClosed();
        }
        assertThat(asked).containsExactly(BERTA, BERTA);
    }

    private static Identity login(Testbed testbed, AuthMethod method, String authid, String secret) {
        Peer peer = UserRealms.hello(testbed.connect(), method.wire(), authid);
        prove(peer, method, secret);
        Identity identity = identity(peer.expectWelcome());
        assertThat(identity.authprovider()).isEqualTo("program");
        return identity;
    }

    private static void prove(Peer peer, AuthMethod method, String secret) {
        String text = UserRealms.challenge(peer, method).extra().text("challenge");
        UserRealms.answer(peer, text == null ? secret : Cra.sign(secret, text));
    }

    @Scenario({"AUTH-07", "AUTH-DYN-01"})
    void aProcedureIsToldHeadersAndCookies(Testbed testbed) {
        testbed.requirePlainHttp();
        RequestFields.Names names = new RequestFields.Names(Set.of("x-user"), Set.of("session"));
        AuthMethodConfig cra =
                AuthMethodConfig.of(AuthMethod.WAMPCRA, new AuthSource.Procedure(new Uri(PROCEDURE), null, names));
        testbed.realms(UserRealms.realm(new AuthConfig(UserRealms.OTHER_ROLE, List.of(cra))));
        Peer authenticator = testbed.connect();
        authenticator.join(Testbed.REALM);
        authenticator.register(PROCEDURE);
        Peer peer = connect(testbed, List.of("X-User: anna", "Cookie: session=7"));
        UserRealms.hello(peer, "wampcra", UserRealms.ANNA);
        Invocation invocation = authenticator.expect(Invocation.class);
        Object details =
                authenticator.arguments(invocation.payload()).positional().get(2);
        assertThat(((Map<?, ?>) Objects.requireNonNull(details)).get("transport"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("http_headers_received", Map.of("x-user", "anna"))
                .containsEntry("http_cookies_received", Map.of("session", "7"));
        authenticator.answer(invocation, Map.of("role", UserRealms.ROLE, "secret", "s"));
        prove(peer, AuthMethod.WAMPCRA, "s");
        peer.expectWelcome();
    }

    @Scenario({"SES-04", "AUTH-DYN-02"})
    void anAuthenticatorChoosesTheRealmOfAClientThatNamesNone(Testbed testbed) {
        List<@Nullable String> asked = new ArrayList<>();
        AuthSource chooser = program(request -> {
            asked.add(request.realm());
            String realm = BERTA.equals(request.authid()) ? null : Testbed.OTHER_REALM;
            return new AuthenticationDecision.Accepted(proven(request.authid(), realm));
        });
        testbed.realms(
                        UserRealms.realm(new AuthMethodConfig(AuthMethod.TICKET, chooser, true, null)),
                        UserRealms.realm(new AuthConfig(null, List.of())).toBuilder()
                                .name(Testbed.OTHER_REALM)
                                .build())
                .helloWithoutRealm(Testbed.REALM);
        Peer peer = testbed.connect();
        helloWithoutRealm(peer, "ticket", UserRealms.ANNA);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        Welcome welcome = UserRealms.answer(peer, "x").expectWelcome();
        assertThat(welcome.details().realm()).isEqualTo(Testbed.OTHER_REALM);
        assertThat(asked).containsExactly((String) null);
        Peer moved = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(moved, AuthMethod.TICKET);
        assertThat(UserRealms.answer(moved, "x").expectWelcome().details().realm())
                .isEqualTo(Testbed.OTHER_REALM);
        assertThat(asked).containsExactly(null, Testbed.REALM);

        Peer undecided = testbed.connect();
        helloWithoutRealm(undecided, "ticket", BERTA);
        UserRealms.challenge(undecided, AuthMethod.TICKET);
        UserRealms.answer(undecided, "x");
        expectNoRealm(undecided);
    }

    @Scenario({"SES-04", "AUTH-DYN-02"})
    void aProcedureChoosesTheRealmOfAClientThatNamesNone(Testbed testbed) {
        AuthMethodConfig cra =
                AuthMethodConfig.of(AuthMethod.WAMPCRA, new AuthSource.Procedure(new Uri(PROCEDURE), null));
        testbed.realms(
                        UserRealms.realm(new AuthConfig(UserRealms.OTHER_ROLE, List.of(cra))),
                        UserRealms.realm(new AuthConfig(null, List.of())).toBuilder()
                                .name(Testbed.OTHER_REALM)
                                .build())
                .helloWithoutRealm(Testbed.REALM);
        Peer authenticator = testbed.connect();
        authenticator.join(Testbed.REALM);
        authenticator.register(PROCEDURE);
        Peer peer = testbed.connect();
        helloWithoutRealm(peer, "wampcra", UserRealms.ANNA);
        Invocation invocation = authenticator.expect(Invocation.class);
        assertThat(authenticator.arguments(invocation.payload()).positional()).startsWith(null, UserRealms.ANNA);
        authenticator.answer(invocation, Map.of("role", UserRealms.ROLE, "realm", Testbed.OTHER_REALM, "secret", "s"));
        prove(peer, AuthMethod.WAMPCRA, "s");
        assertThat(peer.expectWelcome().details().realm()).isEqualTo(Testbed.OTHER_REALM);

        Peer anonymous = testbed.connect();
        helloWithoutRealm(anonymous, "anonymous", "x");
        expectNoRealm(anonymous);
    }

    @Scenario({"AUTH-07", "AUTH-DYN-01"})
    void anAuthenticatorIsToldTheFieldsThatTheConfigurationNames(Testbed testbed) {
        testbed.requirePlainHttp();
        RequestFields.Names names = new RequestFields.Names(Set.of("X-User", "X-Absent"), Set.of("session", "absent"));
        List<AuthenticationRequest> asked = new ArrayList<>();
        Authenticator remembering = request -> {
            asked.add(request);
            return new AuthenticationDecision.Accepted(Principal.of(UserRealms.ROLE, new Credential.Secret("s")));
        };
        testbed.realms(UserRealms.realm(
                AuthMethodConfig.of(AuthMethod.WAMPCRA, new AuthSource.Program(remembering, names)),
                new AuthMethodConfig(AuthMethod.TICKET, program(remembering), true, null)));
        List<String> headers =
                List.of("x-user: anna", "X-User: berta", "Cookie: other=o; session=\"c=1\"; session=2", "X-Other: o");
        Peer peer = UserRealms.hello(connect(testbed, headers), "wampcra", UserRealms.ANNA);
        prove(peer, AuthMethod.WAMPCRA, "s");
        peer.expectWelcome();
        RequestFields told = asked.getFirst().transport().request();
        assertThat(told.headers()).containsExactly(Map.entry("x-user", "anna, berta"));
        assertThat(told.cookies()).containsExactly(Map.entry("session", "c=1"));
        assertThat(asked.getFirst().toString() + told).doesNotContain("berta").doesNotContain("c=1");

        Peer other = UserRealms.hello(connect(testbed, headers), "ticket", UserRealms.ANNA);
        UserRealms.challenge(other, AuthMethod.TICKET);
        UserRealms.answer(other, "s").expectWelcome();
        assertThat(asked.getLast().transport().request()).isEqualTo(RequestFields.NONE);

        Peer tooLong = connect(testbed, List.of("X-User: " + "u".repeat(4_097)));
        UserRealms.hello(tooLong, "wampcra", UserRealms.ANNA);
        expectRefusal(
                tooLong,
                WampError.AUTHENTICATION_FAILED,
                "'x-user' of the HTTP request has 4097 characters; the most are 4096");
    }

    private static Peer connect(Testbed testbed, List<String> headers) {
        return testbed.peerOn(testbed.link(testbed.nextSerializer(), headers));
    }

    private static void helloWithoutRealm(Peer peer, String method, String authid) {
        Map<String, Object> roles = Map.of("caller", Map.of());
        peer.sendList(1, null, Map.of("roles", roles, "authmethods", List.of(method), "authid", authid));
    }

    private static void expectNoRealm(Peer peer) {
        Abort abort = peer.expectAbort(WampError.NO_SUCH_REALM);
        assertThat(abort.details().message())
                .isEqualTo("HELLO names no realm, and no authenticator of this router chose one for this client");
        peer.expectClosed();
    }

    @Scenario({"AUTH-02", "AUTH-04", "SES-04", "AUTH-08"})
    void aRefusalOfHelloNamesWhatTheClientSent(Testbed testbed) {
        AuthSource grantsAnyRole = program(request -> new AuthenticationDecision.Accepted(
                new Principal(null, List.of("manager", "chief"), null, Dict.EMPTY, new Credential.Proven())));
        testbed.realms(UserRealms.realm(new AuthMethodConfig(AuthMethod.TICKET, grantsAnyRole, true, null)));
        Peer peer = testbed.connect();
        peer.sendList(1, "com.example.nowhere", Map.of("roles", Map.of("caller", Map.of())));
        expectRefusal(peer, WampError.NO_SUCH_REALM, "this router has no realm 'com.example.nowhere'");
        expectRefusal(
                UserRealms.hello(testbed.connect(), List.of("scram", "x\ny"), Map.of()),
                WampError.NO_MATCHING_AUTH_METHOD,
                "realm 'realm1' offers none of the authmethods of HELLO: scram, x?y");
        expectRefusal(
                UserRealms.hello(testbed.connect(), List.of("scram", "anonymous"), Map.of()),
                WampError.AUTHENTICATION_REQUIRED,
                "realm 'realm1' admits no anonymous sessions; authmethods of HELLO: scram, anonymous");
        Peer wish = UserRealms.hello(
                testbed.connect(), List.of("ticket"), Map.of("authid", UserRealms.ANNA, "authrole", "chief"));
        UserRealms.challenge(wish, AuthMethod.TICKET);
        UserRealms.answer(wish, "x");
        expectRefusal(wish, WampError.NO_SUCH_ROLE, "realm 'realm1' does not have the role 'chief'");
        Peer other = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(other, AuthMethod.TICKET);
        UserRealms.answer(other, "x");
        expectRefusal(other, WampError.NO_SUCH_ROLE, "realm 'realm1' does not have the role granted");
    }

    private static void expectRefusal(Peer peer, WampError reason, String text) {
        assertThat(peer.expectAbort(reason).details().message()).isEqualTo(text);
        peer.expectClosed();
    }
}
