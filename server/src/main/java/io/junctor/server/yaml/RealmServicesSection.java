package io.junctor.server.yaml;

import io.junctor.router.config.ArgumentTemplate;
import io.junctor.router.config.HookQueue;
import io.junctor.router.config.HookRetries;
import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.HttpRequestTemplate;
import io.junctor.router.config.HttpRequestTemplate.Body;
import io.junctor.router.config.HttpRequestTemplate.Method;
import io.junctor.router.config.HttpResultRules;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.RealmServices;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.SecretText;
import io.junctor.router.match.Patterns;
import io.junctor.router.spi.Action;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP services of a realm: webhooks get its events, and HTTP callees answer its calls. */
final class RealmServicesSection {
    private static final Pattern STATUS = Pattern.compile("[345][0-9]{2}");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*|$)");
    /** What the HTTP client sets itself. */
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    /** Values of header fields, each a secret. */
    private static final KeyTable HEADERS = new KeyTable()
            .map(
                    "headers",
                    new SecretType<>(
                            "a text of visible ASCII characters and spaces", RealmServicesSection::headerValue),
                    "a map of header fields such as { Authorization: \"Bearer ${TOKEN}\" }",
                    "the name of a header field, other than Host, Connection and those of the length",
                    RealmServicesSection::isHeader);

    private static final Section<OutgoingWebhookConfig> WEBHOOK = new KeyTable(
                    "a map such as { role: hooks, topic: com.example.paid, url: https://example.org/paid }")
            .required("role", RealmNames.ROLE)
            .required("topic", ScalarType.text("a topic or pattern in quotes, such as \"com.example.\"", Uri::new))
            .oneOf("match", MatchPolicy.EXACT)
            .required("url", ScalarType.text("a URL such as https://example.org/events", RealmServicesSection::url))
            .all(HEADERS)
            .list("secrets", HttpServicesSection.SECRET, "a list of secrets such as [\"${NAME}\"]")
            .key("timeout", ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(1)), Duration.ofSeconds(10))
            .key("attempts", ScalarType.integer(1, 1_000), HookRetries.DEFAULT.attempts())
            .key("first_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.first())
            .key("longest_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.longest())
            .key("queue_events", ScalarType.integer(1, 1_000_000), HookQueue.DEFAULT.events())
            .key("queue_bytes", ScalarType.bytes(1 << 10, 1 << 30), HookQueue.DEFAULT.bytes())
            .key("requests", ScalarType.integer(1, 1_000), HookQueue.DEFAULT.requests())
            .optional("dead_letter", UriKeys.uri("a topic such as com.example.undelivered"))
            .check(RealmServicesSection::checkWebhook)
            .build(RealmServicesSection::webhook);

    private static final Section<HttpCalleeConfig> CALLEE = new KeyTable(
                    "a map such as { role: backend, url: https://example.org/users/{id} }")
            .required("role", RealmNames.ROLE)
            .key("method", EnumType.of(List.of(Method.values()), Method::name), Method.POST)
            .required(
                    "url",
                    ScalarType.text("a URL such as https://example.org/users/{id}", RealmServicesSection::template))
            .all(HEADERS)
            .optional("body", bodies())
            .optional("body_template", ScalarType.nonBlank("JSON such as '{\"user\": {id}, \"first\": {0}}'"))
            .oneOf("result", HttpResultRules.Form.VALUE)
            .map(
                    "errors",
                    UriKeys.uri("an error URI such as com.example.error.no_such_user"),
                    "a map of statuses such as { 404: com.example.error.no_such_user }",
                    "a status from 300 to 599",
                    STATUS.asMatchPredicate())
            .key("response_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("requests", ScalarType.integer(1, 100_000), 64)
            .check(RealmServicesSection::checkBody)
            .build(RealmServicesSection::callee);

    /** The keys of a realm. */
    static final KeyTable KEYS = new KeyTable()
            .map(
                    "webhooks",
                    WEBHOOK,
                    "a map of names to webhooks",
                    "a name of letters, digits, '-' and '_'",
                    name -> name.matches("[A-Za-z0-9_-]{1,100}"))
            .map(
                    "http_callees",
                    CALLEE,
                    "a map of procedures to HTTP services",
                    "the URI of a procedure",
                    name -> UriRules.LOOSE.isUri(new Uri(name)) && !new Uri(name).isReserved())
            .check(RealmServicesSection::check);

    private RealmServicesSection() {}

    static RealmServices build(SectionValues values) {
        return new RealmServices(values.get("webhooks"), values.get("http_callees"));
    }

    /** Checks the services of a realm, and warns of those whose role may not do what they are for. */
    private static void check(SectionValues values) {
        Map<String, YamlNode> hooks = values.entries("webhooks");
        Map<String, YamlNode> callees = values.entries("http_callees");
        if (!(hooks.isEmpty() && callees.isEmpty())
                && RealmTemplate.isPattern(values.node().name())) {
            values.error("'webhooks' and 'http_callees' need a realm that always exists, and not a template");
        }
        Map<String, RoleConfig> roles = values.get("roles", Map.of());
        values.get("webhooks", Map.<String, OutgoingWebhookConfig>of()).forEach((name, hook) -> {
            RoleConfig role = roles.get(hook.role());
            warn(role, Action.SUBSCRIBE, hook.topic(), hook.match(), hooks.get(name));
            if (hook.deadLetter() != null) {
                warn(role, Action.PUBLISH, hook.deadLetter(), MatchPolicy.EXACT, hooks.get(name));
            }
        });
        values.get("http_callees", Map.<String, HttpCalleeConfig>of()).forEach((name, callee) -> {
            RoleConfig role = roles.get(callee.role());
            warn(role, Action.REGISTER, new Uri(name), MatchPolicy.EXACT, callees.get(name));
        });
    }

    private static void warn(
            @Nullable RoleConfig role, Action action, Uri uri, MatchPolicy match, @Nullable YamlNode node) {
        if (role != null && node != null && !ServiceRole.may(role, action, uri, match, true)) {
            node.warnAtKey("the role of " + node.label() + " may not "
                    + action.name().toLowerCase(Locale.ROOT) + " " + uri.text());
        }
    }

    private static void checkWebhook(SectionValues values) {
        Uri topic = values.find("topic");
        MatchPolicy match = values.find("match");
        if (topic == null || match == null) {
            return;
        }
        UriKeys.check(topic, match, values.node("topic"));
        Uri deadLetter = values.find("dead_letter");
        if (deadLetter != null && Patterns.matches(topic, match, deadLetter)) {
            values.node("dead_letter")
                    .error("'topic' matches the topic of dead letters, which the webhook would try to deliver again");
        }
    }

    private static OutgoingWebhookConfig webhook(SectionValues values) {
        boolean hasSecrets = !values.<List<?>>get("secrets").isEmpty();
        warnIfOpen(values.get("url"), hasSecrets || hasHeaders(values), values);
        return values.record(
                OutgoingWebhookConfig.class,
                Map.of(
                        "first", "first_retry",
                        "longest", "longest_retry",
                        "events", "queue_events",
                        "bytes", "queue_bytes"));
    }

    private static EnumType<Body> bodies() {
        List<Body> bodies =
                Stream.of(Body.values()).filter(body -> body != Body.TEMPLATE).toList();
        return EnumType.of(bodies, body -> body.name().toLowerCase(Locale.ROOT));
    }

    /** Arguments may stand behind the host only. */
    private static @Nullable ArgumentTemplate template(String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        URI url = url(template.with("x"));
        boolean isFixed = template.parts().size() == 1 || template.start().matches("https?://[^/?]+[/?].*");
        boolean hasDots =
                url != null && DOTS.matcher(String.valueOf(url.getRawPath())).matches();
        return url == null || !isFixed || hasDots ? null : template;
    }

    private static void checkBody(SectionValues values) {
        if (values.has("body") && values.has("body_template")) {
            values.error("has both 'body' and 'body_template': one of them says what the body is");
        }
        String json = values.find("body_template");
        if (json != null && !isJson(ArgumentTemplate.of(json).with("\"x\""))) {
            values.node("body_template")
                    .error("'body_template' must be JSON, in which places such as {id} stand where a value stands,"
                            + " without quotes");
        }
    }

    private static boolean isJson(String text) {
        byte[] list = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
        Payload payload = Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, list, 0, list.length);
        try {
            return new Codecs(CodecLimits.DEFAULT)
                            .arguments(payload)
                            .positional()
                            .size()
                    == 1;
        } catch (ProtocolViolation notJson) {
            return false;
        }
    }

    private static HttpCalleeConfig callee(SectionValues values) {
        Method method = values.get("method");
        Body bodyOfMethod = method == Method.GET || method == Method.DELETE ? Body.NONE : Body.KWARGS;
        String json = values.find("body_template");
        ArgumentTemplate url = values.get("url");
        HttpRequestTemplate request = new HttpRequestTemplate(
                method,
                url,
                mapped(values.get("headers"), name -> name, (SecretText text) -> ArgumentTemplate.of(text.text())),
                json == null ? values.get("body", bodyOfMethod) : Body.TEMPLATE,
                json == null ? null : ArgumentTemplate.of(json));
        HttpResultRules result = new HttpResultRules(
                values.get("result"),
                mapped(values.get("errors"), Integer::valueOf, (Uri uri) -> uri),
                values.get("response_bytes"));
        warnIfOpen(URI.create(url.with("x")), hasHeaders(values), values);
        return new HttpCalleeConfig(values.get("role"), request, result, values.get("timeout"), values.get("requests"));
    }

    private static <K, V, T> Map<K, T> mapped(Map<String, V> map, Function<String, K> key, Function<V, T> value) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(entry -> key.apply(entry.getKey()), entry -> value.apply(entry.getValue())));
    }

    private static boolean isHeader(String name) {
        return HttpServicesSection.HEADER_NAME.parser().apply(name) != null
                && !OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static @Nullable SecretText headerValue(String text) {
        boolean isVisible = text.chars().allMatch(character -> character >= ' ' && character <= '~');
        return isVisible ? new SecretText(text) : null;
    }

    private static boolean hasHeaders(SectionValues values) {
        return !values.<Map<?, ?>>get("headers").isEmpty();
    }

    /** An absolute URL of http or https, without a user and a fragment; null if a text is not such a URL. */
    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = Set.of("http", "https")
                    .contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
            boolean isPlain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return isHttp && isPlain ? url : null;
        } catch (URISyntaxException invalid) {
            return null;
        }
    }

    /** Warns of secrets that other machines on the way can read. */
    private static void warnIfOpen(URI url, boolean hasSecret, SectionValues values) {
        String host = url.getHost();
        boolean isHere = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (hasSecret && url.getScheme().equalsIgnoreCase("http") && !isHere) {
            values.node("url").warn("requests with a secret travel unencrypted to " + host + ": use https");
        }
    }
}
