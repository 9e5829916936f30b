package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.StatusPageContent;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.CertificateMatch;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Disclose;
import io.junctor.router.spi.DistinguishedName;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final String REALM = """
            realms:
              realm1:
                auth: { anonymous: { role: guest } }
                roles: { guest: }
            """;

    @Test
    void shippedFileIsTheDefaultWithAnOperator() {
        List<Rule> operator = new ArrayList<>(RoleConfig.everything().rules());
        operator.add(new Rule(new Uri("wamp."), MatchPolicy.PREFIX, Set.of(Action.CALL), true));
        operator.add(new Rule(new Uri("junctor."), MatchPolicy.PREFIX, Set.of(Action.CALL), true));
        operator.add(new Rule(new Uri("junctor.config.reload"), MatchPolicy.EXACT, Set.of(Action.CALL), true));
        operator.add(new Rule(new Uri("junctor.log."), MatchPolicy.PREFIX, Set.of(Action.CALL), true));
        List<Rule> others = new ArrayList<>(RoleConfig.everything().rules());
        for (String procedure : List.of("wamp.session.list", "wamp.session.get")) {
            others.add(new Rule(new Uri(procedure), MatchPolicy.EXACT, Set.of(Action.CALL), false));
        }
        RouterConfig shipped =
                ConfigFile.read(Path.of("..", "realms.yaml"), Map.of()).orThrow();

        assertThat(shipped)
                .isEqualTo(RouterConfig.builder()
                        .listener(ListenerConfig.of("127.0.0.1", 8080))
                        .realm(RealmConfig.open("realm1").toBuilder()
                                .auth(new AuthConfig("anonymous", "operator", List.of()))
                                .role("operator", new RoleConfig(operator))
                                .role("anonymous", new RoleConfig(others))
                                .build())
                        .build());
    }

    @Test
    void shippedFileTakesHostAndPortFromTheEnvironment() {
        Map<String, String> environment = Map.of("JUNCTOR_HOST", "0.0.0.0", "JUNCTOR_PORT", "9000");

        RouterConfig config =
                ConfigFile.read(Path.of("..", "realms.yaml"), environment).orThrow();

        assertThat(config.listeners()).containsExactly(ListenerConfig.of("0.0.0.0", 9000));
    }

    @Test
    void everythingLeftOutHasItsDefault() {
        RouterConfig config = parse("listen: [{}]\n" + REALM);

        RealmConfig realm = config.realms().getFirst();
        assertThat(config.listeners()).containsExactly(ListenerConfig.of("127.0.0.1", 8080));
        assertThat(config.limits()).isEqualTo(RouterLimits.DEFAULT);
        assertThat(realm.uris()).isEqualTo(UriRules.LOOSE);
        assertThat(realm.requestIds()).isEqualTo(RequestIdCheck.LENIENT);
        assertThat(realm.limits()).isEqualTo(RealmLimits.DEFAULT);
        assertThat(realm.features()).isEqualTo(RealmFeatures.DEFAULT);
        assertThat(realm.roles().get("guest").rules()).isEmpty();
    }

    @Test
    void theDefaultListenerIsUsedOnlyWithoutTheKeyListen() {
        assertThat(parse(REALM).listeners()).containsExactly(ListenerConfig.of("127.0.0.1", 8080));
        assertThat(parse("listen: []\n" + REALM).listeners()).isEmpty();
    }

    @Test
    void everyKeyOfAListenerIsRead() {
        ListenerConfig listener = parse("""
                listen:
                  - port: 0
                    host: "::1"
                    websocket: /wamp/ws
                    longpoll: false
                    compression: true
                    serializers: [cbor, json]
                    origins: ["https://app.example.org", "*"]
                    trusted_proxies: [10.0.0.0/8]
                    proxy_protocol: true
                    limits:
                      message_bytes: 64KiB
                      depth: 16
                      hello_timeout: 200ms
                      auth_timeout: 1m
                      ping_interval: 1h
                      pong_wait: 3s
                      stalled_writer: 4s
                      joins_per_second: 7
                      connections_per_address: 8
                """ + REALM).listeners().getFirst();

        assertThat(listener)
                .isEqualTo(ListenerConfig.builder()
                        .host("::1")
                        .port(0)
                        .websocketPath("/wamp/ws")
                        .longPoll(false)
                        .compression(true)
                        .serializers(Set.of(Serializer.CBOR, Serializer.JSON))
                        .origins(List.of("https://app.example.org", "*"))
                        .limits(new ListenerLimits(
                                1 << 16,
                                16,
                                Duration.ofMillis(200),
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                new AcceptLimits(7, 8)))
                        .proxies(new ProxyConfig(List.of(Objects.requireNonNull(IpNetwork.parse("10.0.0.0/8"))), true))
                        .build());
    }

    @Test
    void restrictionsOfListenersAndPathsAreRead() {
        List<ListenerConfig> listeners = parse("""
                listen:
                  - port: 0
                    protocols: [http]
                    realms: [realm1]
                    authmethods: [anonymous, wamp-scram]
                    roles: [guest]
                  - authmethods: [ticket]
                    roles: [guest]
                    paths:
                      /ws:
                      /admin: { realms: [realm1], authmethods: [tls] }
                """ + REALM).listeners();

        assertThat(listeners.getFirst().joins())
                .isEqualTo(new JoinRestriction(Set.of("realm1"), Set.of("anonymous", "wamp-scram"), Set.of("guest")));
        assertThat(listeners.getFirst().http().websockets()).containsExactly(new WebSocketPath("/ws", null));
        assertThat(listeners.getLast().protocols().accepted())
                .as("RawSocket has no path")
                .containsExactly(ListenerProtocol.HTTP);
        assertThat(listeners.getLast().http().websockets())
                .containsExactly(
                        new WebSocketPath("/ws", new JoinRestriction(Set.of(), Set.of("ticket"), Set.of("guest"))),
                        new WebSocketPath(
                                "/admin", new JoinRestriction(Set.of("realm1"), Set.of("tls"), Set.of("guest"))));
    }

    @Test
    void aLinkToTheDirectoryOfTheConfigurationIsNotServed(@TempDir Path home) throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createSymbolicLink(home.resolve("web"), conf);
        Path file = conf.resolve("realms.yaml");
        Files.writeString(file, "listen: [{ files: { directory: " + home.resolve("web") + " } }]\n" + REALM);
        assertThat(ConfigFile.read(file, Map.of()).toString()).contains("has this configuration file in it");
    }

    @Test
    void filesAndStatusPageOfAListenerAreRead() {
        ListenerConfig listener = parse("""
                listen: [{ files: { path: /app, directory: src/../src, max_age: 1h }, status_page: realms }]
                """ + REALM).listeners().getFirst();

        assertThat(listener.http().files())
                .isEqualTo(new FilesConfig("/app", Path.of("src").toAbsolutePath(), Duration.ofHours(1)));
        assertThat(listener.http().statusPage()).isEqualTo(StatusPageContent.REALMS);
    }

    @Test
    void everyKeyOfARealmIsRead() {
        RealmConfig realm = parse("""
                realms:
                  com.example:
                    uris: strict
                    request_ids: monotonic
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest:
                        allow:
                          - { uri: com.example.add, actions: [call] }
                          - { uri: "com.example.", match: prefix, actions: [publish, subscribe] }
                        deny: [{ uri: "com..secret", match: wildcard, actions: [subscribe] }]
                """).realms().getFirst();

        assertThat(realm.name()).isEqualTo("com.example");
        assertThat(realm.uris()).isEqualTo(UriRules.STRICT);
        assertThat(realm.requestIds()).isEqualTo(RequestIdCheck.MONOTONIC);
        assertThat(realm.anonymousRole()).isEqualTo("guest");
        assertThat(realm.roles().get("guest").rules())
                .containsExactly(
                        new Rule(new Uri("com.example.add"), MatchPolicy.EXACT, Set.of(Action.CALL), true),
                        new Rule(
                                new Uri("com.example."),
                                MatchPolicy.PREFIX,
                                Set.of(Action.PUBLISH, Action.SUBSCRIBE),
                                true),
                        new Rule(new Uri("com..secret"), MatchPolicy.WILDCARD, Set.of(Action.SUBSCRIBE), false));
    }

    @Test
    void rulesMayAsk() {
        RoleConfig role = parse("""
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest:
                        allow: [{ uri: "", match: prefix, actions: [call], disclose: always, trust: 3 }]
                        ask:
                          - { uri: "com.pay.", match: prefix, actions: [call], cache: 0s }
                          - { uri: "com.door.", match: prefix, actions: [call] }
                        authorizer: { procedure: com.example.authorize }
                """).realms().getFirst().roles().get("guest");

        assertThat(role.rules())
                .extracting(Rule::effect)
                .containsExactly(
                        new RuleEffect.Allow(Disclose.ALWAYS, 3),
                        new RuleEffect.Ask(Duration.ZERO),
                        RuleEffect.Ask.PLAIN);
    }

    @Test
    void everyLimitOfARealmIsRead() {
        RealmConfig realm = parse(REALM + """
                    limits:
                      outbox_bytes: 4096
                      outbox_messages: 1
                      slow_subscriber: disconnect
                      mailbox: 20
                      mailbox_per_session: 2
                      mailbox_bytes: 3KiB
                      mailbox_bytes_per_session: 2KiB
                      waiting_calls: 30
                      pending_calls: 3
                      subscriptions: 4
                      registrations: 5
                      testaments: 6
                      testament_bytes: 1KiB
                      retained_events: 7
                      retained_events_per_topic: 8
                      retained_bytes: 2KiB
                      history_events: 9
                      history_bytes: 4KiB
                      uri_characters: 10
                      uri_parts: 11
                      list_entries: 12
                      wildcard_shapes: 13
                      wildcard_shapes_per_session: 14
                """).realms().getFirst();

        assertThat(realm.limits())
                .isEqualTo(new RealmLimits(
                        4096,
                        1,
                        SlowSubscriber.DISCONNECT,
                        new RealmLimits.Queues(20, 2, 3072, 2048, 30),
                        new RealmLimits.Holdings(3, 4, 5, 6, 1024),
                        new RealmLimits.Kept(7, 8, 2048, 9, 4096),
                        new RealmLimits.Names(10, 11, 12, 13, 14)));
    }

    @Test
    void featuresOfARealmAreRead() {
        RealmConfig realm = parse(REALM + """
                    features: { call_reroute: false, event_retention: true, session_meta_api: false }
                    empty_eligible: everybody
                    progress: announced
                    history:
                      - { uri: plant.state }
                      - { uri: "plant.", match: prefix, events: 5, age: 30s, bytes: 2KiB }
                """).realms().getFirst();

        assertThat(realm.features())
                .isEqualTo(new RealmFeatures(
                        Set.of(Feature.CALL_REROUTE, Feature.SESSION_META_API),
                        List.of(
                                new HistoryTopic(
                                        new Uri("plant.state"),
                                        MatchPolicy.EXACT,
                                        1_000,
                                        Duration.ofHours(24),
                                        16 << 20),
                                new HistoryTopic(
                                        new Uri("plant."), MatchPolicy.PREFIX, 5, Duration.ofSeconds(30), 2 << 10)),
                        null,
                        EmptyEligible.EVERYBODY,
                        ProgressAnnouncement.ANNOUNCED));
    }

    @Test
    void certificatesOfUsersAreRead() {
        List<RealmConfig> realms = parse("""
                listen: []
                realms:
                  all:
                    auth: { tls: { authid: san_dns, role: guest, other_roles: [host] } }
                    roles: { guest: , host: }
                  some:
                    auth:
                      tls:
                        users:
                          a:
                            certificates:
                              - { fingerprint: "%s" }
                              - { san: "DNS:Door-1.example.org", subject: "CN=door-1, O=Plant\\\\, North" }
                            role: guest
                    roles: { guest: }
                """.formatted("AB:".repeat(31) + "AB")).realms();

        assertThat(realms.getFirst().auth().offers())
                .containsExactly(AuthMethodConfig.of(
                        AuthMethod.TLS, new AuthSource.Holders(CertificateField.SAN_DNS, List.of("guest", "host"))));
        Credential certificates = new Credential.Certificates(List.of(
                new CertificateMatch("ab".repeat(32), null, null),
                new CertificateMatch(
                        null,
                        new CertificateMatch.San(CertificateField.SAN_DNS, "door-1.example.org"),
                        DistinguishedName.parse("CN=door-1,O=\"Plant, North\""))));
        assertThat(realms.getLast().auth().offers())
                .containsExactly(AuthMethodConfig.of(
                        AuthMethod.TLS, new AuthSource.Users(Map.of("a", Principal.of("guest", certificates)))));
    }

    @Test
    void realmWithANamePartIsATemplate() {
        RouterConfig config = parse("""
                realms:
                  fixed: &open { auth: { anonymous: { role: guest } }, roles: { guest: } }
                  "tenant-{name}": *open
                  "{name}":
                    auth: { ticket: { authenticator: { procedure: com.example.authenticate, realm: tenant-a } } }
                    on_demand: { realms: 5, idle: 30s }
                """);

        assertThat(config.realms()).extracting(RealmConfig::name).containsExactly("fixed");
        assertThat(config.templates())
                .extracting(template -> template.realm().name(), RealmTemplate::most, RealmTemplate::idle)
                .containsExactly(
                        tuple("tenant-{name}", 1_000, Duration.ofMinutes(10)),
                        tuple("{name}", 5, Duration.ofSeconds(30)));
    }

    @Test
    void realmsKeepTheOrderOfTheFile() {
        RouterConfig config = parse("""
                realms:
                  b: &open { auth: { anonymous: { role: guest } }, roles: { guest: } }
                  a: *open
                limits: { sessions: 10, outbox_heap_percent: 50 }
                """);

        assertThat(config.realms()).extracting(RealmConfig::name).containsExactly("b", "a");
        assertThat(config.limits()).isEqualTo(new RouterLimits(10, 50, 30, 12, 12, 6_000));
    }

    @Test
    void variablesStandForTheEnvironmentOrTheirDefault() {
        Map<String, String> environment = Map.of("PART", "ws", "EMPTY", "");

        assertThat(path("/a-${PART}", environment)).isEqualTo("/a-ws");
        assertThat(path("/${MISSING:b}${EMPTY}${MISSING:}", environment)).isEqualTo("/b");
        assertThat(path("/${EMPTY:c}", environment)).isEqualTo("/c");
        assertThat(path("/$${PART}", environment)).isEqualTo("/${PART}");
        assertThat(path("/$PART", environment)).isEqualTo("/$PART");
    }

    @Test
    void valuesOfVariablesAreNeverShown() {
        ConfigResult reading = ConfigFile.parse(
                "f.yaml",
                "listen: [{ port: \"${SECRET}\", host: \"${SECRET}\", serializers: [\"${SECRET}\"] }]\n" + REALM,
                Map.of("SECRET", "pass word"));

        assertThatThrownBy(reading::orThrow)
                .hasMessageContaining("'port' must be a whole number from 0 to 65535, not the value of '${SECRET}'")
                .hasMessageNotContaining("pass word");
    }

    @Test
    void refusedReadingThrowsEveryMistake() {
        ConfigResult reading = ConfigFile.parse("f.yaml", "realmz:\nlimit:\n", Map.of());

        assertThatThrownBy(reading::orThrow)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        f.yaml:1:1: unknown key 'realmz'; did you mean 'realms'?
                        f.yaml:1:1: the file needs the key 'realms'
                        f.yaml:2:1: unknown key 'limit'; did you mean 'limits'?""");
    }

    @Test
    void fileThatCannotBeReadIsAMistakeOfTheWholeFile(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path large = Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', '\n', (byte) 0xE4, '\n'});

        assertThat(mistakes(missing)).containsExactly(missing + ": does not exist");
        assertThat(mistakes(directory)).containsExactly(directory + ": is a directory, not a file");
        assertThat(mistakes(large)).containsExactly(large + ": is larger than 1048576 bytes");
        assertThat(mistakes(latin)).containsExactly(latin + ":2:1: is not UTF-8 text");
    }

    @Test
    void fileThatMayNotBeReadSaysSo(@TempDir Path directory) throws IOException {
        Path locked = Files.writeString(directory.resolve("locked.yaml"), REALM);
        Files.setPosixFilePermissions(locked, Set.of());
        assumeThat(Files.isReadable(locked)).as("nothing is locked for root").isFalse();

        assertThat(mistakes(locked)).containsExactly(locked + ": may not be read: permission denied");
    }

    @Test
    void textMadeToExhaustTheReaderIsRefused() {
        assertThat(mistakes("[".repeat(100_000)))
                .containsExactly("f.yaml:1:33: lists and maps are nested deeper than 32 levels");
        assertThat(mistakes("a: &a [b]\nb: [" + "*a,".repeat(1_001) + "]")).hasSize(1);
        assertThat(mistakes("a: &a [*a]")).isNotEmpty();
        assertThat(mistakes("x".repeat((1 << 20) + 1))).hasSize(1);
        assertThat(mistakes("realms: \u0001"))
                .containsExactly("f.yaml:1:1: not YAML: control characters are not allowed");
    }

    private static RouterConfig parse(String text) {
        return ConfigFile.parse("f.yaml", text, Map.of()).orThrow();
    }

    private static String path(String raw, Map<String, String> environment) {
        return ConfigFile.parse("f.yaml", "listen: [{ websocket: \"" + raw + "\" }]\n" + REALM, environment)
                .orThrow()
                .listeners()
                .getFirst()
                .websocketPath();
    }

    private static List<String> mistakes(Path file) {
        return mistakes(ConfigFile.read(file, Map.of()));
    }

    private static List<String> mistakes(String text) {
        return mistakes(ConfigFile.parse("f.yaml", text, Map.of()));
    }

    private static List<String> mistakes(ConfigResult reading) {
        return switch (reading) {
            case ConfigResult.Valid accepted -> List.of();
            case ConfigResult.Invalid refused ->
                refused.errors().stream().map(Diagnostic::toString).toList();
        };
    }
}
