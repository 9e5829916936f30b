package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ConfigWarning;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.wamp.value.Uri;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionWarningsTest {
    private static final AuthSource AUTHENTICATOR = new AuthSource.Procedure(new Uri("com.example.authenticate"), null);

    @Test
    void authenticatorThatNoClientCanRegisterIsFound() {
        RealmConfig.Builder realm = RealmConfig.builder("realm1")
                .auth(AuthConfig.anonymous("user").with(AuthMethodConfig.of(AuthMethod.TICKET, AUTHENTICATOR)));

        assertThat(warnings(realm.role("user", new RoleConfig(List.of()))))
                .containsExactly("realms / realm1 / auth: no role of realm 'realm1' may register the authenticator"
                        + " com.example.authenticate of 'ticket'");
        assertThat(warnings(realm.role("user", RoleConfig.everything()))).isEmpty();
        assertThat(warnings(realm.auth(
                        AuthConfig.anonymous(null).with(AuthMethodConfig.of(AuthMethod.TICKET, AUTHENTICATOR)))))
                .containsExactly(
                        "realms / realm1 / auth: no client can join realm 'realm1' to register the authenticator"
                                + " com.example.authenticate of 'ticket': all methods of the realm need an authenticator in the"
                                + " realm itself");
    }

    @Test
    void authorizerThatNoClientCanRegisterIsFound() {
        RoleConfig role = new RoleConfig(List.of(), AuthorizerConfig.procedure("com.example.authorize"));

        assertThat(warnings(RealmConfig.builder("realm1").role("user", role)))
                .containsExactly("realms / realm1 / roles / user: no role of realm 'realm1' may register the authorizer"
                        + " com.example.authorize");
    }

    private static List<String> warnings(RealmConfig.Builder realm) {
        return PermissionWarnings.of(RouterConfig.builder().realm(realm.build()).build()).stream()
                .map(ConfigWarning::toString)
                .toList();
    }
}
