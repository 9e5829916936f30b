package io.junctor.server.yaml;

import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.http.ArgumentTemplate;
import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.config.http.CrossbarService.Kind;
import io.junctor.router.config.http.HmacForm;
import io.junctor.router.config.http.HookBody;
import io.junctor.router.config.http.HookQueue;
import io.junctor.router.config.http.HookRetries;
import io.junctor.router.config.http.HookSignature;
import io.junctor.router.config.http.HttpCalleeConfig;
import io.junctor.router.config.http.HttpRequestTemplate;
import io.junctor.router.config.http.HttpRequestTemplate.Body;
import io.junctor.router.config.http.HttpRequestTemplate.Method;
import io.junctor.router.config.http.HttpResultRules;
import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.http.OutgoingHttpCheck;
import io.junctor.router.config.http.OutgoingWebhookConfig;
import io.junctor.router.config.http.SecretText;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.router.match.Patterns;
import io.junctor.router.spi.Action;
import io.junctor.server.yaml.ValueType.ListOf;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Sections of HTTP services: webhooks and Crossbar.io's services of a listener, webhooks and HTTP callees of a realm. */
final class ServiceSections {
    private static final ScalarType<Duration> TOLERANCE =
            ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24));
    private static final ScalarType<String> HEADER = ScalarType.matching(
            "the name of a header field such as X-Signature", OutgoingHttpCheck.FIELD.asMatchPredicate());
    private static final ScalarType<Uri> URI = NameTypes.uri("a URI such as com.example.paid");
    private static final ScalarType<IpNetwork> NETWORK =
            ScalarType.text("an address, or a network by its first address, such as 10.0.0.0/8", IpNetwork::parse);

    /** A secret that the router itself uses. */
    private static final SecretType<SecretText> SECRET = new SecretType<>("a secret", SecretText::new);

    private static final ScalarType<Class<?>> SCHEME =
            ScalarType.oneOf(List.of(HookSignature.class.getPermittedSubclasses()), ServiceSections::schemeName);

    // ---- Services of a listener, for senders of HTTP requests.

    private static final SectionType<HookSignature> SIGNATURE = SectionType.of(
                    "a map such as { scheme: github, secrets: [\"${NAME}\"] }")
            .required("scheme", SCHEME)
            .required("secrets", SECRET.some())
            .optional("header", HEADER)
            .key("algorithm", HmacForm.Algorithm.SHA256)
            .key("encoding", HmacForm.Encoding.HEX)
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

    /** The realm and role with which the router acts for the senders of requests. */
    private static final SectionType<SectionValues> REALM_AND_ROLE = SectionType.of("")
            .required("realm", NameTypes.PERMANENT_REALM)
            .required("role", NameTypes.ROLE_NAME)
            .check(ServiceSections::checkRole);

    static final SectionType<WebhookConfig> WEBHOOK = SectionType.of(
                    WebhookConfig.class,
                    "a map such as { realm: realm1, role: hooks, publish: com.example.paid, signature: ... }")
            .all(REALM_AND_ROLE)
            .optional("publish", URI)
            .optional("call", URI)
            .required("signature", SIGNATURE)
            .key("body", HookBody.JSON)
            .list("headers", HEADER)
            .key("body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("call_timeout", Duration.ofSeconds(30))
            .key("replay_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)), Duration.ofMinutes(10))
            .check(values -> values.requireOneOf("publish", "call"))
            .derive("action", values -> values.has("publish") ? Action.PUBLISH : Action.CALL)
            .derive("uri", values -> values.find(values.has("publish") ? "publish" : "call"));

    /** A service of Crossbar.io. The keys have the same names as in Crossbar.io. */
    static final SectionType<CrossbarService> CROSSBAR = SectionType.of(
                    CrossbarService.class, "a map such as { type: publisher, realm: realm1, role: web }")
            .required("type", ScalarType.oneOf(Kind.class))
            .all(REALM_AND_ROLE)
            .optional("topic", NameTypes.uri("a topic such as com.example.hook"))
            .optional("key", ScalarType.nonBlank("the name of the secret"))
            .optional("secret", SECRET)
            .key("timestamp_delta_limit", "tolerance", TOLERANCE, Duration.ofMinutes(5))
            .optional("github_secret", SECRET)
            .key("require_ip", "networks", new ListOf<>(NETWORK, 0), List.of())
            .key("require_tls", "tls", false)
            .key("post_body_limit", "body_bytes", ScalarType.bytes(1, 1 << 28), 1 << 20)
            .key("success_response", "success", ScalarType.nonBlank("a text"), "OK")
            .key("error_response", "failure", ScalarType.nonBlank("a text"), "NOT OK")
            .refuse(
                    values -> values.find("type") == Kind.WEBHOOK && !values.has("topic"),
                    "'type: webhook' needs the key 'topic'")
            .refuse(
                    values -> values.areValid("type") && values.find("type") != Kind.WEBHOOK && values.has("topic"),
                    "'topic' is for 'type: webhook' only: requests name it")
            .check(values -> values.requireBoth("key", "secret"))
            .derive("kind", values -> values.get("type"));

    // ---- Services of a realm: webhooks receive its events, and HTTP callees answer its calls.

    private static final ScalarType<String> HOOK_NAME =
            ScalarType.matching("a name of letters, digits, '-' and '_'", name -> name.matches("[A-Za-z0-9_-]{1,100}"));
    private static final ScalarType<String> PROCEDURE = ScalarType.matching(
            "the URI of a procedure", name -> UriRules.LOOSE.isUri(new Uri(name)) && !new Uri(name).isReserved());
    private static final ScalarType<Integer> STATUS = ScalarType.text(
            "a status from 300 to 599", text -> text.matches("[345][0-9]{2}") ? Integer.valueOf(text) : null);
    private static final ScalarType<String> FIELD = ScalarType.matching(
            "the name of a header field, other than Host, Connection and those of the length",
            OutgoingHttpCheck::isField);
    private static final SecretType<String> FIELD_VALUE =
            SecretType.matching("a text of visible ASCII characters and spaces", OutgoingHttpCheck::isFieldValue);
    private static final ValueType<ArgumentTemplate> URL = ScalarType.matching(
                    "a URL such as https://example.org/users/{id}",
                    text -> OutgoingHttpCheck.isUrl(ArgumentTemplate.of(text)))
            .map((node, text) -> ArgumentTemplate.of(text));
    private static final ValueType<ArgumentTemplate> JSON = ScalarType.nonBlank(
                    "JSON such as '{\"user\": {id}, \"first\": {0}}'")
            .map((node, text) -> json(text));

    /** All forms of a body except {@link Body#TEMPLATE}, which has its own key. */
    private static final List<Body> BODIES = List.of(Body.NONE, Body.KWARGS, Body.ARGS, Body.FORM);

    private static final SectionType<OutgoingWebhookConfig> OUTGOING_WEBHOOK = SectionType.of(
                    OutgoingWebhookConfig.class,
                    "a map such as { role: hooks, topic: com.example.paid, url: https://example.org/paid }")
            .required("role", NameTypes.ROLE)
            .all(NameTypes.pattern("topic", "topic", (topic, match) -> null))
            .required("url", ScalarType.text("a URL such as https://example.org/events", OutgoingHttpCheck::url))
            .map("headers", FIELD, FIELD_VALUE.map((node, value) -> new SecretText(value)))
            .list("secrets", SECRET)
            .key("timeout", ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(1)), Duration.ofSeconds(10))
            .key("attempts", ScalarType.integer(1, 1_000), HookRetries.DEFAULT.attempts())
            .key("first_retry", "first", HookRetries.DEFAULT.first())
            .key("longest_retry", "longest", HookRetries.DEFAULT.longest())
            .key("queue_events", "events", HookQueue.DEFAULT.events())
            .key("queue_bytes", "bytes", HookQueue.DEFAULT.bytes())
            .key("requests", ScalarType.integer(1, 1_000), HookQueue.DEFAULT.requests())
            .optional("dead_letter", NameTypes.uri("a topic such as com.example.undelivered"))
            .check(ServiceSections::checkTopic);

    private static final SectionType<HttpCalleeConfig> CALLEE = SectionType.of(
                    HttpCalleeConfig.class, "a map such as { role: backend, url: https://example.org/users/{id} }")
            .required("role", NameTypes.ROLE)
            .key("method", ScalarType.oneOf(List.of(Method.values()), Method::name), Method.POST)
            .required("url", URL)
            .map("headers", FIELD, FIELD_VALUE.map((node, value) -> ArgumentTemplate.of(value)))
            .optional("body", ScalarType.oneOf(BODIES, body -> body.name().toLowerCase(Locale.ROOT)))
            .key("body_template", "json", JSON, null)
            .key("result", "form", HttpResultRules.Form.VALUE)
            .map("errors", STATUS, NameTypes.uri("an error URI such as com.example.error.no_such_user"))
            .key("response_bytes", "body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("timeout", Duration.ofSeconds(30))
            .key("requests", ScalarType.integer(1, 100_000), 64)
            .refuse(
                    values -> values.has("body") && values.has("body_template"),
                    "has both 'body' and 'body_template': one of them says what the body is")
            .derive("body", ServiceSections::body)
            .derive("result", values -> values.record(HttpResultRules.class));

    /** The keys of services in the section of a realm. */
    static final SectionType<SectionValues> OF_REALM = SectionType.of("")
            .map("webhooks", HOOK_NAME, OUTGOING_WEBHOOK)
            .key("http_callees", "callees", new MapOf<>(PROCEDURE, CALLEE, null), Map.of())
            .refuse(
                    values -> RealmTemplate.isPattern(values.node().name())
                            && !(values.entries("webhooks").isEmpty()
                                    && values.entries("http_callees").isEmpty()),
                    "'webhooks' and 'http_callees' need a realm that always exists, and not a template");

    private ServiceSections() {}

    private static String schemeName(Class<?> scheme) {
        return scheme.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static boolean isScheme(SectionValues values, String names) {
        Class<?> scheme = values.find("scheme");
        return scheme != null && List.of(names.split(" ")).contains(schemeName(scheme));
    }

    /** Reports keys that are allowed only for {@code schemes}. */
    private static void allow(SectionValues values, String schemes, String... keys) {
        Stream.of(keys)
                .filter(key -> values.has(key) && values.areValid("scheme") && !isScheme(values, schemes))
                .forEach(key -> values.node(key).errorAtKey("'" + key + "' is for the " + schemes + " only"));
    }

    /** Adds a check that the realm has the role; it runs when the file has been read. */
    private static void checkRole(SectionValues values) {
        YamlNode role = values.node("role");
        role.diagnostics()
                .addConfigCheck(config -> config.realms().stream()
                        .filter(realm -> realm.name().equals(values.get("realm")))
                        .forEach(realm -> role.requireKnown(
                                values.get("role"),
                                realm.roles().keySet().stream().sorted(),
                                "realm '" + realm.name() + "' has no such role; it has")));
    }

    private static void checkTopic(SectionValues values) {
        if (values.areValid("topic", "match", "dead_letter")
                && Patterns.matches(values.get("topic"), values.get("match"), values.get("dead_letter"))) {
            values.node("dead_letter")
                    .error("'topic' matches the topic of dead letters, which the webhook would try to deliver again");
        }
    }

    private static ArgumentTemplate json(String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        if (!HttpRequestTemplate.isJson(template)) {
            throw new IllegalArgumentException("'body_template' must be JSON, in which places such as {id} stand where"
                    + " a value stands, without quotes");
        }
        return template;
    }

    private static Body body(SectionValues values) {
        Method method = values.get("method");
        Body bodyOfMethod = method == Method.GET || method == Method.DELETE ? Body.NONE : Body.KWARGS;
        return values.has("body_template") ? Body.TEMPLATE : values.get("body", bodyOfMethod);
    }
}
