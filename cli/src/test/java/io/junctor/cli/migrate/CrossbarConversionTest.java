package io.junctor.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.config.RouterConfig;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.wamp.value.ProtocolViolationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossbarConversionTest {
    private static final CrossbarConversion CONVERTED = CrossbarConversion.convert(sample());
    private static final String YAML = """
            listen:
              - port: 8080
                host: "0.0.0.0"
                files: { path: "/", directory: "." }
                websocket: "/ws"
                origins: ["http://localhost:*"]
                limits: { message_bytes: 1048576, ping_interval: "10000ms", pong_wait: "5000ms" }
                crossbar_services:
                  "/publish": { type: publisher, realm: plant, role: public }
                  "/call":
                    type: caller
                    realm: plant
                    role: public
                    key: web
                    secret: s3cret
                    timestamp_delta_limit: "10s"
                    post_body_limit: 8192
                    require_ip: ["10.0.0.0/8"]
                    require_tls: true
                  "/hook":
                    type: webhook
                    realm: plant
                    role: public
                    topic: plant.hook
                    github_secret: "$${GITHUB}"
                    success_response: fine
                serializers: [json]
              - { port: 8090, host: "127.0.0.1", protocols: [rawsocket], serializers: [cbor] }
            realms:
              plant:
                auth:
                  anonymous: { role: public }
                  ticket:
                    users:
                      sensor-7: { ticket: s3cret, role: device }
                      authorizer: { ticket: "$${TICKET}", role: service }
                    unencrypted: allow
                  wampcra:
                    users:
                      ann: { secret: "AbIezvYKf005VIxD9dc1Ew==", salt: salt123, iterations: 100, keylen: 16, role: operator }
                  cryptosign:
                    users:
                      gateway:
                        role: device
                        keys: ["545efb0a2192db8d43f118e9bf9aee081466e1ef36c708b96ee6f62dddad9122"]
                roles:
                  operator:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe], disclose: always }
                    deny:
                      - { uri: plant.secret, actions: [call, register, publish, subscribe] }
                  device:
                    allow:
                      - { uri: "plant.line1.", match: prefix, actions: [publish] }
                  public:
                    authorizer: { procedure: plant.authorize }
                  service:
                    allow:
                      - { uri: plant.authorize, actions: [register] }
              shop:
                auth:
                  anonymous: { role: public }
                roles:
                  public: {}
            """;

    @TempDir
    private Path directory;

    @Test
    void theYamlHasListenersMethodsAndRoles() {
        assertThat(CONVERTED.yaml()).isEqualTo(YAML);
    }

    @Test
    void theRouterReadsTheYamlWithoutMistakes() throws IOException {
        // The directory of the file may not be served.
        String yaml = CONVERTED.yaml().replace("directory: \".\"", "directory: \"web\"");
        Files.createDirectory(directory.resolve("web"));
        Path file = Files.writeString(directory.resolve("realms.yaml"), yaml);

        assertThat(ConfigFile.read(file)).isInstanceOfSatisfying(ConfigResult.Valid.class, valid -> {
            RouterConfig config = valid.config();
            assertThat(config.listeners()).hasSize(2);
            assertThat(config.realms()).extracting("name").containsExactly("plant", "shop");
        });
    }

    @Test
    void whatIsNotCarriedOverIsNamedWithItsPlace() {
        assertThat(CONVERTED.notes())
                .containsExactlyInAnyOrder(
                        "controller is not carried over: there is one process",
                        "workers[0].components is not carried over: they are programs that connect as clients",
                        "workers[0].realms[0].store is not carried over",
                        "workers[0].transports[0].paths.publish: every client can use it: give it 'key' and 'secret', or 'require_ip'",
                        "workers[0].transports[0].paths.hook.options.other is not carried over",
                        "workers[0].transports[0].paths.schema is not carried over: the router has no such web service",
                        "workers[0].transports[0].paths.ws.options.open_handshake_timeout is not carried over",
                        "workers[0].transports[0].paths.ws.auth.cookie is not carried over: the router does not have this method",
                        "workers[0].transports[0]: of the serializers, [ubjson] are not offered",
                        "workers[1]: is not carried over: its components are programs that connect as clients");
    }

    @Test
    void whatIsNotAConfigurationIsRefused() {
        assertThatThrownBy(() -> CrossbarConversion.convert("[]")).isInstanceOf(ProtocolViolationException.class);
        assertThatThrownBy(() -> CrossbarConversion.convert("{ version: 2 }"))
                .isInstanceOf(ProtocolViolationException.class);
    }

    private static String sample() {
        try (InputStream json = CrossbarConversionTest.class.getResourceAsStream("config.json")) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
