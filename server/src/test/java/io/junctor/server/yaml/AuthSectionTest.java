package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void anAuthenticatorNamesTheFieldsThatItIsTold() {
        String authenticator =
                "authenticator: { procedure: com.example.authenticate, headers: [X-User], cookies: [a] }";
        AuthSource source =
                offers("ticket: { " + authenticator + " }").getFirst().source();
        assertThat(source.fields()).isEqualTo(new RequestFields.Names(Set.of("x-user"), Set.of("a")));
        assertThat(read("ticket: { " + authenticator + " }").orThrow().requestFields())
                .isEqualTo(source.fields());
    }

    @Test
    void usersAndAnAuthenticatorGoTogether() {
        List<AuthMethodConfig> offers = offers("""
                wampcra:
                  users: { anna: { secret: x, role: user } }
                  authenticator: { procedure: com.example.authenticate }
                """);

        AuthSource.Users users = new AuthSource.Users(Map.of("anna", Principal.of("user", new Credential.Secret("x"))));
        assertThat(offers)
                .containsExactly(AuthMethodConfig.of(AuthMethod.WAMPCRA, new AuthSource.UsersFirst(users, PROCEDURE)));
    }

    private static Credential credential(String auth) {
        return ((AuthSource.Users) offers(auth).getFirst().source())
                .byAuthid()
                .get("anna")
                .credential();
    }

    @Test
    void saltedSecretOfAnotherRouterIsReadByItsKeys() {
        assertThat(credential("""
                wampcra:
                  users:
                    anna: { secret: "LG5/FwnS5WvgmlEyLPk/pQ==", salt: salt123, iterations: 100, keylen: 16, role: user }
                """))
                .isEqualTo(new Credential.SaltedSecret("LG5/FwnS5WvgmlEyLPk/pQ==", "salt123", 100, 16));
        assertThat(Cra.derivedKey("secret2", "salt123", 100, 16)).isEqualTo("LG5/FwnS5WvgmlEyLPk/pQ==");
    }

    @Test
    void scramKeysAreReadInBase64AndInHexadecimalDigits() {
        String record = """
                %s:
                  users:
                    anna:
                      kdf: %s
                      salt: "%s"
                      iterations: 3
                      memory: 1024
                      stored_key: "%s"
                      server_key: "%s"
                      role: user
                """;
        Credential.Kdf autobahn = new Credential.Kdf("argon2id-13", 3, 1_024);
        String salt = "AP8A/w==";
        String one = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
        String two = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
        Credential expected = new Credential.ScramSecret(autobahn, salt, one, two);
        assertThat(credential(record.formatted("scram", "argon2id-13", salt, one, two)))
                .isEqualTo(expected);
        assertThat(credential(record.formatted("scram", "argon2id-13", "00ff00FF", "01".repeat(32), "02".repeat(32))))
                .isEqualTo(expected);
        assertThat(credential(
                        record.formatted("wamp-scram", "argon2id13", "00ff00ff", "01".repeat(32), "02".repeat(32))))
                .isEqualTo(new Credential.ScramSecret(new Credential.Kdf("argon2id13", 3, 1_024), salt, one, two));
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
