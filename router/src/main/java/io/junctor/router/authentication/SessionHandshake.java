package io.junctor.router.authentication;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.audit.LogRateLimits;
import io.junctor.router.authentication.method.AuthenticationStep;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.HandshakeHandler;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.SessionIds;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.spi.TransportDetails;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one connection from {@code HELLO} to {@code WELCOME} (section "Authentication"). The reading thread begins each step and pauses
 * reading. A worker computes the result of the step, because that may take time. The result is discarded if the state of the connection has
 * changed meanwhile.
 */
public final class SessionHandshake implements HandshakeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandshake.class);
    /** The longest time that one step may take. */
    private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(5);

    private static final JoinRefused FAULT =
            JoinRefused.of(WampError.AUTHENTICATION_FAILED, "authentication failed in the router");
    private static final JoinRefused NO_REALM_HERE =
            JoinRefused.of(WampError.NO_SUCH_REALM, "the realm granted cannot be joined by this listener");

    private static final JoinRefused TOO_MANY = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many attempts failed lately: try again later (failed_joins_per_minute)",
            Dict.of("_retry", true));

    private static final JoinRefused TOO_MANY_CHALLENGES = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many challenges were left without a right answer lately: try again later (challenges_per_minute)",
            Dict.of("_retry", true));

    private static final JoinRefused TOO_MANY_AT_ONCE = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many attempts to join are under way: try again later",
            Dict.of("_retry", true));

    /**
     * The objects that all handshakes share. All are thread-safe.
     *
     * @param realms the realms of the router
     * @param sessionIds the session ids in use
     * @param loginThrottle counts failed attempts
     * @param loginQueues attempts that are under way
     * @param counters the router's counters
     * @param timers the clock
     * @param workers runs tasks that may block
     * @param logLimits limits the log lines of one address
     */
    public record Context(
            RealmDirectory realms,
            SessionIds sessionIds,
            LoginThrottle loginThrottle,
            LoginQueues loginQueues,
            Counters counters,
            Timers timers,
            Executor workers,
            LogRateLimits logLimits) {}

    /** An authentication that is under way. */
    private record OpenAuthentication(
            MethodSelection.Authenticated selected, Roles roles, AuthenticationRequest request) {}

    /** A challenge that is not answered yet. */
    private record OpenChallenge(OpenAuthentication attempt, Function<Authenticate, AuthenticationStep> reply) {}

    private final Context context;
    private final ClientConnection client;
    private final Connection transport;
    /** The id reserved for the session; 0 if no id is reserved. */
    private final AtomicLong session = new AtomicLong();
    /**
     * Written before the state of the connection becomes CHALLENGING, read after it. Each challenge is answered once.
     */
    private volatile @Nullable OpenChallenge openChallenge;

    /** The last {@code HELLO}. */
    private volatile @Nullable HelloSummary hello;

    /** The text that the log contains instead of the text for the client, or null. Written before the client is refused. */
    private volatile @Nullable String problem;

    /** The handshake of {@code client}. */
    public SessionHandshake(Context context, ClientConnection client) {
        this.context = context;
        this.client = client;
        this.transport = client.transport();
    }

    @Override
    public void onMessage(FromClient message) {
        if (message instanceof Hello received) {
            onHello(received);
        } else if (message instanceof Authenticate answer) {
            onAuthenticate(answer);
        }
    }

    @Override
    public void onRefused(JoinRefused refused) {
        if (context.logLimits().log().admits(transport.address())) {
            String text = Objects.requireNonNullElse(problem, refused.text());
            LOG.info("{} refused: {} ({}){}", transport.peer(), refused.reason(), text, helloText());
        }
        audit(refused);
    }

    /** Describes the {@code HELLO} for a log line; empty before {@code HELLO}. */
    private String helloText() {
        HelloSummary request = hello;
        return request == null ? "" : request.text();
    }

    /** Writes to the audit log that the client did not join. */
    private void audit(JoinRefused refused) {
        HelloSummary request = hello;
        if (request != null && context.logLimits().audits(transport.address())) {
            Dict.Builder line = request.audit()
                    .put("peer", transport.peer())
                    .put("reason", refused.reason().text());
            context.workers()
                    .execute(() -> AuditLog.write("join_refused", line.build().entries()));
        }
    }

    private void onHello(Hello received) {
        hello = HelloSummary.of(received);
        switch (context.realms().select(received, transport)) {
            case MethodSelection.Anonymous anonymous ->
                join(anonymous.realm(), received.details().roles(), JoinGrant.anonymous(anonymous.role()));
            case MethodSelection.Trusted trusted ->
                join(trusted.realm(), received.details().roles(), JoinGrant.trusted(trusted.identity()));
            case MethodSelection.Authenticated selected -> begin(selected, received);
            case MethodSelection.Refused refused -> {
                problem = refused.problem();
                client.refuse(refused.reason());
            }
        }
    }

    private void begin(MethodSelection.Authenticated selected, Hello received) {
        HelloDetails details = received.details();
        String authid = details.authid();
        RequestFields fields =
                transport.requestFields().only(selected.offer().source().fields());
        JoinRefused tooLong = HelloCredentials.overLimit(details, fields);
        if (tooLong != null) {
            client.refuse(tooLong);
            return;
        }
        if (isThrottled(selected, authid)) {
            context.counters().increment(Counter.JOINS_THROTTLED);
            client.refuse(TOO_MANY);
            return;
        }
        String family = selected.realm().family();
        if (context.loginThrottle().isChallengedTooOften(transport.address(), family, authid)) {
            context.counters().increment(Counter.JOINS_THROTTLED);
            client.refuse(TOO_MANY_CHALLENGES);
            return;
        }
        session.set(context.sessionIds().reserve());
        AuthenticationRequest request = new AuthenticationRequest(
                received.realm() == null ? null : selected.realm().name(),
                session.get(),
                selected.offer().method(),
                details.authid(),
                details.authrole(),
                HelloCredentials.needed(details.authextra(), selected.offer().source()),
                transport(fields),
                null);
        compute(
                new OpenAuthentication(selected, details.roles(), request),
                () -> selected.flow().begin(request, transport::channelBinding));
    }

    private TransportDetails transport(RequestFields fields) {
        X509Certificate shown = transport.certificate();
        return new TransportDetails(
                transport.peer(),
                shown == null ? null : PeerCertificate.of(shown),
                fields,
                transport.peerCredentials());
    }

    private boolean isThrottled(MethodSelection.Authenticated selected, @Nullable String authid) {
        return context.loginThrottle()
                .isClosed(transport.address(), selected.realm().family(), authid);
    }

    private void onAuthenticate(Authenticate answer) {
        OpenChallenge answered = openChallenge;
        openChallenge = null;
        if (answered == null) {
            return;
        }
        OpenAuthentication attempt = answered.attempt();
        if (isThrottled(attempt.selected(), attempt.request().authid())) {
            context.counters().increment(Counter.JOINS_THROTTLED);
            client.refuse(TOO_MANY);
        } else {
            compute(attempt, () -> answered.reply().apply(answer));
        }
    }

    @Override
    public void end() {
        openChallenge = null;
        long id = session.getAndSet(0);
        if (id != 0) {
            context.sessionIds().cancel(id);
        }
    }

    private void compute(OpenAuthentication attempt, Supplier<AuthenticationStep> step) {
        AtomicBoolean decided = new AtomicBoolean();
        Timers.Timer limit = context.timers().after(DECISION_TIMEOUT, () -> {
            if (decided.compareAndSet(false, true)) {
                onUndecided(attempt);
            }
        });
        LoginQueue queue = context.loginQueues().queue(attempt.selected().offer());
        boolean taken = queue.submit(transport.address(), () -> isWanted(decided, limit), () -> {
            AuthenticationStep next = judge(attempt, step);
            limit.cancel();
            if (decided.compareAndSet(false, true)) {
                follow(attempt, next);
            }
        });
        if (!taken) {
            limit.cancel();
            context.counters().increment(Counter.JOINS_CROWDED);
            follow(attempt, new AuthenticationStep.Refused(TOO_MANY_AT_ONCE));
        }
    }

    /** Whether the result of a step is still needed: the client is connected and the time limit has not passed. */
    private boolean isWanted(AtomicBoolean decided, Timers.Timer limit) {
        if (client.isJoining()) {
            return !decided.get();
        }
        limit.cancel();
        return false;
    }

    private void onUndecided(OpenAuthentication attempt) {
        if (context.logLimits().log().admits(transport.address())) {
            LOG.warn(
                    "{} not authenticated: realm {} did not decide within {} s by {}",
                    transport.peer(),
                    attempt.selected().realm().name(),
                    DECISION_TIMEOUT.toSeconds(),
                    attempt.request().method().wire());
        }
        follow(attempt, new AuthenticationStep.Refused(JoinRefused.RETRY));
    }

    private AuthenticationStep judge(OpenAuthentication attempt, Supplier<AuthenticationStep> step) {
        // Other attempts may have failed while this one waited.
        if (isThrottled(attempt.selected(), attempt.request().authid())) {
            context.counters().increment(Counter.JOINS_THROTTLED);
            return new AuthenticationStep.Refused(TOO_MANY);
        }
        try {
            return step.get();
        } catch (ProtocolViolationException violation) {
            return new AuthenticationStep.Refused(JoinRefused.of(WampError.PROTOCOL_VIOLATION, violation.problem()));
        } catch (RuntimeException | Error fault) {
            LOG.error("{}: authentication failed in the router", attempt.request(), fault);
            return new AuthenticationStep.Refused(FAULT);
        }
    }

    private void follow(OpenAuthentication attempt, AuthenticationStep step) {
        try (Pass pass = Pass.open()) {
            switch (step) {
                case AuthenticationStep.Challenge challenge -> {
                    context.loginThrottle().challenged(transport.address());
                    openChallenge = new OpenChallenge(attempt, challenge.reply());
                    client.challenge(new Challenge(attempt.request().method().wire(), challenge.extra()));
                }
                case AuthenticationStep.Granted granted -> {
                    String family = attempt.selected().realm().family();
                    context.loginThrottle()
                            .joined(
                                    transport.address(),
                                    family,
                                    attempt.request().authid());
                    join(attempt, granted);
                }
                case AuthenticationStep.Refused refused -> {
                    if (refused.reason().reason().equals(WampError.AUTHENTICATION_DENIED.uri())) {
                        String family = attempt.selected().realm().family();
                        context.loginThrottle()
                                .failed(
                                        transport.address(),
                                        family,
                                        attempt.request().authid());
                    }
                    client.refuse(refused.reason());
                }
            }
        }
    }

    /**
     * Refuses a client whose granted role the realm does not have. The text for the client names the role only if the client requested it.
     */
    private void refuseRole(OpenAuthentication attempt, JoinableRealm realm, String role) {
        LOG.error(
                "{}: {} grants the role '{}', which realm '{}' does not have",
                transport.peer(),
                attempt.request().method().wire(),
                HelloSummary.shown(role),
                realm.name());
        String name = role.equals(attempt.request().authrole()) ? "the role '" + role + "'" : "the role granted";
        client.refuse(JoinRefused.of(WampError.NO_SUCH_ROLE, "realm '" + realm.name() + "' does not have " + name));
    }

    private void join(OpenAuthentication attempt, AuthenticationStep.Granted granted) {
        String name = granted.principal().realm();
        JoinableRealm realm =
                name == null ? attempt.selected().realm() : context.realms().find(name);
        String role = granted.principal().role(attempt.request().authrole());
        if (name == null && attempt.request().realm() == null) {
            client.refuse(JoinRefused.NO_REALM);
        } else if (realm == null) {
            LOG.error(
                    "{}: the authenticator of realm {} for {} grants realm '{}', which does not exist",
                    transport.peer(),
                    attempt.selected().realm().name(),
                    attempt.request().method().wire(),
                    HelloSummary.shown(String.valueOf(name)));
            client.refuse(FAULT);
        } else if (!realm.config().roles().containsKey(role)) {
            refuseRole(attempt, realm, role);
        } else if (!transport.joins().allowsRealm(realm.family())) {
            context.counters().increment(Counter.JOINS_RESTRICTED);
            problem = JoinRestrictionCheck.realmProblem(transport.joins(), realm);
            client.refuse(NO_REALM_HERE);
        } else {
            JoinGrant grant = new JoinGrant(
                    granted.authid(),
                    role,
                    attempt.request().method().wire(),
                    attempt.selected().offer().source().provider(),
                    granted.authextra(),
                    session.getAndSet(0),
                    null,
                    name == null ? null : attempt.selected().realm().family());
            join(realm, attempt.roles(), grant);
        }
    }

    private void join(JoinableRealm realm, Roles roles, JoinGrant grant) {
        JoinRefused refused = JoinRestrictionCheck.roleRefusal(transport.joins(), grant.role());
        if (refused == null) {
            HelloSummary request = hello;
            context.realms().join(realm, client, roles, request == null ? grant : grant.by(request.agent()));
            return;
        }
        context.counters().increment(Counter.JOINS_RESTRICTED);
        if (grant.session() != 0) {
            context.sessionIds().cancel(grant.session());
        }
        client.refuse(refused);
    }
}
