package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authentication.AuthenticationMethods;
import io.junctor.router.authentication.CertificateAuthenticator;
import io.junctor.router.authentication.FailedLogins;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authentication.JoinableRealm;
import io.junctor.router.authentication.LoginQueues;
import io.junctor.router.authentication.MethodSelection;
import io.junctor.router.authentication.UserTable;
import io.junctor.router.authentication.method.AuthenticationContext;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.ConnectionAcceptor;
import io.junctor.router.connection.MemoryPressure;
import io.junctor.router.connection.MessageReceiver;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The realms of a router and the connections that lead there. */
public final class Realms implements ConnectionAcceptor {
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);

    static final JoinRefused SHUTS_DOWN = JoinRefused.of(WampError.SYSTEM_SHUTDOWN, "the router shuts down");
    private static final JoinRefused NO_AUDIT = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "the router cannot write its audit log, which it has to for each join: try again later",
            Dict.of("_retry", true));
    private static final JoinRefused NO_REALM = JoinRefused.of(WampError.NO_SUCH_REALM, "there is no such realm");

    private final Map<String, Realm> byName = new LinkedHashMap<>();
    private final OnDemandRealms onDemand;
    /** By the names in the configuration. */
    private final Map<String, AuthenticationMethods> desks = new HashMap<>();

    private final Map<ListenerLimits, Codecs> codecsByLimits = new ConcurrentHashMap<>();
    private final Map<ListenerLimits, Codecs> handshakeCodecsByLimits = new ConcurrentHashMap<>();
    private final Set<ClientConnection> links = ConcurrentHashMap.newKeySet();
    /** Those whose transport did not take all at once; only they can stall or hold much. */
    private final Set<ClientConnection> slow = ConcurrentHashMap.newKeySet();

    private final ShutdownNotice shutdown;
    private final RouterContext surroundings;
    private final LogRateLimits paces;
    private final Timers.Timer sweep;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closing;

    /** The realms of {@code config}; {@code workers} runs what may block. */
    public Realms(RouterConfig config, Counters counters, Timers timers, Executor workers) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long outboxBytes = heapBytes / 100 * config.limits().outboxHeapPercent();
        this.shutdown = config.shutdown();
        SecureRandom random = new SecureRandom();
        this.surroundings = new RouterContext(
                new SessionIds(new RandomIds(random)),
                random,
                counters,
                timers,
                workers,
                new MemoryPressure(outboxBytes),
                new FailedLogins(
                        config.limits().failedJoinsPerMinute(), config.limits().challengesPerMinute(), timers),
                LoginQueues.of(workers));
        this.paces = LogRateLimits.of(timers, counters);
        Function<RealmConfig, Realm> opener =
                realm -> new Realm(realm.within(heapBytes), surroundings, this::realm, authorizers(config, realm));
        config.realms().forEach(realm -> byName.put(realm.name(), opener.apply(realm)));
        this.onDemand = new OnDemandRealms(config.templates(), surroundings, opener);
        AuthenticationContext tools = AuthenticationContext.of(random, timers::now, counters);
        config.all()
                .forEach(realm ->
                        desks.put(realm.name(), new AuthenticationMethods(realm.auth(), this::authenticator, tools)));
        this.sweep = timers.every(SWEEP_PERIOD, this::sweep);
    }

    @Override
    public MessageReceiver accept(Connection connection) {
        ClientConnection link = new ClientConnection(this, surroundings, connection, codecs(connection.limits()));
        links.add(link);
        link.start();
        if (closing) {
            link.shutDown();
        }
        return link;
    }

    /** How many sessions are open. */
    public int sessions() {
        return surroundings.sessionIds().size();
    }

    /** How many connections there are, with or without a session. */
    public int connections() {
        return links.size();
    }

    /** How many operations wait for a turn, in all realms. */
    public int waitingOperations() {
        return all().mapToInt(Realm::waiting).sum();
    }

    /** How many realms there are now. */
    public int size() {
        return (int) all().count();
    }

    private Stream<Realm> all() {
        return Stream.concat(byName.values().stream(), onDemand.open().stream());
    }

    /** The bytes that wait for clients. */
    public long outboxBytes() {
        return surroundings.pressure().totalBytes();
    }

    /** Ends all sessions, with {@code GOODBYE} where that is configured (section "Session Closing"); no client joins any more. Returns at once. */
    public void beginShutdown() {
        closing = true;
        try (Pass pass = Pass.open()) {
            byName.values().forEach(Realm::submitShutdown);
            onDemand.submitShutdown();
        }
        List.copyOf(links).forEach(ClientConnection::shutDown);
        completeIfEmpty();
    }

    /** Completes when no connection is left after {@link #beginShutdown}. */
    public CompletableFuture<Void> empty() {
        return empty;
    }

    /** Drops every connection that is still there. */
    public void dropAll() {
        sweep.cancel();
        List.copyOf(links).forEach(ClientConnection::drop);
    }

    /** Whether clients are told in WAMP that the router shuts down. */
    boolean saysGoodbye() {
        return shutdown == ShutdownNotice.GOODBYE;
    }

    /** How many lines of logs clients cause. */
    LogRateLimits paces() {
        return paces;
    }

    boolean isClosing() {
        return closing;
    }

    void forget(ClientConnection link) {
        slow.remove(link);
        if (links.remove(link)) {
            completeIfEmpty();
        }
    }

    /** Looks at {@code link} from now on, until its transport has taken everything. */
    void watch(ClientConnection link) {
        slow.add(link);
    }

    private void completeIfEmpty() {
        if (closing && links.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Decides on a {@code HELLO} (section "Session Establishment"). */
    MethodSelection admit(Hello hello, Connection connection) {
        Uri name = hello.realm();
        if (closing) {
            return new MethodSelection.Turned(SHUTS_DOWN);
        }
        if (AuditLog.refusesJoins()) {
            return new MethodSelection.Turned(NO_AUDIT);
        }
        Refusal bad = name == null ? null : UriCheck.DEFAULT.refusal(name, MatchPolicy.EXACT);
        if (bad != null) {
            return new MethodSelection.Turned(JoinRefused.of(WampError.INVALID_URI, "the realm: " + bad.text()));
        }
        JoinableRealm site = name == null ? null : site(name.text());
        AuthenticationMethods desk = site == null ? null : desks.get(site.family());
        return site == null || desk == null
                ? new MethodSelection.Turned(NO_REALM)
                : desk.admit(site, hello.details().authmethods(), !connection.isPrivate());
    }

    /** The realm of this name, whether or not it exists already; null where there never is one. */
    @Nullable
    JoinableRealm site(String name) {
        Realm known = byName.get(name);
        return known == null ? onDemand.site(name) : new JoinableRealm(known.config(), null);
    }

    /** Makes a session for {@code link} and welcomes it, or refuses it; in a pass. */
    void join(JoinableRealm site, ClientConnection link, Roles roles, JoinGrant entry) {
        if (site.template() == null) {
            Objects.requireNonNull(byName.get(site.name())).join(link, roles, entry, () -> {});
        } else {
            onDemand.join(site, site.template(), link, roles, entry);
        }
    }

    /** The realm with this name, null where there is none now. */
    @Nullable
    Realm realm(String name) {
        Realm known = byName.get(name);
        return known == null ? onDemand.realm(name) : known;
    }

    /** The procedures of {@code one} that decide for some role of some realm. */
    private static Set<Uri> authorizers(RouterConfig config, RealmConfig one) {
        return Stream.concat(config.all(), Stream.of(one))
                .flatMap(realm -> realm.roles().values().stream()
                        .map(RoleConfig::authorizer)
                        .flatMap(authorizer -> procedure(authorizer, realm, one)))
                .collect(Collectors.toSet());
    }

    /** The procedure of {@code one} that decides for a role of {@code realm}, if it does. */
    private static Stream<Uri> procedure(@Nullable AuthorizerConfig authorizer, RealmConfig realm, RealmConfig one) {
        return authorizer != null
                        && authorizer.source() instanceof AuthorizerConfig.Procedure procedure
                        && one.name().equals(procedure.realm() == null ? realm.name() : procedure.realm())
                ? Stream.of(procedure.uri())
                : Stream.empty();
    }

    private Authenticator authenticator(AuthMethodConfig offer) {
        return switch (offer.source()) {
            case AuthSource.Users users -> new UserTable(users);
            case AuthSource.Procedure procedure -> new ProcedureAuthenticator(procedure, this);
            case AuthSource.Program program -> program.authenticator();
            // The token says all there is to know.
            case AuthSource.Tokens tokens -> applicant -> JoinRefused.DENIED;
            case AuthSource.Holders holders -> new CertificateAuthenticator(holders);
        };
    }

    private Codecs codecs(ListenerLimits limits) {
        return codecsByLimits.computeIfAbsent(limits, key -> codecs(key, CodecLimits.DEFAULT.elements()));
    }

    /** The codecs for messages before {@code WELCOME}: who has not said yet who it is makes the router keep less. */
    Codecs handshakeCodecs(ListenerLimits limits) {
        return handshakeCodecsByLimits.computeIfAbsent(limits, key -> codecs(key, ListenerLimits.HANDSHAKE_ELEMENTS));
    }

    private static Codecs codecs(ListenerLimits limits, int elements) {
        return new Codecs(new CodecLimits(limits.messageBytes(), limits.depth(), elements));
    }

    private void sweep() {
        long now = surroundings.timers().nanos();
        for (ClientConnection link : slow) {
            link.stallWatch().look(now);
            release(link);
        }
        onDemand.sweep(now);
        paces.sweep();
        surroundings.pressure().outboxes(links.size());
    }

    /** Looks once more after it took the link out: it may have become slow again before, and found itself still in. */
    private void release(ClientConnection link) {
        if (link.outbox().writeOnItsWay() == 0
                && slow.remove(link)
                && link.outbox().writeOnItsWay() != 0) {
            slow.add(link);
        }
    }
}
