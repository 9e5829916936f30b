package io.junctor.server.yaml;

import io.junctor.router.config.HookBody;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.HookTarget;
import io.junctor.router.config.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;

/** A webhook of a listener. */
final class WebhookSection {
    private static final Duration LEAST = Duration.ofMillis(10);

    /** The realm in which the router acts; one that always exists. */
    static final Key<String> REALM = Key.required(
            "realm",
            RealmNames.realm((config, name) ->
                    config.realms().stream().anyMatch(realm -> realm.name().equals(name))));

    /** The role with which it acts; {@link ServiceRole} checks it. */
    static final Key<String> ROLE = Key.required("role", ScalarType.nonBlank("the name of a role"));

    private static final ScalarType<Uri> TARGET = ScalarType.text(
            "a URI such as com.example.paid", text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null);
    private static final Key<Uri> PUBLISH = Key.optional("publish", TARGET);
    private static final Key<Uri> CALL = Key.optional("call", TARGET);
    private static final Key<HookSignature> SIGNATURE = Key.required("signature", SignatureSection.SECTION);
    private static final Key<HookBody> BODY = Key.oneOf("body", HookBody.JSON);
    private static final Key<List<String>> HEADERS =
            Key.list("headers", SignatureSection.HEADER_NAME, "a list of header fields such as [X-GitHub-Event]");
    private static final Key<Integer> BODY_BYTES =
            Key.withDefault("body_bytes", ScalarType.bytes(1 << 10, 1 << 28), 1 << 20);
    private static final Key<Duration> CALL_TIMEOUT =
            Key.withDefault("call_timeout", ScalarType.duration(LEAST, Duration.ofHours(24)), Duration.ofSeconds(30));
    private static final Key<Duration> REPLAY_TIME = Key.withDefault(
            "replay_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)), Duration.ofMinutes(10));

    static final Section<WebhookConfig> SECTION = Section.of(
                    "a map such as { realm: realm1, role: hooks, publish: com.example.paid, signature: ... }",
                    List.of(
                            REALM,
                            ROLE,
                            PUBLISH,
                            CALL,
                            SIGNATURE,
                            BODY,
                            HEADERS,
                            BODY_BYTES,
                            CALL_TIMEOUT,
                            REPLAY_TIME),
                    WebhookSection::build)
            .checkedBy(values -> values.requireOneOf(PUBLISH, CALL));

    private WebhookSection() {}

    private static WebhookConfig build(SectionValues values) {
        Key<Uri> uri = values.has(PUBLISH) ? PUBLISH : CALL;
        HookTarget target = new HookTarget(
                values.get(REALM),
                values.get(ROLE),
                values.has(PUBLISH) ? Action.PUBLISH : Action.CALL,
                values.get(uri));
        values.document().addConfigCheck(config -> {
            ServiceRole.check(target.realm(), target.role(), config, values.node(ROLE));
            ServiceRole.Use use = new ServiceRole.Use(target.action(), target.uri());
            ServiceRole.warn(target.realm(), target.role(), config, use, values.node(uri));
        });
        return new WebhookConfig(
                target,
                values.get(SIGNATURE),
                values.get(BODY),
                values.get(HEADERS),
                values.get(BODY_BYTES),
                values.get(CALL_TIMEOUT),
                values.get(REPLAY_TIME));
    }
}
