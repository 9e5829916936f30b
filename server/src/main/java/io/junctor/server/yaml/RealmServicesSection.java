package io.junctor.server.yaml;

import io.junctor.router.config.ArgumentTemplate;
import io.junctor.router.config.HookQueue;
import io.junctor.router.config.HookRetries;
import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.HttpRequestTemplate;
import io.junctor.router.config.HttpRequestTemplate.Body;
import io.junctor.router.config.HttpRequestTemplate.Method;
import io.junctor.router.config.HttpResultRules;
import io.junctor.router.config.OutgoingHttp;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.SecretText;
import io.junctor.router.match.Patterns;
import io.junctor.server.yaml.ValueType.NameRule;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP services of a realm: webhooks get its events, and HTTP callees answer its calls. */
final class RealmServicesSection {
    private static final NameRule HOOK_NAME =
            new NameRule("a name of letters, digits, '-' and '_'", name -> name.matches("[A-Za-z0-9_-]{1,100}"));
    private static final NameRule PROCEDURE = new NameRule(
            "the URI of a procedure", name -> UriRules.LOOSE.isUri(new Uri(name)) && !new Uri(name).isReserved());
    private static final NameRule STATUS = new NameRule(
            "a status from 300 to 599", Pattern.compile("[345][0-9]{2}").asMatchPredicate());
    private static final NameRule FIELD = new NameRule(
            "the name of a header field, other than Host, Connection and those of the length", OutgoingHttp::isField);
    private static final SecretType<SecretText> FIELD_VALUE = new SecretType<>(
            "a text of visible ASCII characters and spaces",
            text -> OutgoingHttp.isFieldValue(text) ? new SecretText(text) : null);

    private static final ValueType<ArgumentTemplate> JSON = ScalarType.nonBlank(
                    "JSON such as '{\"user\": {id}, \"first\": {0}}'")
            .map(RealmServicesSection::json);

    private static final KeyTable HEADERS = new KeyTable()
            .map(
                    "headers",
                    FIELD_VALUE,
                    FIELD,
                    "a map of header fields such as { Authorization: \"Bearer ${TOKEN}\" }");

    private static final Section<OutgoingWebhookConfig> WEBHOOK = new KeyTable(
                    "a map such as { role: hooks, topic: com.example.paid, url: https://example.org/paid }")
            .required("role", Names.ROLE)
            .required("topic", ScalarType.text("a topic or pattern in quotes, such as \"com.example.\"", Uri::new))
            .oneOf("match", MatchPolicy.EXACT)
            .required("url", ScalarType.text("a URL such as https://example.org/events", OutgoingHttp::url))
            .all(HEADERS)
            .list("secrets", HttpServicesSection.SECRET, "a list of secrets such as [\"${NAME}\"]")
            .key("timeout", ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(1)), Duration.ofSeconds(10))
            .key("attempts", ScalarType.integer(1, 1_000), HookRetries.DEFAULT.attempts())
            .key("first_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.first())
            .key("longest_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.longest())
            .key("queue_events", ScalarType.integer(1, 1_000_000), HookQueue.DEFAULT.events())
            .key("queue_bytes", ScalarType.bytes(1 << 10, 1 << 30), HookQueue.DEFAULT.bytes())
            .key("requests", ScalarType.integer(1, 1_000), HookQueue.DEFAULT.requests())
            .optional("dead_letter", Names.uri("a topic such as com.example.undelivered"))
            .check(RealmServicesSection::checkTopic)
            .build(RealmServicesSection::webhook);

    private static final Section<HttpCalleeConfig> CALLEE = new KeyTable(
                    "a map such as { role: backend, url: https://example.org/users/{id} }")
            .required("role", Names.ROLE)
            .key("method", ScalarType.oneOf(List.of(Method.values()), Method::name), Method.POST)
            .required("url", ScalarType.text("a URL such as https://example.org/users/{id}", RealmServicesSection::url))
            .all(HEADERS)
            .optional(
                    "body",
                    ScalarType.oneOf(
                            List.of(Body.NONE, Body.KWARGS, Body.ARGS, Body.FORM),
                            body -> body.name().toLowerCase(Locale.ROOT)))
            .optional("body_template", JSON)
            .oneOf("result", HttpResultRules.Form.VALUE)
            .map(
                    "errors",
                    Names.uri("an error URI such as com.example.error.no_such_user"),
                    STATUS,
                    "a map of statuses such as { 404: com.example.error.no_such_user }")
            .key("response_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("requests", ScalarType.integer(1, 100_000), 64)
            .refuse(
                    values -> values.has("body") && values.has("body_template"),
                    "has both 'body' and 'body_template': one of them says what the body is")
            .build(RealmServicesSection::callee);

    /** The keys of a realm. */
    static final KeyTable KEYS = new KeyTable()
            .map("webhooks", WEBHOOK, HOOK_NAME, "a map of names to webhooks")
            .map("http_callees", CALLEE, PROCEDURE, "a map of procedures to HTTP services")
            .refuse(
                    values -> RealmTemplate.isPattern(values.node().name())
                            && !(values.entries("webhooks").isEmpty()
                                    && values.entries("http_callees").isEmpty()),
                    "'webhooks' and 'http_callees' need a realm that always exists, and not a template");

    private RealmServicesSection() {}

    private static void checkTopic(SectionValues values) {
        Uri topic = values.find("topic");
        MatchPolicy match = values.find("match");
        if (topic == null || match == null) {
            return;
        }
        Names.check(topic, match, values.node("topic"));
        Uri deadLetter = values.find("dead_letter");
        if (deadLetter != null && Patterns.matches(topic, match, deadLetter)) {
            values.node("dead_letter")
                    .error("'topic' matches the topic of dead letters, which the webhook would try to deliver again");
        }
    }

    private static OutgoingWebhookConfig webhook(SectionValues values) {
        boolean hasSecret = !values.entries("headers").isEmpty()
                || !values.<List<?>>get("secrets").isEmpty();
        warnIfOpen(values.get("url"), hasSecret, values);
        return values.record(
                OutgoingWebhookConfig.class,
                "first=first_retry",
                "longest=longest_retry",
                "events=queue_events",
                "bytes=queue_bytes");
    }

    private static @Nullable ArgumentTemplate url(String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        return OutgoingHttp.isUrl(template) ? template : null;
    }

    private static @Nullable ArgumentTemplate json(YamlNode node, String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        if (HttpRequestTemplate.isJson(template)) {
            return template;
        }
        node.error("'body_template' must be JSON, in which places such as {id} stand where a value stands,"
                + " without quotes");
        return null;
    }

    private static HttpCalleeConfig callee(SectionValues values) {
        Method method = values.get("method");
        Body bodyOfMethod = method == Method.GET || method == Method.DELETE ? Body.NONE : Body.KWARGS;
        Map<String, SecretText> headers = values.get("headers");
        Map<String, Uri> errors = values.get("errors");
        ArgumentTemplate url = values.get("url");
        warnIfOpen(URI.create(url.with("x")), !headers.isEmpty(), values);
        HttpResultRules result = new HttpResultRules(
                values.get("result"), mapped(errors, Integer::valueOf, uri -> uri), values.get("response_bytes"));
        return values.with("headers", mapped(headers, name -> name, value -> ArgumentTemplate.of(value.text())))
                .with("body", values.has("body_template") ? Body.TEMPLATE : values.get("body", bodyOfMethod))
                .with("result", result)
                .record(HttpCalleeConfig.class, "json=body_template");
    }

    private static <K, V, T> Map<K, T> mapped(Map<String, V> map, Function<String, K> key, Function<V, T> value) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(entry -> key.apply(entry.getKey()), entry -> value.apply(entry.getValue())));
    }

    /** Warns of secrets that other machines on the way can read. */
    private static void warnIfOpen(URI url, boolean hasSecret, SectionValues values) {
        if (hasSecret && OutgoingHttp.isOpen(url)) {
            values.node("url").warn("requests with a secret travel unencrypted to " + url.getHost() + ": use https");
        }
    }
}
