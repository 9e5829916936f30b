package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Authentication methods in the file. */
class AuthSectionTest {
    private static final AuthSource.Procedure PROCEDURE =
            new AuthSource.Procedure(new Uri("com.example.authenticate"), null);

    private static ConfigResult read(String auth) {
        return ConfigFile.parse("f.yaml", """
                realms:
                  realm1:
                    auth:
                %s
                    roles: { user: }
                """.formatted(auth.indent(6)), Map.of());
    }

    private static List<AuthMethodConfig> offers(String auth) {
        return read(auth).orThrow().realms().getFirst().auth().offers();
    }

    @Test
    void anonymousClientsMayHaveAnAuthenticator() {
        assertThat(offers("anonymous: { authenticator: { procedure: com.example.authenticate } }"))
                .containsExactly(AuthMethodConfig.of(AuthMethod.ANONYMOUS, PROCEDURE));
    }

    @Test
    void usersAndAnAuthenticatorGoTogether() {
        List<AuthMethodConfig> offers = offers("""
                wampcra:
                  users: { anna: { secret: x, role: user } }
                  authenticator: { procedure: com.example.authenticate }
                """);

        AuthSource.Users users =
                new AuthSource.Users(Map.of("anna", Principal.of("user", new Credential.Secret("x"))));
        assertThat(offers)
                .containsExactly(
                        AuthMethodConfig.of(AuthMethod.WAMPCRA, new AuthSource.UsersFirst(users, PROCEDURE)));
    }

    @Test
    void theRealmOfClientsThatNameNoneNeedsAnAuthenticator() {
        String auth = "ticket: { authenticator: { procedure: com.example.authenticate } }";
        String text = """
                hello_without_realm: realm1
                realms:
                  realm1: { auth: { %s }, roles: { user: } }
                """;
        RouterConfig config =
                ConfigFile.parse("f.yaml", text.formatted(auth), Map.of()).orThrow();
        assertThat(config.helloWithoutRealm()).isEqualTo("realm1");
        assertThat(config.toBuilder().build()).isEqualTo(config);

        ConfigResult refused = ConfigFile.parse("f.yaml", text.formatted("anonymous: { role: user }"), Map.of());
        assertThat(((ConfigResult.Invalid) refused).errors())
                .extracting(Diagnostic::toString)
                .containsExactly("f.yaml:1:22: no method in 'auth' of realm 'realm1' has an 'authenticator', which has"
                        + " to choose the realm of clients that name none");
    }
}
