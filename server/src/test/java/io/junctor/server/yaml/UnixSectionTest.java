package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Unix domain sockets in the configuration: listeners on them, and the method {@code unix}. */
class UnixSectionTest {
    private static final String LISTEN = "listen: [{ unix: /run/junctor.sock }]\n";
    private static final String REALM = """
            realms:
              realm1: { auth: { anonymous: { role: guest } }, roles: { guest: } }
            """;

    private static ConfigResult.Valid read(String text) {
        ConfigResult result = ConfigFile.parse("f.yaml", text, Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    private static List<String> warnings(String text) {
        return read(text).warnings().stream().map(Diagnostic::toString).toList();
    }

    private static Principal account(String authid, String... roles) {
        return new Principal(authid, List.of(roles), null, Dict.EMPTY, new Credential.Proven());
    }

    @Test
    void theSocketOfAListenerIsRead() {
        assertThat(read("""
                listen:
                  - { unix: /run/junctor.sock }
                  - { unix: run/two.sock, mode: "662", group: no-such-group, trusted_proxies: [unix] }
                """ + REALM).config().listeners())
                .satisfiesExactly(
                        one -> assertThat(one.address())
                                .isEqualTo(ListenAddress.of(new UnixSocket(Path.of("/run/junctor.sock")))),
                        two -> {
                            assertThat(two.address().unix())
                                    .isEqualTo(new UnixSocket(
                                            Path.of("run", "two.sock"),
                                            PosixFilePermissions.fromString("rw-rw--w-"),
                                            "no-such-group"));
                            assertThat(two.proxies()).isEqualTo(new ProxyConfig(List.of(), true, false));
                        });
    }

    @Test
    void aGroupThatIsMissingIsAWarning() {
        assertThat(warnings("listen: [{ unix: /run/junctor.sock, group: no-such-group }]\n" + REALM))
                .containsExactly("f.yaml:1:44: there is no group 'no-such-group' on this machine: the router could not"
                        + " listen");
    }

    @Test
    void accountsAreRead() {
        assertThat(read(LISTEN + """
                realms:
                  realm1:
                    auth:
                      unix:
                        users: { ann: { authid: anna, role: operator }, root: { role: operator, other_roles: [guest] } }
                        groups: { staff: { role: guest } }
                        role: guest
                        other_roles: [operator]
                    roles: { guest: , operator: }
                """).config().realms().getFirst().auth().offers())
                .containsExactly(AuthMethodConfig.of(
                        AuthMethod.UNIX,
                        new AuthSource.Accounts(
                                Map.of("ann", account("anna", "operator"), "root", account(null, "operator", "guest")),
                                Map.of("staff", account(null, "guest")),
                                account(null, "guest", "operator"))));
    }

    @Test
    void aMethodThatNoListenerOffersIsAWarning() {
        String realm = "realms: { realm1: { auth: { unix: { role: guest } }, roles: { guest: } } }\n";
        String warning = "f.yaml:2:29: no client can use this method: no listener is a Unix domain socket without"
                + " 'trusted_proxies' (listen, unix)";
        assertThat(warnings("listen: [{ port: 8080 }]\n" + realm)).containsExactly(warning);
        assertThat(warnings("listen: [{ unix: /run/junctor.sock, trusted_proxies: [unix] }]\n" + realm))
                .containsExactly(warning);
        assertThat(warnings(LISTEN + realm)).isEmpty();
        assertThat(warnings("listen: [{ inherited_socket: true }]\n" + realm)).isEmpty();
    }
}
