package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that are valid but probably not meant. */
class ConfigurationWarningsTest {

    @Test
    void asteriskInAUriIsNoPattern() {
        assertThat(warnings("""
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest:
                        allow:
                          - { uri: "*", actions: [call] }
                          - { uri: "com.example.*", actions: [call] }
                          - { uri: "com.*.state", match: prefix, actions: [subscribe] }
                          - { uri: "com.example.", match: prefix, actions: [call] }
                    history: [{ uri: "plant.*" }]
                """))
                .containsExactly(
                        "f.yaml:7:20: '*' in '*' is an ordinary character, not a pattern:"
                                + " for all URIs that begin with '' write uri: \"\" and match: prefix",
                        "f.yaml:8:20: '*' in 'com.example.*' is an ordinary character, not a pattern:"
                                + " for all URIs that begin with 'com.example.' write uri: \"com.example.\" and match: prefix",
                        "f.yaml:9:20: '*' in 'com.*.state' is an ordinary character, not a pattern:"
                                + " for any part write an empty part, as in \"com..state\", and match: wildcard",
                        "f.yaml:11:22: '*' in 'plant.*' is an ordinary character, not a pattern:"
                                + " for all URIs that begin with 'plant.' write uri: \"plant.\" and match: prefix");
    }

    @Test
    void servicesThatCannotWorkAreNamed() {
        assertThat(warnings("""
                listen:
                  - host: 0.0.0.0
                    webhooks:
                      /a: { realm: realm1, role: hooks, publish: shop.paid, signature: { scheme: github, secrets: [x] } }
                      /b: { realm: realm1, role: hooks, call: shop.pay, signature: { scheme: token, header: X-T, secrets: [x] } }
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest: { }
                      hooks: { allow: [{ uri: shop.pay, actions: [call] }] }
                    webhooks:
                      a: { role: hooks, topic: shop.order, url: "http://example.org/", secrets: [x] }
                      b: { role: guest, topic: shop.order, url: "http://127.0.0.1/", secrets: [x] }
                      c: { role: hooks, topic: shop.order, url: "http://127.example.org/", secrets: [x] }
                    http_callees:
                      users.get: { role: hooks, url: "http://example.org/", headers: { Authorization: x } }
                """))
                .containsExactly(
                        "f.yaml:4:50: the role 'hooks' of realm 'realm1' may not publish shop.paid",
                        "f.yaml:5:7: requests to '/b' from other machines are refused: they carry the secret itself,"
                                + " and the listener has no 'tls'",
                        "f.yaml:13:7: the role of 'a' may not subscribe shop.order",
                        "f.yaml:13:49: requests with a secret travel unencrypted to example.org: use https",
                        "f.yaml:14:7: the role of 'b' may not subscribe shop.order",
                        "f.yaml:15:7: the role of 'c' may not subscribe shop.order",
                        "f.yaml:15:49: requests with a secret travel unencrypted to 127.example.org: use https",
                        "f.yaml:17:7: the role of 'users.get' may not register users.get",
                        "f.yaml:17:38: requests with a secret travel unencrypted to example.org: use https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "\"::1\"", "LOCALHOST", "\"0:0:0:0:0:0:0:1\""})
    void webhooksWithTokensWorkOnLoopbackAddresses(String host) {
        assertThat(warnings("""
                listen:
                  - host: HOST
                    webhooks:
                      /b: { realm: realm1, role: hooks, call: shop.pay, signature: { scheme: token, header: X-T, secrets: [x] } }
                realms:
                  realm1:
                    auth: { anonymous: { role: hooks } }
                    roles:
                      hooks: { allow: [{ uri: shop.pay, actions: [call] }] }
                """.replace("HOST", host))).isEmpty();
    }

    @Test
    void roleThatNoMethodGrantsIsNamed() {
        assertThat(warnings("""
                realms:
                  realm1:
                    auth:
                      anonymous: { role: guest }
                      ticket: { users: { a: { ticket: x, role: user, other_roles: [operator] } } }
                    roles: { guest: , user: , operator: , admin: }
                """))
                .containsExactly("f.yaml:6:43: no authentication method of this realm grants the role 'admin'");
    }

    @Test
    void proceduresThatNoClientCanRegisterAreNamed() {
        assertThat(warnings("""
                realms:
                  realm1:
                    auth:
                      anonymous: { role: guest }
                      ticket: { authenticator: { procedure: com.example.authenticate } }
                      wampcra: { authenticator: { procedure: com.example.authenticate, realm: realm2 } }
                    roles:
                      guest: { allow: [{ uri: com.example., match: prefix, actions: [call] }] }
                  realm2:
                    auth: { ticket: { authenticator: { procedure: com.example.authenticate } } }
                    roles:
                      server:
                        allow: [{ uri: com.example., match: prefix, actions: [register] }]
                        deny: [{ uri: com.example.authorize, actions: [register] }]
                  realm3:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest: { authorizer: { procedure: com.example.authorize } }
                """))
                .containsExactly(
                        "f.yaml:3:5: no role of realm 'realm1' may register the authenticator com.example.authenticate of"
                                + " 'ticket'",
                        "f.yaml:10:5: no client can join realm 'realm2' to register the authenticator"
                                + " com.example.authenticate of 'ticket': all methods of the realm need an authenticator in"
                                + " the realm itself",
                        "f.yaml:18:7: no role of realm 'realm3' may register the authorizer com.example.authorize");
    }

    @Test
    void authenticatorsAndTokensMayGrantAnyRole() {
        assertThat(warnings("""
                realms:
                  realm1:
                    auth: { ticket: { authenticator: { procedure: com.example.authenticate, realm: realm2 } } }
                    roles: { guest: }
                  realm2:
                    auth: { anonymous: { role: guest } }
                    roles: { guest: { allow: [{ uri: com.example.authenticate, actions: [register] }] } , sent_here_by_the_authenticator: }
                """)).isEmpty();
        assertThat(warnings("""
                realms:
                  realm1:
                    auth: { jwt: { url: "https://login.example.org/keys", issuer: i, audience: a } }
                    roles: { guest: }
                """)).isEmpty();
    }

    @Test
    void roleOfMergedRealmsIsNamedOnce() {
        assertThat(warnings("""
                realms:
                  realm1: &realm
                    auth: { anonymous: { role: guest } }
                    roles: { guest: , admin: }
                  realm2: *realm
                """)).hasSize(1);
    }

    @Test
    void realmThatNoListenerAdmitsIsNamed() {
        assertThat(warnings("""
                listen:
                  - port: 8080
                    realms: [realm1]
                  - port: 8081
                    realms: [realm1]
                    paths: { /a: , /b: { realms: [realm2] } }
                realms:
                  realm1: &open { auth: { anonymous: { role: guest } }, roles: { guest: } }
                  realm2: *open
                  realm3: *open
                """)).containsExactly("f.yaml:10:3: no listener admits sessions of the realm 'realm3'");
    }

    @Test
    void rolesAndMethodsThatNoListenerAdmitsAreNamed() {
        assertThat(warnings("""
                listen:
                  - { port: 8080, realms: [realm1], roles: [guest] }
                  - { port: 8081, realms: [realm2], authmethods: [ticket, tls] }
                realms:
                  realm1:
                    auth:
                      anonymous: { role: guest }
                      ticket: { users: { a: { ticket: x, role: operator } } }
                    roles: { guest: , operator: }
                  realm2: { auth: { anonymous: { role: guest } }, roles: { guest: } }
                """))
                .containsExactly(
                        "f.yaml:5:3: no listener admits sessions of the role 'operator'",
                        "f.yaml:10:3: no listener admits an authentication method of this realm");
    }

    @Test
    void messagesThatFitNeitherTheHeapNorAnOutboxAreNamed() {
        List<String> warnings = warnings("""
                listen: [{ port: 8080, limits: { message_bytes: 256MiB } }]
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles: { guest: }
                limits: { incoming_heap_percent: 1, outbox_heap_percent: 1 }
                """);
        assertThat(warnings)
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).startsWith("f.yaml:1:10: message_bytes is 256MiB, "));
        assertThat(warnings.toString())
                .contains("incoming messages may hold ", "incoming_heap_percent 1")
                .contains("all outboxes may hold ", "outbox_heap_percent 1")
                .contains("more than half of outbox_bytes (8MiB) of realm 'realm1'");
    }

    @Test
    void hostWithoutAnAddressIsNamed() {
        assertThat(warnings("""
                listen:
                  - { port: 1, host: no.such.host.invalid }
                  - { port: 2, host: localhost }
                  - { port: 3, host: "::1" }
                realms: { realm1: { auth: { anonymous: { role: guest } }, roles: { guest: } } }
                """))
                .containsExactly("f.yaml:2:22: the host 'no.such.host.invalid' has no address on this machine:"
                        + " the router could not listen on it");
    }

    private static List<String> warnings(String text) {
        ConfigResult result = ConfigFile.parse("f.yaml", text, Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result)
                .warnings().stream().map(Diagnostic::toString).toList();
    }
}
