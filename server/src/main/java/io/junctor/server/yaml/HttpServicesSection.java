package io.junctor.server.yaml;

import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.CrossbarService.Kind;
import io.junctor.router.config.HmacForm;
import io.junctor.router.config.HookBody;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.OutgoingHttp;
import io.junctor.router.config.SecretText;
import io.junctor.router.config.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The services of a listener for senders of HTTP requests: webhooks, and services as Crossbar.io has them. */
final class HttpServicesSection {
    private static final ScalarType<Duration> DAY = ScalarType.duration(Duration.ZERO, Duration.ofHours(24));
    private static final ScalarType<Duration> TOLERANCE =
            ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24));
    private static final ScalarType<String> HEADER = ScalarType.matching(
            "the name of a header field such as X-Signature", OutgoingHttp.FIELD.asMatchPredicate());
    private static final ScalarType<Uri> URI = Names.uri("a URI such as com.example.paid");
    private static final ScalarType<IpNetwork> NETWORK =
            ScalarType.text("an address, or a network by its first address, such as 10.0.0.0/8", IpNetwork::parse);

    /** A secret that the router itself uses. */
    static final SecretType<SecretText> SECRET = new SecretType<>("a secret", SecretText::new);

    private static final ScalarType<Class<?>> SCHEME =
            ScalarType.oneOf(List.of(HookSignature.class.getPermittedSubclasses()), HttpServicesSection::schemeName);

    private static final Section<HookSignature> SIGNATURE = Section.of(
                    "a map such as { scheme: github, secrets: [\"${NAME}\"] }")
            .required("scheme", SCHEME)
            .required("secrets", SECRET.some())
            .optional("header", HEADER)
            .oneOf("algorithm", HmacForm.Algorithm.SHA256)
            .oneOf("encoding", HmacForm.Encoding.HEX)
            .optional("prefix", ScalarType.nonBlank("the text before the signature, such as sha256="))
            .key("tolerance", TOLERANCE, Duration.ofMinutes(5))
            .check(values -> allow(values, "schemes hmac and token", "header"))
            .check(values -> allow(values, "scheme hmac", "algorithm", "encoding", "prefix"))
            .check(values -> allow(values, "schemes stripe and standard", "tolerance"))
            .refuse(
                    values -> isScheme(values, "hmac and token") && !values.has("header"),
                    "needs the key 'header': the field that has the signature")
            .derive("prefix", values -> values.get("prefix", ""))
            .build(values ->
                    (HookSignature) values.record(values.<Class<?>>get("scheme").asSubclass(Record.class)));

    /** As whom the router acts for the senders of requests. */
    private static final Section<SectionValues> REALM_AND_ROLE = Section.group()
            .required("realm", Names.PERMANENT_REALM)
            .required("role", Names.ROLE_NAME)
            .check(HttpServicesSection::checkRole);

    static final Section<WebhookConfig> WEBHOOK = Section.of(
                    WebhookConfig.class,
                    "a map such as { realm: realm1, role: hooks, publish: com.example.paid, signature: ... }")
            .all(REALM_AND_ROLE)
            .optional("publish", URI)
            .optional("call", URI)
            .required("signature", SIGNATURE)
            .oneOf("body", HookBody.JSON)
            .list("headers", HEADER)
            .key("body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("call_timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("replay_time", DAY, Duration.ofMinutes(10))
            .check(values -> values.requireOneOf("publish", "call"))
            .derive("action", values -> values.has("publish") ? Action.PUBLISH : Action.CALL)
            .derive("uri", values -> values.find(values.has("publish") ? "publish" : "call"));

    /** The keys have the names that they have in Crossbar.io. */
    static final Section<CrossbarService> CROSSBAR = Section.of(
                    CrossbarService.class,
                    "a map such as { type: publisher, realm: realm1, role: web }",
                    "kind=type",
                    "tolerance=timestamp_delta_limit",
                    "networks=require_ip",
                    "tls=require_tls",
                    "body_bytes=post_body_limit",
                    "success=success_response",
                    "failure=error_response")
            .required("type", ScalarType.oneOf(Kind.class))
            .all(REALM_AND_ROLE)
            .optional("topic", Names.uri("a topic such as com.example.hook"))
            .optional("key", ScalarType.nonBlank("the name of the secret"))
            .optional("secret", SECRET)
            .key("timestamp_delta_limit", TOLERANCE, Duration.ofMinutes(5))
            .optional("github_secret", SECRET)
            .list("require_ip", NETWORK)
            .flag("require_tls", false)
            .key("post_body_limit", ScalarType.bytes(1, 1 << 28), 1 << 20)
            .key("success_response", ScalarType.nonBlank("a text"), "OK")
            .key("error_response", ScalarType.nonBlank("a text"), "NOT OK")
            .refuse(
                    values -> values.find("type") == Kind.WEBHOOK && !values.has("topic"),
                    "'type: webhook' needs the key 'topic'")
            .refuse(
                    values -> values.areValid("type") && values.find("type") != Kind.WEBHOOK && values.has("topic"),
                    "'topic' is for 'type: webhook' only: requests name it")
            .check(values -> values.requireBoth("key", "secret"));

    private HttpServicesSection() {}

    private static String schemeName(Class<?> scheme) {
        return scheme.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static boolean isScheme(SectionValues values, String names) {
        Class<?> scheme = values.find("scheme");
        return scheme != null && List.of(names.split(" ")).contains(schemeName(scheme));
    }

    /** Reports keys that are for {@code schemes} only. */
    private static void allow(SectionValues values, String schemes, String... keys) {
        Stream.of(keys)
                .filter(key -> values.has(key) && values.areValid("scheme") && !isScheme(values, schemes))
                .forEach(key -> values.node(key).errorAtKey("'" + key + "' is for the " + schemes + " only"));
    }

    /** Checks, when the file has been read, that the realm has the role. */
    private static void checkRole(SectionValues values) {
        values.node()
                .document()
                .addConfigCheck(config -> config.realms().stream()
                        .filter(realm -> realm.name().equals(values.get("realm")))
                        .forEach(realm -> values.node("role")
                                .requireKnown(
                                        values.get("role"),
                                        realm.roles().keySet().stream().sorted(),
                                        "realm '" + realm.name() + "' has no such role; it has")));
    }
}
