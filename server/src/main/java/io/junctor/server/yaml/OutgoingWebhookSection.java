package io.junctor.server.yaml;

import io.junctor.router.config.HookQueue;
import io.junctor.router.config.HookReceiver;
import io.junctor.router.config.HookRetries;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.SecretText;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Events of a realm that the router delivers by HTTP. */
final class OutgoingWebhookSection {
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofHours(24);

    /** The role with which the router acts in the surrounding realm. */
    static final Key<String> ROLE = Key.required("role", RealmNames.ROLE);

    private static final Key<Uri> TOPIC =
            Key.required("topic", ScalarType.text("a topic or pattern in quotes, such as \"com.example.\"", Uri::new));
    private static final Key<URI> URL =
            Key.required("url", ScalarType.text("a URL such as https://example.org/events", HttpKeys::url));
    private static final Key<List<SecretText>> SECRETS =
            Key.list("secrets", SignatureSection.SECRET, "a list of secrets such as [\"${NAME}\"]");
    private static final Key<Duration> TIMEOUT =
            Key.withDefault("timeout", ScalarType.duration(LEAST, Duration.ofHours(1)), Duration.ofSeconds(10));
    private static final Key<Integer> ATTEMPTS =
            Key.withDefault("attempts", ScalarType.integer(1, 1_000), HookRetries.DEFAULT.attempts());
    private static final Key<Duration> FIRST_RETRY =
            Key.withDefault("first_retry", ScalarType.duration(LEAST, MOST), HookRetries.DEFAULT.first());
    private static final Key<Duration> LONGEST_RETRY =
            Key.withDefault("longest_retry", ScalarType.duration(LEAST, MOST), HookRetries.DEFAULT.longest());
    private static final Key<Integer> QUEUE_EVENTS =
            Key.withDefault("queue_events", ScalarType.integer(1, 1_000_000), HookQueue.DEFAULT.events());
    private static final Key<Integer> QUEUE_BYTES =
            Key.withDefault("queue_bytes", ScalarType.bytes(1 << 10, 1 << 30), HookQueue.DEFAULT.bytes());
    private static final Key<Integer> REQUESTS =
            Key.withDefault("requests", ScalarType.integer(1, 1_000), HookQueue.DEFAULT.requests());
    private static final Key<Uri> DEAD_LETTER = Key.optional(
            "dead_letter",
            ScalarType.text(
                    "a topic such as com.example.undelivered",
                    text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null));

    static final Section<OutgoingWebhookConfig> SECTION = Section.of(
                    "a map such as { role: hooks, topic: com.example.paid, url: https://example.org/paid }",
                    List.of(
                            ROLE,
                            TOPIC,
                            UriKeys.MATCH,
                            URL,
                            HttpKeys.HEADERS,
                            SECRETS,
                            TIMEOUT,
                            ATTEMPTS,
                            FIRST_RETRY,
                            LONGEST_RETRY,
                            QUEUE_EVENTS,
                            QUEUE_BYTES,
                            REQUESTS,
                            DEAD_LETTER),
                    OutgoingWebhookSection::build)
            .checkedBy(OutgoingWebhookSection::check);

    private OutgoingWebhookSection() {}

    private static void check(SectionValues values) {
        Uri topic = values.find(TOPIC);
        MatchPolicy match = values.find(UriKeys.MATCH);
        if (topic == null || match == null) {
            return;
        }
        UriKeys.check(topic, match, values.node(TOPIC));
        Uri deadLetter = values.find(DEAD_LETTER);
        if (deadLetter != null && Patterns.matches(topic, match, deadLetter)) {
            values.node(DEAD_LETTER)
                    .error("'topic' matches the topic of dead letters, which the webhook would try to deliver again");
        }
    }

    private static OutgoingWebhookConfig build(SectionValues values) {
        OutgoingWebhookConfig config = new OutgoingWebhookConfig(
                values.get(ROLE),
                values.get(TOPIC),
                values.get(UriKeys.MATCH),
                new HookReceiver(
                        values.get(URL), values.get(HttpKeys.HEADERS), values.get(SECRETS), values.get(TIMEOUT)),
                new HookRetries(values.get(ATTEMPTS), values.get(FIRST_RETRY), values.get(LONGEST_RETRY)),
                new HookQueue(values.get(QUEUE_EVENTS), values.get(QUEUE_BYTES), values.get(REQUESTS)),
                values.find(DEAD_LETTER));
        HookReceiver receiver = config.receiver();
        HttpKeys.warnIfOpen(
                receiver.url(),
                !receiver.secrets().isEmpty() || !receiver.headers().isEmpty(),
                values.node(URL));
        return config;
    }
}
