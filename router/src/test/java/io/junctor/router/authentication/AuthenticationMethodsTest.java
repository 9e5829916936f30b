package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authentication.method.AuthenticationContext;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.metrics.Counters;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticationMethodsTest {
    private static final Authenticator DENYING = request -> JoinRefused.DENIED;

    private final JoinableRealm realm = new JoinableRealm(RealmConfig.open("realm1"), null);

    private static AuthenticationMethods methods(@Nullable String anonymousRole, AuthMethod... methods) {
        List<AuthMethodConfig> offers = List.of(methods).stream()
                .map(method -> AuthMethodConfig.of(method, new AuthSource.Program(DENYING)))
                .toList();
        return new AuthenticationMethods(
                new AuthConfig(anonymousRole, offers),
                source -> DENYING,
                AuthenticationContext.of(new SecureRandom(), () -> Instant.EPOCH, () -> 0, new Counters()));
    }

    private AuthMethod selected(AuthenticationMethods methods, boolean isPlain, String... names) {
        MethodSelection selection = methods.admit(realm, List.of(names), new ConnectionSecurity(isPlain, false, false));
        return ((MethodSelection.Authenticated) selection).offer().method();
    }

    private String refused(AuthenticationMethods methods, boolean isPlain, String... names) {
        MethodSelection selection = methods.admit(realm, List.of(names), new ConnectionSecurity(isPlain, false, false));
        return ((MethodSelection.Refused) selection).reason().reason().text();
    }

    @Test
    void theFirstMethodOfTheClientThatTheRealmOffersIsSelected() {
        AuthenticationMethods methods = methods(null, AuthMethod.WAMPCRA, AuthMethod.CRYPTOSIGN);

        assertThat(selected(methods, false, "unknown", "cryptosign", "wampcra")).isEqualTo(AuthMethod.CRYPTOSIGN);
        assertThat(selected(methods, false, "wampcra", "cryptosign")).isEqualTo(AuthMethod.WAMPCRA);
        assertThat(refused(methods, false, "ticket"))
                .isEqualTo(WampError.NO_MATCHING_AUTH_METHOD.uri().text());
    }

    @Test
    void withoutMethodsAClientIsAnonymous() {
        assertThat(methods("guest").admit(realm, List.of(), new ConnectionSecurity(false, false, false)))
                .isEqualTo(new MethodSelection.Anonymous(realm, "guest"));
        assertThat(refused(methods(null, AuthMethod.WAMPCRA), false))
                .isEqualTo(WampError.AUTHENTICATION_REQUIRED.uri().text());
    }

    @Test
    void aMethodThatSendsItsSecretNeedsAnEncryptedConnection() {
        AuthenticationMethods methods = methods(null, AuthMethod.TICKET, AuthMethod.WAMPCRA);

        assertThat(selected(methods, false, "ticket", "wampcra")).isEqualTo(AuthMethod.TICKET);
        assertThat(selected(methods, true, "ticket", "wampcra")).isEqualTo(AuthMethod.WAMPCRA);
        assertThat(refused(methods, true, "ticket"))
                .isEqualTo(WampError.NO_MATCHING_AUTH_METHOD.uri().text());
        MethodSelection refused = methods.admit(
                realm, List.of("scram", "ticket", "anonymous"), new ConnectionSecurity(true, false, false));
        assertThat(((MethodSelection.Refused) refused).reason().text())
                .isEqualTo(
                        "authmethod ticket sends the secret itself: it needs an encrypted connection (wss://), or one"
                                + " that does not leave the router's machine");
    }
}
