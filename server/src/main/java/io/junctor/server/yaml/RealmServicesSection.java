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
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTTP services of a realm: webhooks get its events, and HTTP callees answer its calls. */
final class RealmServicesSection {
    private static final ScalarType<String> HOOK_NAME =
            ScalarType.matching("a name of letters, digits, '-' and '_'", name -> name.matches("[A-Za-z0-9_-]{1,100}"));
    private static final ScalarType<String> PROCEDURE = ScalarType.matching(
            "the URI of a procedure", name -> UriRules.LOOSE.isUri(new Uri(name)) && !new Uri(name).isReserved());
    private static final ScalarType<Integer> STATUS = ScalarType.text(
            "a status from 300 to 599", text -> text.matches("[345][0-9]{2}") ? Integer.valueOf(text) : null);
    private static final ScalarType<String> FIELD = ScalarType.matching(
            "the name of a header field, other than Host, Connection and those of the length", OutgoingHttp::isField);
    private static final SecretType<String> FIELD_VALUE =
            SecretType.matching("a text of visible ASCII characters and spaces", OutgoingHttp::isFieldValue);
    private static final ScalarType<ArgumentTemplate> URL =
            ScalarType.text("a URL such as https://example.org/users/{id}", RealmServicesSection::url);
    private static final ValueType<ArgumentTemplate> JSON = ScalarType.nonBlank(
                    "JSON such as '{\"user\": {id}, \"first\": {0}}'")
            .map((node, text) -> json(text));

    /** Without {@link Body#TEMPLATE}, for which there is another key. */
    private static final List<Body> BODIES = List.of(Body.NONE, Body.KWARGS, Body.ARGS, Body.FORM);

    private static final Section<OutgoingWebhookConfig> WEBHOOK = Section.of(
                    OutgoingWebhookConfig.class,
                    "a map such as { role: hooks, topic: com.example.paid, url: https://example.org/paid }",
                    "first=first_retry",
                    "longest=longest_retry",
                    "events=queue_events",
                    "bytes=queue_bytes")
            .required("role", Names.ROLE)
            .all(Names.pattern(
                    "topic", "a topic or pattern in quotes, such as \"com.example.\"", (topic, match) -> null))
            .required("url", ScalarType.text("a URL such as https://example.org/events", OutgoingHttp::url))
            .map("headers", FIELD, FIELD_VALUE.map((node, value) -> new SecretText(value)))
            .list("secrets", HttpServicesSection.SECRET)
            .key("timeout", ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(1)), Duration.ofSeconds(10))
            .key("attempts", ScalarType.integer(1, 1_000), HookRetries.DEFAULT.attempts())
            .key("first_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.first())
            .key("longest_retry", ScalarType.TIMEOUT, HookRetries.DEFAULT.longest())
            .key("queue_events", ScalarType.integer(1, 1_000_000), HookQueue.DEFAULT.events())
            .key("queue_bytes", ScalarType.bytes(1 << 10, 1 << 30), HookQueue.DEFAULT.bytes())
            .key("requests", ScalarType.integer(1, 1_000), HookQueue.DEFAULT.requests())
            .optional("dead_letter", Names.uri("a topic such as com.example.undelivered"))
            .check(RealmServicesSection::checkTopic);

    private static final Section<HttpCalleeConfig> CALLEE = Section.of(
                    HttpCalleeConfig.class,
                    "a map such as { role: backend, url: https://example.org/users/{id} }",
                    "json=body_template")
            .required("role", Names.ROLE)
            .key("method", ScalarType.oneOf(List.of(Method.values()), Method::name), Method.POST)
            .required("url", URL)
            .map("headers", FIELD, FIELD_VALUE.map((node, value) -> ArgumentTemplate.of(value)))
            .optional("body", ScalarType.oneOf(BODIES, body -> body.name().toLowerCase(Locale.ROOT)))
            .optional("body_template", JSON)
            .oneOf("result", HttpResultRules.Form.VALUE)
            .map("errors", STATUS, Names.uri("an error URI such as com.example.error.no_such_user"))
            .key("response_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20)
            .key("timeout", ScalarType.TIMEOUT, Duration.ofSeconds(30))
            .key("requests", ScalarType.integer(1, 100_000), 64)
            .refuse(
                    values -> values.has("body") && values.has("body_template"),
                    "has both 'body' and 'body_template': one of them says what the body is")
            .derive("body", RealmServicesSection::body)
            .derive(
                    "result",
                    values -> values.record(HttpResultRules.class, "form=result", "body_bytes=response_bytes"));

    /** The keys of a realm. */
    static final Section<SectionValues> KEYS = Section.group()
            .map("webhooks", HOOK_NAME, WEBHOOK)
            .map("http_callees", PROCEDURE, CALLEE)
            .refuse(
                    values -> RealmTemplate.isPattern(values.node().name())
                            && !(values.entries("webhooks").isEmpty()
                                    && values.entries("http_callees").isEmpty()),
                    "'webhooks' and 'http_callees' need a realm that always exists, and not a template");

    private RealmServicesSection() {}

    private static void checkTopic(SectionValues values) {
        if (values.areValid("topic", "match", "dead_letter")
                && Patterns.matches(values.get("topic"), values.get("match"), values.get("dead_letter"))) {
            values.node("dead_letter")
                    .error("'topic' matches the topic of dead letters, which the webhook would try to deliver again");
        }
    }

    private static @Nullable ArgumentTemplate url(String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        return OutgoingHttp.isUrl(template) ? template : null;
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
