package io.junctor.server.yaml;

import io.junctor.router.config.ArgumentTemplate;
import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.HttpRequestTemplate;
import io.junctor.router.config.HttpRequestTemplate.Body;
import io.junctor.router.config.HttpRequestTemplate.Method;
import io.junctor.router.config.HttpResultRules;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A procedure that an HTTP service answers. */
final class HttpCalleeSection {
    private static final Pattern STATUS = Pattern.compile("[345][0-9]{2}");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*|$)");

    private static final Key<Method> METHOD = Key.withDefault("method", methods(), Method.POST);
    private static final Key<ArgumentTemplate> URL = Key.required(
            "url", ScalarType.text("a URL such as https://example.org/users/{id}", HttpCalleeSection::url));
    private static final Key<Body> BODY = Key.optional("body", bodies());
    private static final Key<String> BODY_TEMPLATE =
            Key.optional("body_template", ScalarType.nonBlank("JSON such as '{\"user\": {id}, \"first\": {0}}'"));
    private static final Key<HttpResultRules.Form> RESULT = Key.oneOf("result", HttpResultRules.Form.VALUE);
    private static final Key<Map<String, Uri>> ERRORS = Key.withDefault(
            "errors",
            new MapType<>(
                    ScalarType.text(
                            "an error URI such as com.example.error.no_such_user",
                            text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null),
                    "a map of statuses such as { 404: com.example.error.no_such_user }",
                    "a status from 300 to 599",
                    STATUS.asMatchPredicate(),
                    null),
            Map.of());
    private static final Key<Integer> RESPONSE_BYTES =
            Key.withDefault("response_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20);
    private static final Key<Duration> TIMEOUT = Key.withDefault(
            "timeout", ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(24)), Duration.ofSeconds(30));
    private static final Key<Integer> REQUESTS = Key.withDefault("requests", ScalarType.integer(1, 100_000), 64);

    static final Section<HttpCalleeConfig> SECTION = Section.of(
                    "a map such as { role: backend, url: https://example.org/users/{id} }",
                    List.of(
                            OutgoingWebhookSection.ROLE,
                            METHOD,
                            URL,
                            HttpKeys.HEADERS,
                            BODY,
                            BODY_TEMPLATE,
                            RESULT,
                            ERRORS,
                            RESPONSE_BYTES,
                            TIMEOUT,
                            REQUESTS),
                    HttpCalleeSection::build)
            .checkedBy(HttpCalleeSection::check);

    private HttpCalleeSection() {}

    /** Methods are written in capital letters, as in HTTP. */
    private static EnumType<Method> methods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Method method : Method.values()) {
            methods.put(method.name(), method);
        }
        return new EnumType<>(methods);
    }

    private static EnumType<Body> bodies() {
        Map<String, Body> bodies = new LinkedHashMap<>(EnumType.of(Body.class).values());
        bodies.remove("template");
        return new EnumType<>(bodies);
    }

    /** Arguments may stand behind the host only. */
    private static @Nullable ArgumentTemplate url(String text) {
        ArgumentTemplate template = ArgumentTemplate.of(text);
        URI url = HttpKeys.url(template.with("x"));
        boolean isFixed = template.parts().size() == 1 || template.start().matches("https?://[^/?]+[/?].*");
        boolean hasDots =
                url != null && DOTS.matcher(String.valueOf(url.getRawPath())).matches();
        return url == null || !isFixed || hasDots ? null : template;
    }

    private static void check(SectionValues values) {
        if (values.has(BODY) && values.has(BODY_TEMPLATE)) {
            values.error("has both 'body' and 'body_template': one of them says what the body is");
        }
        String json = values.find(BODY_TEMPLATE);
        if (json != null && !JsonText.isJson(ArgumentTemplate.of(json).with("\"x\""))) {
            values.node(BODY_TEMPLATE)
                    .error("'body_template' must be JSON, in which places such as {id} stand where a value stands,"
                            + " without quotes");
        }
    }

    private static HttpCalleeConfig build(SectionValues values) {
        Map<String, ArgumentTemplate> headers = new HashMap<>();
        values.get(HttpKeys.HEADERS).forEach((name, text) -> headers.put(name, ArgumentTemplate.of(text.text())));
        String json = values.find(BODY_TEMPLATE);
        Method method = values.get(METHOD);
        Body body = values.find(BODY);
        if (body == null) {
            body = switch (method) {
                case GET, DELETE -> Body.NONE;
                case POST, PUT, PATCH -> Body.KWARGS;
            };
        }
        Map<Integer, Uri> errors = new HashMap<>();
        values.get(ERRORS).forEach((status, uri) -> errors.put(Integer.valueOf(status), uri));
        HttpRequestTemplate request = new HttpRequestTemplate(
                method,
                values.get(URL),
                headers,
                json == null ? body : Body.TEMPLATE,
                json == null ? null : ArgumentTemplate.of(json));
        URI url = HttpKeys.url(values.get(URL).with("x"));
        if (url != null) {
            HttpKeys.warnIfOpen(url, !headers.isEmpty(), values.node(URL));
        }
        return new HttpCalleeConfig(
                values.get(OutgoingWebhookSection.ROLE),
                request,
                new HttpResultRules(values.get(RESULT), errors, values.get(RESPONSE_BYTES)),
                values.get(TIMEOUT),
                values.get(REQUESTS));
    }
}
