package io.junctor.router.config;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what is valid in a configuration, but probably not meant. The reader of {@code realms.yaml} adds where it stands. */
public final class ConfigWarnings {
    private static final int MIB = 1 << 20;

    private ConfigWarnings() {}

    /** The roles of a realm that no client can have: no method grants them. None if an authenticator may grant any role. */
    public static List<String> rolesWithoutMethod(RealmConfig realm, RouterConfig config) {
        boolean isOpen = config.all().flatMap(ConfigWarnings::sources).anyMatch(AuthSource::isDynamic)
                || sources(realm).anyMatch(AuthSource.Tokens.class::isInstance);
        Set<String> granted = Stream.of(
                        rolesOfServices(realm, config),
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
    private static Stream<String> rolesOfServices(RealmConfig realm, RouterConfig config) {
        List<HttpServices> services = config.listeners().stream()
                .map(listener -> listener.http().services())
                .toList();
        return Stream.of(
                        services.stream()
                                .flatMap(one -> one.webhooks().values().stream().map(WebhookConfig::target))
                                .filter(target -> target.realm().equals(realm.name()))
                                .map(HookTarget::role),
                        services.stream()
                                .flatMap(one -> one.crossbar().values().stream())
                                .filter(service -> service.realm().equals(realm.name()))
                                .map(CrossbarService::role),
                        realm.services().webhooks().values().stream().map(OutgoingWebhookConfig::role),
                        realm.services().callees().values().stream().map(HttpCalleeConfig::role))
                .flatMap(roles -> roles);
    }

    /** What the listeners refuse so that no client can have or use it in a realm. Without listeners nothing. */
    public static List<String> refusedByListeners(RealmConfig realm, RouterConfig config) {
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

    /** The paths of webhooks that other machines cannot use: they carry the secret itself, and the listener has no TLS. */
    public static List<String> refusedWebhooks(ListenerConfig listener) {
        String host = listener.host();
        boolean isLocal = host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        boolean isSafe = listener.tls() != null
                || listener.address().unix() != null
                || !listener.proxies().equals(ProxyConfig.NONE);
        return listener.http().services().webhooks().entrySet().stream()
                .filter(webhook -> !isLocal && !isSafe && webhook.getValue().signature() instanceof HookSignature.Token)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Where the largest message of a listener fits neither into an outbox nor into a heap of {@code heapBytes}. */
    public static List<String> tooLargeMessages(ListenerConfig listener, RouterConfig config, long heapBytes) {
        RouterLimits limits = config.limits();
        int messageBytes = listener.limits().messageBytes();
        String message = "message_bytes is " + size(messageBytes);
        String share = " together (%s_heap_percent %d of a heap of " + size(heapBytes) + "): ";
        String remedy = ". Give the JVM a larger heap (-Xmx)";
        List<String> warnings = new ArrayList<>();
        long incoming = heapBytes / 100 * limits.incomingHeapPercent();
        if (messageBytes > incoming) {
            warnings.add(message + ", but incoming messages may hold " + size(incoming)
                    + share.formatted("incoming", limits.incomingHeapPercent())
                    + "a connection that sends a larger message ends" + remedy);
        }
        long outboxes = heapBytes / 100 * limits.outboxHeapPercent();
        if (2L * messageBytes > outboxes) {
            warnings.add(message + ", and twice as much while it is sent, but all outboxes may hold " + size(outboxes)
                    + share.formatted("outbox", limits.outboxHeapPercent())
                    + "beside such a message, slow clients lose events" + remedy);
        }
        config.all().forEach(realm -> {
            int outbox = realm.limits().within(heapBytes).outboxBytes();
            if (messageBytes > outbox / 2) {
                warnings.add(message + ", more than half of outbox_bytes (" + size(outbox) + ") of realm '"
                        + realm.name() + "': while one such message waits for a session, a second one is dropped or"
                        + " refused");
            }
        });
        return warnings;
    }

    /** In MiB where that is a whole number or large, else in bytes. */
    private static String size(long bytes) {
        return bytes % MIB == 0 || bytes >= 100L * MIB ? bytes / MIB + "MiB" : bytes + " bytes";
    }
}
