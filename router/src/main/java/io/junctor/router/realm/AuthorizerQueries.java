package io.junctor.router.realm;

import io.junctor.router.authorization.AuthorizerException;
import io.junctor.router.authorization.CachedAuthorizerDecisions;
import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.ProcedureAuthorizer;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Authorizer;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.options.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks authorizers about messages that the rules of a realm leave undecided. Reading from the session pauses meanwhile, so the thread that
 * continues with the message acts as the reading thread. Thread-safe.
 */
final class AuthorizerQueries {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerQueries.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** The maximum number of queries for one message: a query is repeated if its decision was invalidated while it was pending. */
    private static final int ROUNDS = 8;

    /**
     * A message that waits for a decision.
     *
     * @param from its sender
     * @param message the message
     * @param query the request about which the authorizer decides
     * @param authorizer the authorizer of the role
     * @param epoch the epoch of the decision
     * @param round the number of decisions for which the message has waited
     */
    private record PendingMessage(
            JoinedSession from,
            FromClient message,
            PermissionQuery query,
            @Nullable AuthorizerConfig authorizer,
            long epoch,
            int round) {}

    private final Supplier<RealmPolicy> policy;
    private final RouterContext context;
    private final Function<String, @Nullable Realm> realms;
    private final Turnstile turnstile;
    private final Dealer dealer;
    private final AtomicLong epoch = new AtomicLong();
    private final LongSupplier currentEpoch = epoch::get;
    /** The reason why the last query failed; empty if it did not fail. The same reason is logged only once. */
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");

    AuthorizerQueries(
            Supplier<RealmPolicy> policy,
            RouterContext context,
            Function<String, @Nullable Realm> realms,
            Turnstile turnstile,
            Dealer dealer) {
        this.policy = policy;
        this.context = context;
        this.realms = realms;
        this.turnstile = turnstile;
        this.dealer = dealer;
    }

    /** The limits and permissions of a session of another router on this router. */
    @InTurn
    Session.Bounds boundsOf(Identity identity) {
        RealmPolicy now = policy.get();
        SessionPermissions ofRole = now.permissions(String.valueOf(identity.authrole()));
        return ofRole == null
                ? context.boundsWithoutRights(now.config())
                : context.bounds(now.config(), ofRole.of(identity, decisions()));
    }

    /** The procedure that invalidates decisions, of all {@code sessions} or of one authid. */
    Map<String, MetaProcedure> procedures(IdTable<JoinedSession> sessions) {
        return Map.of("wamp.authorization.invalidate", (caller, arguments) -> {
            String authid = arguments.optionalText("authid");
            if (authid == null) {
                return MetaAnswer.done(epoch::incrementAndGet);
            }
            return MetaAnswer.about(sessions.size(), () -> {
                List<JoinedSession> members = sessions.copy();
                return () -> {
                    members.stream()
                            .filter(member ->
                                    authid.equals(member.session().identity().authid()))
                            .forEach(
                                    member -> member.authorization().decisions().invalidate());
                    return MetaAnswer.of();
                };
            });
        });
    }

    /** Invalidates all decisions, because the authorizers have changed. */
    void invalidate() {
        epoch.incrementAndGet();
    }

    /** An empty cache for a new session. */
    CachedAuthorizerDecisions decisions() {
        return new CachedAuthorizerDecisions(context.timers(), currentEpoch);
    }

    /** Asks the authorizer about {@code message}, after everything that the session sent before has been routed. */
    void submit(JoinedSession from, FromClient message, PermissionQuery query, int round) {
        turnstile.run(from.flowControl(), () -> submitNow(from, message, query, round));
    }

    /** A session that serves an authorizer is denied without a query, because the authorizer would have to wait for itself. */
    @InTurn
    private void submitNow(JoinedSession from, FromClient message, PermissionQuery query, int round) {
        boolean serving = dealer.serves(from.session(), policy.get().authorizers());
        context.workers().execute(() -> decide(from, message, query, serving, round));
    }

    private void decide(JoinedSession from, FromClient message, PermissionQuery query, boolean serving, int round) {
        PendingMessage pending = new PendingMessage(
                from,
                message,
                query,
                authorizer(from),
                from.authorization().decisions().epoch(),
                round);
        if (serving) {
            onDecided(pending, Authorizer.Decision.DENIED.uncached());
            return;
        }
        AuthorizerConfig authorizer = pending.authorizer();
        if (authorizer == null) {
            // A reload has just removed the authorizer.
            onDecided(pending, null);
            return;
        }
        if (round >= ROUNDS) {
            logOnce(authorizer, "each decision was invalidated before it was used");
            onDecided(pending, null);
            return;
        }
        AtomicBoolean decided = new AtomicBoolean();
        Timers.Timer limit = context.timers().after(TIMEOUT, () -> {
            if (decided.compareAndSet(false, true)) {
                logOnce(authorizer, "it did not decide within " + TIMEOUT.toSeconds() + " s");
                onDecided(pending, null);
            }
        });
        context.workers().execute(() -> {
            Authorizer.Decision decision = ask(pending, authorizer);
            limit.cancel();
            if (decided.compareAndSet(false, true)) {
                onDecided(pending, decision);
            }
        });
    }

    private Authorizer.@Nullable Decision ask(PendingMessage pending, AuthorizerConfig authorizer) {
        Session session = pending.from().session();
        PermissionQuery query = pending.query();
        Authorizer.Request request = new Authorizer.Request(
                realm(), session.id(), session.identity(), query.action(), query.uri(), query.match());
        try {
            return Objects.requireNonNull(authorizer(authorizer).authorize(request), "null");
        } catch (AuthorizerException failure) {
            logOnce(authorizer, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error fault) {
            logOnce(authorizer, fault.toString());
            LOG.debug("authorizer {} failed", name(authorizer), fault);
        }
        return null;
    }

    private String realm() {
        return policy.get().config().name();
    }

    private void logOnce(AuthorizerConfig authorizer, String why) {
        if (!why.equals(lastFailure.getAndSet(why))) {
            LOG.warn("authorizer {} for realm {} gives no decision: {}", name(authorizer), realm(), why);
        }
    }

    private Authorizer authorizer(AuthorizerConfig authorizer) {
        return switch (authorizer.source()) {
            case AuthorizerConfig.Program program -> program.authorizer();
            case AuthorizerConfig.Procedure procedure ->
                new ProcedureAuthorizer(
                        procedure.uri(),
                        realms.apply(procedure.realm() == null ? realm() : procedure.realm()),
                        TIMEOUT);
        };
    }

    private static String name(AuthorizerConfig authorizer) {
        return switch (authorizer.source()) {
            case AuthorizerConfig.Program program ->
                program.authorizer().getClass().getName();
            case AuthorizerConfig.Procedure procedure -> procedure.uri().text();
        };
    }

    /** The authorizer of the role of a session; null if it has none now. */
    private @Nullable AuthorizerConfig authorizer(JoinedSession from) {
        RoleConfig role = policy.get()
                .config()
                .roles()
                .get(String.valueOf(from.session().identity().authrole()));
        return role == null ? null : role.authorizer();
    }

    private Duration cache(PendingMessage pending) {
        Duration byRule = pending.from().session().rights().cache(pending.query());
        AuthorizerConfig authorizer = pending.authorizer();
        return byRule == null && authorizer != null
                ? authorizer.cache()
                : Objects.requireNonNullElse(byRule, Duration.ZERO);
    }

    /** Caches the decision and routes the message, or asks again if the decision is no longer valid. Null stands for no decision. */
    private void onDecided(PendingMessage pending, Authorizer.@Nullable Decision decision) {
        CachedAuthorizerDecisions decisions = pending.from().authorization().decisions();
        if (decision == null) {
            context.counters().increment(Counter.AUTHORIZATIONS_FAILED);
            decisions.failed(pending.query());
        } else {
            lastFailure.set("");
            Verdict.Decision verdict = decision.allow()
                    ? pending.from().session().rights().allowed(pending.query().action(), decision.disclose())
                    : SessionPermissions.DENIED;
            long nanos = decision.cache() ? cache(pending).toNanos() : 0;
            decisions.decided(pending.query(), verdict, pending.epoch(), nanos);
            if (!decision.allow()) {
                pending.from().authorization().onDenied(pending.query());
            }
        }
        try (Pass pass = Pass.open()) {
            JoinedSession from = pending.from();
            MessageAuthorization authorization = from.authorization();
            switch (authorization.check(pending.message())) {
                case Verdict.Undecided undecided ->
                    submit(from, pending.message(), undecided.query(), pending.round() + 1);
                case Verdict.Decision verdict ->
                    from.routing().submitDecided(from, authorization, pending.message(), verdict);
            }
        }
    }
}
