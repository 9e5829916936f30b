package io.junctor.server.yaml;

import io.junctor.router.config.CrossbarChecks;
import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.CrossbarService.Kind;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.SecretText;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;

/** A path that answers as a service of Crossbar.io. The keys have the names that they have there. */
final class CrossbarSection {
    private static final Key<Kind> TYPE = Key.required("type", EnumType.of(Kind.class));
    private static final Key<Uri> TOPIC = Key.optional(
            "topic",
            ScalarType.text(
                    "a topic such as com.example.hook",
                    text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null));
    private static final Key<String> KEY = Key.optional("key", ScalarType.nonBlank("the name of the secret"));
    private static final Key<SecretText> SECRET = Key.optional("secret", SignatureSection.SECRET);
    private static final Key<Duration> DELTA = Key.withDefault(
            "timestamp_delta_limit",
            ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            Duration.ofMinutes(5));
    private static final Key<SecretText> GITHUB_SECRET = Key.optional("github_secret", SignatureSection.SECRET);
    private static final Key<List<IpNetwork>> REQUIRE_IP = Key.list(
            "require_ip",
            ScalarType.text("an address, or a network by its first address, such as 10.0.0.0/8", IpNetwork::parse),
            "a list of networks such as [10.0.0.0/8]");
    private static final Key<Boolean> REQUIRE_TLS = Key.withDefault("require_tls", ScalarType.BOOLEAN, false);
    private static final Key<Integer> BODY_LIMIT =
            Key.withDefault("post_body_limit", ScalarType.bytes(1, 1 << 28), 1 << 20);
    private static final Key<String> SUCCESS = Key.withDefault("success_response", ScalarType.nonBlank("a text"), "OK");
    private static final Key<String> FAILURE =
            Key.withDefault("error_response", ScalarType.nonBlank("a text"), "NOT OK");

    static final Section<CrossbarService> SECTION = Section.of(
                    "a map such as { type: publisher, realm: realm1, role: web }",
                    List.of(
                            TYPE,
                            WebhookSection.REALM,
                            WebhookSection.ROLE,
                            TOPIC,
                            KEY,
                            SECRET,
                            DELTA,
                            GITHUB_SECRET,
                            REQUIRE_IP,
                            REQUIRE_TLS,
                            BODY_LIMIT,
                            SUCCESS,
                            FAILURE),
                    CrossbarSection::build)
            .checkedBy(CrossbarSection::check);

    private CrossbarSection() {}

    private static void check(SectionValues values) {
        Kind kind = values.find(TYPE);
        if (kind != null && (kind == Kind.WEBHOOK) != values.has(TOPIC)) {
            values.error(
                    kind == Kind.WEBHOOK
                            ? "'type: webhook' needs the key 'topic'"
                            : "'topic' is for 'type: webhook' only: requests name it");
        }
        if (values.has(KEY) != values.has(SECRET)) {
            values.error("'key' and 'secret' need each other");
        }
    }

    private static CrossbarService build(SectionValues values) {
        CrossbarService service = new CrossbarService(
                values.get(TYPE),
                values.get(WebhookSection.REALM),
                values.get(WebhookSection.ROLE),
                values.find(TOPIC),
                new CrossbarChecks(
                        values.find(KEY),
                        values.find(SECRET),
                        values.get(DELTA),
                        values.find(GITHUB_SECRET),
                        values.get(REQUIRE_IP),
                        values.get(REQUIRE_TLS),
                        values.get(BODY_LIMIT)),
                values.get(SUCCESS),
                values.get(FAILURE));
        boolean isOpen = service.checks().secret() == null
                && service.checks().githubSecret() == null
                && service.checks().networks().isEmpty();
        if (isOpen) {
            values.node()
                    .warnAtKey("every client can use " + values.node().label() + " with the role '" + service.role()
                            + "': it has neither 'secret' nor 'require_ip'");
        }
        Uri topic = service.topic();
        YamlNode role = values.node(WebhookSection.ROLE);
        values.document().addConfigCheck(config -> {
            ServiceRole.check(service.realm(), service.role(), config, role);
            if (topic != null) {
                ServiceRole.warn(
                        service.realm(),
                        service.role(),
                        config,
                        new ServiceRole.Use(Action.PUBLISH, topic),
                        values.node(TOPIC));
            }
        });
        return service;
    }
}
