package io.junctor.server.yaml;

import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.CrossbarService.Kind;
import io.junctor.router.config.HmacForm;
import io.junctor.router.config.HookBody;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.HookTarget;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.SecretText;
import io.junctor.router.config.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The services of a listener for senders of HTTP requests: webhooks, and services as Crossbar.io has them. */
final class HttpServicesSection {
    private static final ScalarType<Duration> DAY = ScalarType.duration(Duration.ZERO, Duration.ofHours(24));
    private static final ScalarType<Duration> TOLERANCE =
            ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24));
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** The name of a header field (RFC 9110). */
    static final ScalarType<String> HEADER_NAME =
            ScalarType.matching("the name of a header field such as X-Signature", HEADER.asMatchPredicate());

    /** A secret that the router itself uses. */
    static final SecretType<SecretText> SECRET = new SecretType<>("a secret", SecretText::new);

    private static final Section<HookSignature> SIGNATURE = new KeyTable(
                    "a map such as { scheme: github, secrets: [\"${NAME}\"] }")
            .required("scheme", EnumType.of(Scheme.class))
            .required("secrets", new ListType<>(SECRET, "a list of secrets such as [\"${NAME}\"]", 1))
            .optional("header", HEADER_NAME)
            .oneOf("algorithm", HmacForm.Algorithm.SHA256)
            .oneOf("encoding", HmacForm.Encoding.HEX)
            .optional("prefix", ScalarType.nonBlank("the text before the signature, such as sha256="))
            .key("tolerance", TOLERANCE, Duration.ofMinutes(5))
            .check(HttpServicesSection::checkSignature)
            .build(HttpServicesSection::signature);

    static final Section<WebhookConfig> WEBHOOK = new KeyTable(
                    "a map such as { realm: realm1, role: hooks, publish: com.example.paid, signature: ... }")
            .required("realm", RealmNames.ALWAYS)
            .required("role", RealmNames.ROLE_NAME)
            .optional("publish", UriKeys.uri("a URI such as com.example.paid"))
            .optional("call", UriKeys.uri("a URI such as com.example.paid"))
            .required("signature", SIGNATURE)
            .oneOf("body", HookBody.JSON)
            .list("headers", HEADER_NAME, "a list of header fields such as [X-GitHub-Event]")
            .key("body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("call_timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("replay_time", DAY, Duration.ofMinutes(10))
            .check(values -> values.requireOneOf("publish", "call"))
            .build(HttpServicesSection::webhook);

    /** The keys have the names that they have in Crossbar.io. */
    static final Section<CrossbarService> CROSSBAR = new KeyTable(
                    "a map such as { type: publisher, realm: realm1, role: web }")
            .required("type", EnumType.of(Kind.class))
            .required("realm", RealmNames.ALWAYS)
            .required("role", RealmNames.ROLE_NAME)
            .optional("topic", UriKeys.uri("a topic such as com.example.hook"))
            .optional("key", ScalarType.nonBlank("the name of the secret"))
            .optional("secret", SECRET)
            .key("timestamp_delta_limit", TOLERANCE, Duration.ofMinutes(5))
            .optional("github_secret", SECRET)
            .list(
                    "require_ip",
                    ScalarType.text(
                            "an address, or a network by its first address, such as 10.0.0.0/8", IpNetwork::parse),
                    "a list of networks such as [10.0.0.0/8]")
            .flag("require_tls", false)
            .key("post_body_limit", ScalarType.bytes(1, 1 << 28), 1 << 20)
            .key("success_response", ScalarType.nonBlank("a text"), "OK")
            .key("error_response", ScalarType.nonBlank("a text"), "NOT OK")
            .check(HttpServicesSection::checkCrossbar)
            .build(HttpServicesSection::crossbar);

    /** A word for each kind of signature. */
    private enum Scheme {
        GITHUB,
        STRIPE,
        STANDARD,
        HMAC,
        TOKEN
    }

    private HttpServicesSection() {}

    private static void checkSignature(SectionValues values) {
        Scheme scheme = values.find("scheme");
        if (scheme == null) {
            return;
        }
        boolean isHmac = scheme == Scheme.HMAC;
        boolean hasHeader = isHmac || scheme == Scheme.TOKEN;
        boolean isTimed = scheme == Scheme.STRIPE || scheme == Scheme.STANDARD;
        allow(values, hasHeader, "schemes hmac and token", "header");
        allow(values, isHmac, "scheme hmac", "algorithm", "encoding", "prefix");
        allow(values, isTimed, "schemes stripe and standard", "tolerance");
        if (hasHeader && !values.has("header")) {
            values.error("needs the key 'header': the field that has the signature");
        }
    }

    private static void allow(SectionValues values, boolean isAllowed, String which, String... keys) {
        for (String key : keys) {
            if (values.has(key) && !isAllowed) {
                values.node(key).errorAtKey("'" + key + "' is for the " + which + " only");
            }
        }
    }

    private static HookSignature signature(SectionValues values) {
        return switch (values.<Scheme>get("scheme")) {
            case GITHUB -> values.record(HookSignature.GitHub.class);
            case STRIPE -> values.record(HookSignature.Stripe.class);
            case STANDARD -> values.record(HookSignature.Standard.class);
            case HMAC -> values.with("prefix", values.get("prefix", "")).record(HookSignature.Hmac.class);
            case TOKEN -> values.record(HookSignature.Token.class);
        };
    }

    private static WebhookConfig webhook(SectionValues values) {
        Action action = values.has("publish") ? Action.PUBLISH : Action.CALL;
        String key = values.has("publish") ? "publish" : "call";
        checkRole(action, key, values);
        HookTarget target = new HookTarget(values.get("realm"), values.get("role"), action, values.get(key));
        return values.with("target", target).record(WebhookConfig.class);
    }

    /** Checks when the file has been read that the realm has the role, and that it may do {@code action} with a URI. */
    private static void checkRole(Action action, String uriKey, SectionValues values) {
        String realm = values.get("realm");
        String role = values.get("role");
        Uri uri = values.find(uriKey);
        values.document().addConfigCheck(config -> {
            ServiceRole.check(realm, role, config, values.node("role"));
            if (uri != null) {
                ServiceRole.warn(realm, role, config, new ServiceRole.Use(action, uri), values.node(uriKey));
            }
        });
    }

    private static void checkCrossbar(SectionValues values) {
        Kind kind = values.find("type");
        if (kind != null && (kind == Kind.WEBHOOK) != values.has("topic")) {
            values.error(
                    kind == Kind.WEBHOOK
                            ? "'type: webhook' needs the key 'topic'"
                            : "'topic' is for 'type: webhook' only: requests name it");
        }
        values.requireBoth("key", "secret");
    }

    private static CrossbarService crossbar(SectionValues values) {
        if (!values.has("secret", "github_secret")
                && values.<List<?>>get("require_ip").isEmpty()) {
            values.node()
                    .warnAtKey("every client can use " + values.node().label() + " with the role '" + values.get("role")
                            + "': it has neither 'secret' nor 'require_ip'");
        }
        checkRole(Action.PUBLISH, "topic", values);
        return values.record(
                CrossbarService.class,
                Map.of(
                        "kind", "type",
                        "tolerance", "timestamp_delta_limit",
                        "networks", "require_ip",
                        "tls", "require_tls",
                        "body_bytes", "post_body_limit",
                        "success", "success_response",
                        "failure", "error_response"));
    }
}
