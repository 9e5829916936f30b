package io.junctor.router.config;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.http.CrossbarChecks;
import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.config.http.HookAction;
import io.junctor.router.config.http.HookReceiver;
import io.junctor.router.config.http.HookSignature;
import io.junctor.router.config.http.HttpCalleeConfig;
import io.junctor.router.config.http.OutgoingHttpCheck;
import io.junctor.router.config.http.OutgoingWebhookConfig;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.router.config.listener.HttpServices;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Uri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds settings of a configuration that are valid, but probably not meant. Warnings about permissions are found by
 * {@code router.authorization}. Confined to one thread.
 */
public final class ConfigWarnings {
    private static final int MIB = 1 << 20;

    private final RouterConfig config;
    private final long heapBytes;
    private final List<ConfigWarning> found = new ArrayList<>();

    private ConfigWarnings(RouterConfig config, long heapBytes) {
        this.config = config;
        this.heapBytes = heapBytes;
    }

    /** Returns all warnings, for a JVM with a heap of {@code heapBytes}. Resolves host names, which may take seconds. */
    public static List<ConfigWarning> of(RouterConfig config, long heapBytes) {
        ConfigWarnings warnings = new ConfigWarnings(config, heapBytes);
        for (int i = 0; i < config.listeners().size(); i++) {
            warnings.ofListener(config.listeners().get(i), "listen", String.valueOf(i));
        }
        config.all().forEach(realm -> warnings.ofRealm(realm, "realms", realm.name()));
        return warnings.found.stream()
                .sorted(Comparator.comparing(ConfigWarning::toString))
                .toList();
    }

    /** Adds a warning about the setting with the keys {@code outer} followed by {@code inner}. */
    private void add(String text, String[] outer, String... inner) {
        found.add(new ConfigWarning(List.of(inner), text).in(outer));
    }

    private void ofListener(ListenerConfig listener, String... place) {
        warnOfAddress(listener.address(), place);
        warnOfLargeMessages(listener, place);
        boolean isSafe = listener.address().isLoopback()
                || listener.tls() != null
                || listener.address().unix() != null
                || !listener.proxies().equals(ProxyConfig.NONE);
        listener.http().services().webhooks().forEach((path, webhook) -> {
            if (!isSafe && webhook.signature() instanceof HookSignature.Token) {
                String text =
                        "requests to '" + path + "' from other machines are refused: they carry the secret itself,"
                                + " and the listener has no 'tls'";
                add(text, place, "webhooks", path);
            }
        });
        listener.http().services().crossbar().forEach((path, service) -> {
            CrossbarChecks checks = service.checks();
            if (checks.secret() == null
                    && checks.githubSecret() == null
                    && checks.networks().isEmpty()) {
                String text = "every client can use '" + path + "' with the role '" + service.role()
                        + "': it has neither 'secret' nor 'require_ip'";
                add(text, place, "crossbar_services", path);
            }
        });
    }

    private void warnOfAddress(ListenAddress address, String... place) {
        String group = address.unix() == null ? null : address.unix().group();
        try {
            if (group != null) {
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            }
            if (address.unix() == null && !address.inherited()) {
                InetAddress.getByName(address.host());
            }
        } catch (UnknownHostException e) {
            String text = "the host '" + address.host() + "' has no address on this machine";
            add(text + ": the router could not listen on it", place, "host");
        } catch (IOException | UnsupportedOperationException e) {
            add("there is no group '" + group + "' on this machine: the router could not listen", place, "group");
        }
    }

    private void ofRealm(RealmConfig realm, String... place) {
        rolesWithoutMethod(realm)
                .forEach(role -> add(
                        "no authentication method of this realm grants the role '" + role + "'", place, "roles", role));
        refusedByListeners(realm).forEach(text -> add(text, place));
        realm.roles().forEach((name, role) -> warnOfRules(role, place, name));
        List<HistoryTopic> topics = realm.features().history();
        for (int i = 0; i < topics.size(); i++) {
            warnOfAsterisk(topics.get(i).uri(), place, "history", String.valueOf(i), "uri");
        }
        boolean hasUnix = realm.auth().offers().stream().anyMatch(offer -> offer.method() == AuthMethod.UNIX);
        if (hasUnix
                && !config.listeners().isEmpty()
                && config.listeners().stream().noneMatch(this::hasAccounts)) {
            String text = "no client can use this method: no listener is a Unix domain socket without 'trusted_proxies'"
                    + " (listen, unix)";
            add(text, place, "auth", "unix");
        }
        realm.services().webhooks().forEach((name, hook) -> {
            HookReceiver receiver = hook.receiver();
            boolean hasSecret =
                    !receiver.headers().isEmpty() || !receiver.secrets().isEmpty();
            warnOfAsterisk(hook.topic(), place, "webhooks", name, "topic");
            warnOfOpenSecret(receiver.url(), hasSecret, place, "webhooks", name, "url");
        });
        realm.services().callees().forEach((name, callee) -> {
            URI url = URI.create(callee.request().url().with("x"));
            warnOfOpenSecret(url, !callee.request().headers().isEmpty(), place, "http_callees", name, "url");
        });
    }

    private boolean hasAccounts(ListenerConfig listener) {
        boolean isUnix =
                listener.address().unix() != null && !listener.proxies().unix();
        return listener.address().inherited() || isUnix;
    }

    /** Warns of secrets that are sent unencrypted to another machine. */
    private void warnOfOpenSecret(URI url, boolean hasSecret, String[] outer, String... inner) {
        if (hasSecret && OutgoingHttpCheck.isOpen(url)) {
            add("requests with a secret travel unencrypted to " + url.getHost() + ": use https", outer, inner);
        }
    }

    private void warnOfRules(RoleConfig role, String[] realm, String name) {
        for (String list : List.of("allow", "deny", "ask")) {
            List<Rule> rules = role.rules().stream()
                    .filter(rule -> list.equals(key(rule.effect())))
                    .toList();
            for (int i = 0; i < rules.size(); i++) {
                warnOfAsterisk(rules.get(i).uri(), realm, "roles", name, list, String.valueOf(i), "uri");
            }
        }
    }

    private static String key(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Allow allow -> "allow";
            case RuleEffect.Deny deny -> "deny";
            case RuleEffect.Ask ask -> "ask";
        };
    }

    private void warnOfAsterisk(Uri uri, String[] outer, String... inner) {
        String text = uri.text();
        if (text.contains("*")) {
            String prefix = text.substring(0, text.indexOf('*'));
            boolean isPrefix = prefix.length() >= text.length() - 2
                    && text.substring(prefix.length()).matches("\\*+");
            String remedy = isPrefix
                    ? "for all URIs that begin with '" + prefix + "' write uri: \"" + prefix + "\" and match: prefix"
                    : "for any part write an empty part, as in \"com..state\", and match: wildcard";
            add("'*' in '" + text + "' is an ordinary character, not a pattern: " + remedy, outer, inner);
        }
    }

    /** The roles of a realm that no client can have, because no authentication method grants them. Empty if an authenticator may grant any role. */
    private List<String> rolesWithoutMethod(RealmConfig realm) {
        boolean isOpen = config.all().flatMap(ConfigWarnings::sources).anyMatch(AuthSource::isDynamic)
                || sources(realm).anyMatch(AuthSource.Tokens.class::isInstance);
        Set<String> granted = Stream.of(
                        rolesOfServices(realm),
                        realm.auth().anonymousRoles(),
                        sources(realm).flatMap(ConfigWarnings::granted))
                .flatMap(roles -> roles)
                .collect(Collectors.toSet());
        return realm.roles().keySet().stream()
                .filter(role -> !isOpen && !granted.contains(role))
                .sorted()
                .toList();
    }

    private static Stream<AuthSource> sources(RealmConfig realm) {
        return realm.auth().offers().stream().map(AuthMethodConfig::source);
    }

    private static Stream<String> granted(AuthSource source) {
        return switch (source) {
            case AuthSource.Users users ->
                users.byAuthid().values().stream().map(Principal::roles).flatMap(List::stream);
            case AuthSource.Holders holders -> holders.roles().stream();
            case AuthSource.Accounts accounts ->
                accounts.principals().map(Principal::roles).flatMap(List::stream);
            case AuthSource.UsersFirst first -> Stream.empty();
            case AuthSource.Procedure procedure -> Stream.empty();
            case AuthSource.Program program -> Stream.empty();
            case AuthSource.Tokens tokens -> Stream.empty();
        };
    }

    /** The roles with which the router itself acts for HTTP services. */
    private Stream<String> rolesOfServices(RealmConfig realm) {
        List<HttpServices> services = config.listeners().stream()
                .map(listener -> listener.http().services())
                .toList();
        return Stream.of(
                        services.stream()
                                .flatMap(one -> one.webhooks().values().stream().map(WebhookConfig::target))
                                .filter(action -> action.realm().equals(realm.name()))
                                .map(HookAction::role),
                        services.stream()
                                .flatMap(one -> one.crossbar().values().stream())
                                .filter(service -> service.realm().equals(realm.name()))
                                .map(CrossbarService::role),
                        realm.services().webhooks().values().stream().map(OutgoingWebhookConfig::role),
                        realm.services().callees().values().stream().map(HttpCalleeConfig::role))
                .flatMap(roles -> roles);
    }

    /**
     * The warnings about roles and authentication methods of a realm, or about the realm itself, that no listener admits. Empty if the
     * configuration has no listeners.
     */
    private List<String> refusedByListeners(RealmConfig realm) {
        if (config.listeners().isEmpty()) {
            return List.of();
        }
        List<JoinRestriction> joins = config.listeners().stream()
                .flatMap(ConfigWarnings::restrictions)
                .filter(restriction -> restriction.allowsRealm(realm.name()))
                .toList();
        if (joins.isEmpty()) {
            return List.of("no listener admits sessions of the realm '" + realm.name() + "'");
        }
        List<String> warnings = new ArrayList<>();
        realm.roles().keySet().stream()
                .filter(role -> joins.stream().noneMatch(restriction -> restriction.allowsRole(role)))
                .sorted()
                .forEach(role -> warnings.add("no listener admits sessions of the role '" + role + "'"));
        Stream<AuthMethod> methods = Stream.concat(
                Stream.ofNullable(realm.anonymousRole()).map(role -> AuthMethod.ANONYMOUS),
                realm.auth().offers().stream().map(AuthMethodConfig::method));
        if (methods.map(AuthMethod::wire)
                .noneMatch(method -> joins.stream().anyMatch(restriction -> restriction.allowsMethod(method)))) {
            warnings.add("no listener admits an authentication method of this realm");
        }
        return warnings;
    }

    private static Stream<JoinRestriction> restrictions(ListenerConfig listener) {
        Stream<JoinRestriction> paths = listener.http().websockets().stream().map(listener::joins);
        boolean withoutPath = listener.protocols().accepts(ListenerProtocol.RAWSOCKET)
                || listener.http().gateway() != null;
        return withoutPath ? Stream.concat(paths, Stream.of(listener.joins())) : paths;
    }

    /** Warns if the largest message of a listener does not fit into the limits of the heap or of an outbox. */
    private void warnOfLargeMessages(ListenerConfig listener, String... place) {
        RouterLimits limits = config.limits();
        int messageBytes = listener.limits().messageBytes();
        String message = "message_bytes is " + size(messageBytes);
        String share = " together (%s_heap_percent %d of a heap of " + size(heapBytes) + "): ";
        String remedy = ". Give the JVM a larger heap (-Xmx)";
        long incoming = heapBytes / 100 * limits.incomingHeapPercent();
        if (messageBytes > incoming) {
            add(
                    message + ", but incoming messages may hold " + size(incoming)
                            + share.formatted("incoming", limits.incomingHeapPercent())
                            + "a connection that sends a larger message ends" + remedy,
                    place);
        }
        long outboxes = heapBytes / 100 * limits.outboxHeapPercent();
        if (2L * messageBytes > outboxes) {
            add(
                    message + ", and twice as much while it is sent, but all outboxes may hold " + size(outboxes)
                            + share.formatted("outbox", limits.outboxHeapPercent())
                            + "beside such a message, slow clients lose events" + remedy,
                    place);
        }
        config.all().forEach(realm -> {
            int outbox = realm.limits().within(heapBytes).outboxBytes();
            if (messageBytes > outbox / 2) {
                add(
                        message + ", more than half of outbox_bytes (" + size(outbox) + ") of realm '"
                                + realm.name()
                                + "': while one such message waits for a session, a second one is dropped or"
                                + " refused",
                        place);
            }
        });
    }

    /** Formats a size: in MiB if it is a multiple of 1 MiB or at least 100 MiB, else in bytes. */
    private static String size(long bytes) {
        return bytes % MIB == 0 || bytes >= 100L * MIB ? bytes / MIB + "MiB" : bytes + " bytes";
    }
}
