package io.junctor.router.realm;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the sessions of a realm the permissions of a new policy, in slices. Ends sessions that the new policy does not admit, and sessions
 * with a subscription or registration that it does not allow. Confined to the realm's turn.
 */
final class PolicyChange {
    private final Turnstile turnstile;
    private final Broker broker;
    private final Dealer dealer;
    private final AuthorizerQueries authorizers;
    private final SessionCloser closer;
    private final Supplier<List<JoinedSession>> members;

    PolicyChange(
            Turnstile turnstile,
            Broker broker,
            Dealer dealer,
            AuthorizerQueries authorizers,
            SessionCloser closer,
            Supplier<List<JoinedSession>> members) {
        this.turnstile = turnstile;
        this.broker = broker;
        this.dealer = dealer;
        this.authorizers = authorizers;
        this.closer = closer;
        this.members = members;
    }

    /** Starts to apply {@code next} to the existing sessions; new sessions already use it. {@code after} runs when all sessions use it. */
    @InTurn
    void apply(RealmPolicy before, RealmPolicy next, Runnable after) {
        broker.use(next.config());
        dealer.use(next.config());
        if (!before.config().roles().equals(next.config().roles())) {
            authorizers.invalidate();
        }
        turnstile.slices().forEach(members.get(), member -> apply(member, before, next), after);
    }

    @InTurn
    private void apply(JoinedSession member, RealmPolicy before, RealmPolicy next) {
        Session session = member.session();
        if (!session.isOpen()) {
            return;
        }
        String role = String.valueOf(session.identity().authrole());
        JoinRefused refusal = next.refusal(session.identity(), member.grantedBy());
        SessionPermissions ofRole = next.permissions(role);
        if (refusal == null && ofRole != null) {
            member.use(
                    ofRole.of(session.identity(), member.authorization().decisions()),
                    next.config().limits());
            dealer.onLimits(session);
            refusal = mayDiffer(before, next, role) ? refusal(session) : null;
        }
        if (refusal != null) {
            closer.dismiss(member, refusal);
        }
    }

    /** Whether sessions of the role may hold subscriptions or registrations that the new policy does not allow. */
    private static boolean mayDiffer(RealmPolicy before, RealmPolicy next, String role) {
        RoleConfig old = before.config().roles().get(role);
        return !Objects.equals(old, next.config().roles().get(role))
                || before.config().uris() != next.config().uris()
                || !before.config()
                        .limits()
                        .names()
                        .equals(next.config().limits().names());
    }

    /**
     * The reason why the session must not keep one of its subscriptions or registrations, or null. It may keep those that the rules leave
     * to an authorizer.
     */
    @InTurn
    private @Nullable JoinRefused refusal(Session session) {
        return Stream.concat(broker.held(session).stream(), dealer.held(session).stream())
                .filter(query -> session.rights().judgeByRules(query) instanceof Verdict.Refused)
                .findFirst()
                .map(query -> refusal(session, query))
                .orElse(null);
    }

    private static JoinRefused refusal(Session session, PermissionQuery query) {
        Refusal refusal = Objects.requireNonNull(session.rights().judge(query).refusal());
        return new JoinRefused(
                refusal.error().uri(),
                "the configuration no longer allows the role '"
                        + session.identity().authrole() + "' to " + query.text(),
                Dict.EMPTY);
    }
}
