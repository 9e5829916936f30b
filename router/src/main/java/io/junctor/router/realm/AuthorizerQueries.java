package io.junctor.router.realm;

import io.junctor.router.authorization.AuthorizerFailure;
import io.junctor.router.authorization.CachedAuthorizerDecisions;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.ProcedureAuthorizer;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Authorizer;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.message.FromClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe for use by many threads. Has authorizers decide what the rules of a realm's roles leave open. Nothing is read meanwhile from the session that
 * asks, so whoever goes on with its message is in the place of the thread that reads.
 */
public final class AuthorizerQueries {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerQueries.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** So often a message is decided about anew as somebody called for new decisions meanwhile. */
    private static final int ROUNDS = 8;

    /**
     * Immutable. A message that waits for a decision.
     *
     * @param from who sent it
     * @param message the message
     * @param question what has to be decided
     * @param epoch the epoch of the decision
     * @param round how many decisions it has waited for
     */
    private record Case(JoinedSession from, FromClient message, PermissionQuery question, long epoch, int round) {}

    private final RealmConfig config;
    private final RouterContext context;
    private final Function<String, @Nullable Realm> realms;
    private final AtomicLong epoch = new AtomicLong();
    /** Why no decision came last, empty if one did: told once, however many ask meanwhile. */
    private final AtomicReference<String> failing = new AtomicReference<>("");

    AuthorizerQueries(RealmConfig config, RouterContext context, Function<String, @Nullable Realm> realms) {
        this.config = config;
        this.context = context;
        this.realms = realms;
    }

    /** What calls for new decisions. */
    Map<String, MetaProcedure> procedures(Realm realm) {
        return Map.of("wamp.authorization.invalidate", (caller, arguments) -> {
            String authid = arguments.optionalText("authid");
            if (authid == null) {
                return MetaAnswer.done(epoch::incrementAndGet);
            }
            List<JoinedSession> members = realm.members();
            return MetaAnswer.about(members.size(), () -> {
                members.stream()
                        .filter(member ->
                                authid.equals(member.session().identity().authid()))
                        .forEach(member -> member.authorization().decisions().invalidate());
                return MetaAnswer.of();
            });
        });
    }

    /** An empty memory for a new session. */
    CachedAuthorizerDecisions decisions() {
        return new CachedAuthorizerDecisions(context.timers(), epoch::get);
    }

    /** Decides about a message, at most so long; {@code serving} says that the session is itself one that authorizers need. */
    void decide(JoinedSession from, FromClient message, PermissionQuery question, boolean serving, int round) {
        Case each = new Case(
                from, message, question, from.authorization().decisions().epoch(), round);
        if (serving) {
            goOn(each, Authorizer.Decision.DENIED.uncached());
            return;
        }
        if (round >= ROUNDS) {
            tellOnce(each, "no decision holds for long enough to be used");
            goOn(each, null);
            return;
        }
        AtomicBoolean decided = new AtomicBoolean();
        Timers.Timer limit = context.timers().after(TIMEOUT, () -> {
            if (decided.compareAndSet(false, true)) {
                tellOnce(each, "it did not decide within " + TIMEOUT.toSeconds() + " s");
                goOn(each, null);
            }
        });
        context.workers().execute(() -> {
            Authorizer.Decision decision = ask(each);
            limit.cancel();
            if (decided.compareAndSet(false, true)) {
                goOn(each, decision);
            }
        });
    }

    private Authorizer.@Nullable Decision ask(Case each) {
        Session session = each.from().session();
        PermissionQuery question = each.question();
        Authorizer.Request request = new Authorizer.Request(
                config.name(), session.id(), session.identity(), question.action(), question.uri(), question.match());
        try {
            return Objects.requireNonNull(authorizer(each).authorize(request), "null");
        } catch (AuthorizerFailure failure) {
            tellOnce(each, String.valueOf(failure.getMessage()));
        } catch (RuntimeException fault) {
            tellOnce(each, fault.toString());
            LOG.debug("authorizer {} failed", name(each), fault);
        }
        return null;
    }

    private void tellOnce(Case each, String why) {
        if (!why.equals(failing.getAndSet(why))) {
            LOG.warn("authorizer {} for realm {} gives no decision: {}", name(each), config.name(), why);
        }
    }

    private Authorizer authorizer(Case each) {
        return switch (source(each)) {
            case AuthorizerConfig.Program program -> program.authorizer();
            case AuthorizerConfig.Procedure procedure ->
                new ProcedureAuthorizer(
                        procedure.uri(),
                        realms.apply(procedure.realm() == null ? config.name() : procedure.realm()),
                        TIMEOUT);
        };
    }

    private String name(Case each) {
        return switch (source(each)) {
            case AuthorizerConfig.Program program ->
                program.authorizer().getClass().getName();
            case AuthorizerConfig.Procedure procedure -> procedure.uri().text();
        };
    }

    private AuthorizerConfig.Source source(Case each) {
        return settings(each).source();
    }

    private AuthorizerConfig settings(Case each) {
        String role = each.from().session().identity().authrole();
        return Objects.requireNonNull(
                Objects.requireNonNull(config.roles().get(role)).authorizer());
    }

    private Duration cache(Case each) {
        Duration byRule = each.from().session().rights().cache(each.question());
        return byRule == null ? settings(each).cache() : byRule;
    }

    /** Notes the decision, null where there is none, and has the message routed. */
    private void goOn(Case each, Authorizer.@Nullable Decision decision) {
        CachedAuthorizerDecisions decisions = each.from().authorization().decisions();
        if (decision == null) {
            context.counters().increment(Counter.AUTHORIZATIONS_FAILED);
            decisions.failed(each.question());
        } else {
            failing.set("");
            Verdict.Decision verdict = decision.allow()
                    ? each.from().session().rights().allowed(each.question().action(), decision.disclose())
                    : SessionPermissions.DENIED;
            long nanos = decision.cache() ? cache(each).toNanos() : 0;
            decisions.decided(each.question(), verdict, each.epoch(), nanos);
            if (!decision.allow()) {
                each.from().authorization().onDenied(each.question());
            }
        }
        try (Pass pass = Pass.open()) {
            each.from().realm().submitDecided(each.from(), each.message(), each.round() + 1);
        }
    }
}
