package io.junctor.server.yaml;

import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.CrossbarService.Kind;
import io.junctor.router.config.HmacForm;
import io.junctor.router.config.HookBody;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.HookSignature.GitHub;
import io.junctor.router.config.HookSignature.Hmac;
import io.junctor.router.config.HookSignature.Standard;
import io.junctor.router.config.HookSignature.Stripe;
import io.junctor.router.config.HookSignature.Token;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.OutgoingHttp;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.SecretText;
import io.junctor.router.config.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
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

    private static final List<Class<? extends Record>> TIMED = List.of(Stripe.class, Standard.class);
    private static final ScalarType<Class<? extends Record>> SCHEME = ScalarType.oneOf(
            List.of(GitHub.class, Stripe.class, Standard.class, Hmac.class, Token.class),
            type -> type.getSimpleName().toLowerCase(Locale.ROOT));

    private static final Section<HookSignature> SIGNATURE = new KeyTable(
                    "a map such as { scheme: github, secrets: [\"${NAME}\"] }")
            .required("scheme", SCHEME)
            .required("secrets", SECRET.some("a list of secrets such as [\"${NAME}\"]"))
            .optional("header", HEADER)
            .oneOf("algorithm", HmacForm.Algorithm.SHA256)
            .oneOf("encoding", HmacForm.Encoding.HEX)
            .optional("prefix", ScalarType.nonBlank("the text before the signature, such as sha256="))
            .key("tolerance", TOLERANCE, Duration.ofMinutes(5))
            .check(values -> allow(values, List.of(Hmac.class, Token.class), "schemes hmac and token", "header"))
            .check(values -> allow(values, List.of(Hmac.class), "scheme hmac", "algorithm", "encoding", "prefix"))
            .check(values -> allow(values, TIMED, "schemes stripe and standard", "tolerance"))
            .refuse(
                    values -> List.of(Hmac.class, Token.class).contains(values.get("scheme", GitHub.class))
                            && !values.has("header"),
                    "needs the key 'header': the field that has the signature")
            .build(values -> (HookSignature) values.with("prefix", values.get("prefix", ""))
                    .record(values.<Class<? extends Record>>get("scheme")));

    static final Section<WebhookConfig> WEBHOOK = new KeyTable(
                    "a map such as { realm: realm1, role: hooks, publish: com.example.paid, signature: ... }")
            .required("realm", Names.PERMANENT_REALM)
            .required("role", Names.ROLE_NAME)
            .optional("publish", URI)
            .optional("call", URI)
            .required("signature", SIGNATURE)
            .oneOf("body", HookBody.JSON)
            .list("headers", HEADER, "a list of header fields such as [X-GitHub-Event]")
            .key("body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("call_timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("replay_time", DAY, Duration.ofMinutes(10))
            .check(values -> values.requireOneOf("publish", "call"))
            .build(HttpServicesSection::webhook);

    /** The keys have the names that they have in Crossbar.io. */
    static final Section<CrossbarService> CROSSBAR = new KeyTable(
                    "a map such as { type: publisher, realm: realm1, role: web }")
            .required("type", ScalarType.oneOf(Kind.class))
            .required("realm", Names.PERMANENT_REALM)
            .required("role", Names.ROLE_NAME)
            .optional("topic", Names.uri("a topic such as com.example.hook"))
            .optional("key", ScalarType.nonBlank("the name of the secret"))
            .optional("secret", SECRET)
            .key("timestamp_delta_limit", TOLERANCE, Duration.ofMinutes(5))
            .optional("github_secret", SECRET)
            .list("require_ip", NETWORK, "a list of networks such as [10.0.0.0/8]")
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
            .check(values -> values.requireBoth("key", "secret"))
            .build(HttpServicesSection::crossbar);

    private HttpServicesSection() {}

    /** Reports keys that are for {@code schemes} only. */
    private static void allow(
            SectionValues values, List<Class<? extends Record>> schemes, String which, String... keys) {
        Class<? extends Record> scheme = values.find("scheme");
        Stream.of(keys)
                .filter(key -> scheme != null && !schemes.contains(scheme) && values.has(key))
                .forEach(key -> values.node(key).errorAtKey("'" + key + "' is for the " + which + " only"));
    }

    private static WebhookConfig webhook(SectionValues values) {
        String key = values.has("publish") ? "publish" : "call";
        Action action = values.has("publish") ? Action.PUBLISH : Action.CALL;
        checkRole(values, action, key);
        return values.with("action", action).with("uri", values.get(key)).record(WebhookConfig.class);
    }

    private static CrossbarService crossbar(SectionValues values) {
        if (!values.has("secret", "github_secret") && values.get("require_ip").equals(List.of())) {
            values.node()
                    .warnAtKey("every client can use " + values.node().label() + " with the role '" + values.get("role")
                            + "': it has neither 'secret' nor 'require_ip'");
        }
        checkRole(values, Action.PUBLISH, "topic");
        return values.record(
                CrossbarService.class,
                "kind=type",
                "tolerance=timestamp_delta_limit",
                "networks=require_ip",
                "tls=require_tls",
                "body_bytes=post_body_limit",
                "success=success_response",
                "failure=error_response");
    }

    /** Checks, when the file has been read, that the realm has the role, and that it may do {@code action} with a URI. */
    private static void checkRole(SectionValues values, Action action, String uriKey) {
        String name = values.get("realm");
        String role = values.get("role");
        Uri uri = values.find(uriKey);
        values.document()
                .addConfigCheck(config -> config.realms().stream()
                        .filter(realm -> realm.name().equals(name))
                        .forEach(realm -> {
                            RoleConfig rules = realm.roles().get(role);
                            if (rules == null) {
                                List<String> known =
                                        realm.roles().keySet().stream().sorted().toList();
                                values.node("role")
                                        .unknownName("realm '" + name + "' has no such role; it has", role, known);
                            } else if (uri != null) {
                                String subject = "the role '" + role + "' of realm '" + name + "'";
                                RealmWarnings.warn(values.node(uriKey), subject, rules, action, uri, MatchPolicy.EXACT);
                            }
                        }));
    }
}
