package io.junctor.router.realm;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.options.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes the configuration of a realm that is in force, for {@code junctor.config.get}. It lists each setting explicitly, so it never
 * contains a secret, a key or a user name. May run on any thread.
 */
final class RealmConfigListing {
    private RealmConfigListing() {}

    static Map<String, @Nullable Object> of(RealmConfig config) {
        Map<String, Object> roles = new LinkedHashMap<>();
        config.roles().keySet().stream().sorted().forEach(name -> roles.put(name, role(config, name)));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("realm", config.name());
        answer.put("uris", lower(config.uris()));
        answer.put("request_ids", lower(config.requestIds()));
        answer.put("anonymous_role", config.anonymousRole());
        answer.put("anonymous_loopback_role", config.auth().loopbackRole());
        answer.put(
                "authmethods",
                config.auth().offers().stream().map(RealmConfigListing::method).toList());
        answer.put("roles", roles);
        answer.put("limits", limits(config.limits()));
        answer.put(
                "history",
                config.features().history().stream()
                        .map(RealmConfigListing::history)
                        .toList());
        answer.put(
                "features_off",
                config.features().off().stream().map(Feature::wire).sorted().toList());
        return answer;
    }

    private static Map<String, @Nullable Object> method(AuthMethodConfig offer) {
        Map<String, @Nullable Object> method = new LinkedHashMap<>();
        method.put("method", offer.method().wire());
        method.put("provider", offer.source().provider());
        method.put("users", users(offer.source()));
        return method;
    }

    /** The number of users that the configuration lists; null if the users are not listed in the configuration. */
    private static @Nullable Long users(AuthSource source) {
        if (source instanceof AuthSource.UsersFirst first) {
            return users(first.users());
        }
        return source instanceof AuthSource.Users users
                ? Long.valueOf(users.byAuthid().size())
                : null;
    }

    private static Map<String, @Nullable Object> role(RealmConfig config, String name) {
        RoleConfig role = config.roles().get(name);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (role != null) {
            answer.put(
                    "rules", role.rules().stream().map(RealmConfigListing::rule).toList());
            answer.put("authorizer", authorizer(role.authorizer()));
        }
        return answer;
    }

    private static Map<String, Object> rule(Rule rule) {
        String effect = switch (rule.effect()) {
            case RuleEffect.Allow allow -> "allow";
            case RuleEffect.Deny deny -> "deny";
            case RuleEffect.Ask ask -> "ask";
        };
        List<String> actions =
                rule.actions().stream().sorted().map(RealmConfigListing::lower).toList();
        return Map.of(
                "effect",
                effect,
                "uri",
                rule.uri().text(),
                "match",
                rule.match().wire(),
                "actions",
                actions);
    }

    private static @Nullable String authorizer(@Nullable AuthorizerConfig authorizer) {
        if (authorizer == null) {
            return null;
        }
        return switch (authorizer.source()) {
            case AuthorizerConfig.Procedure procedure -> procedure.uri().text();
            case AuthorizerConfig.Program program -> "the program that embeds the router";
        };
    }

    private static Map<String, Object> history(HistoryTopic topic) {
        return Map.of(
                "uri", topic.uri().text(),
                "match", topic.match().wire(),
                "events", (long) topic.events(),
                "age_ms", topic.age().toMillis(),
                "bytes", (long) topic.bytes());
    }

    private static Map<String, Object> limits(RealmLimits limits) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outbox_bytes", (long) limits.outboxBytes());
        answer.put("outbox_messages", (long) limits.outboxMessages());
        answer.put("slow_subscriber", lower(limits.slowSubscriber()));
        answer.put("mailbox", (long) limits.queues().mailbox());
        answer.put("mailbox_per_session", (long) limits.queues().mailboxPerSession());
        answer.put("mailbox_bytes", (long) limits.queues().mailboxBytes());
        answer.put("mailbox_bytes_per_session", (long) limits.queues().mailboxBytesPerSession());
        answer.put("waiting_calls", (long) limits.queues().waitingCalls());
        answer.put("pending_calls", (long) limits.holdings().pendingCalls());
        answer.put("subscriptions", (long) limits.holdings().subscriptions());
        answer.put("registrations", (long) limits.holdings().registrations());
        answer.put("testaments", (long) limits.holdings().testaments());
        answer.put("testament_bytes", (long) limits.holdings().testamentBytes());
        answer.put("retained_events", (long) limits.kept().retainedEvents());
        answer.put("retained_events_per_topic", (long) limits.kept().retainedEventsPerTopic());
        answer.put("retained_bytes", (long) limits.kept().retainedBytes());
        return answer;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
