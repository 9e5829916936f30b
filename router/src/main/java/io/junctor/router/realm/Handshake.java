package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authentication.HelloCredentials;
import io.junctor.router.authentication.HelloSummary;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authentication.JoinableRealm;
import io.junctor.router.authentication.LoginQueue;
import io.junctor.router.authentication.MethodSelection;
import io.junctor.router.authentication.method.AuthenticationStep;
import io.junctor.router.connection.Connection;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
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
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one link from {@code HELLO} to {@code WELCOME} (section "Authentication"). The thread that reads begins each step and
 * pauses reading; a worker finds out what comes next, as that may wait and compute; the link's state decides
 * whether it still counts.
 */
final class Handshake {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    /** How long it may take to find out what comes next. */
    private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(5);

    private static final JoinRefused FAULT =
            JoinRefused.of(WampError.AUTHENTICATION_FAILED, "authentication failed in the router");
    private static final JoinRefused NO_ROLE =
            JoinRefused.of(WampError.NO_SUCH_ROLE, "the role granted does not exist in the realm");

    private static final JoinRefused TOO_MANY = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many attempts failed lately: try again later (failed_joins_per_minute)",
            Dict.of("_retry", true));

    private static final JoinRefused TOO_MANY_CHALLENGES = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many challenges were left without a right answer lately: try again later (challenges_per_minute)",
            Dict.of("_retry", true));

    private static final JoinRefused CROWDED = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "too many attempts to join are under way: try again later",
            Dict.of("_retry", true));

    private record Round(MethodSelection.Examined examined, Roles roles, AuthenticationRequest applicant) {}

    private record Pending(Round round, Function<Authenticate, AuthenticationStep> reply) {}

    private final Realms realms;
    private final RouterContext surroundings;
    private final Connection connection;
    private final ClientConnection link;
    /** The id for the session to be, 0 where there is none. */
    private final AtomicLong session = new AtomicLong();
    /** Written before the link's state says that a challenge is open, read after it; each challenge is answered once. */
    private volatile @Nullable Pending pending;

    /** What the client asked for last. */
    private volatile @Nullable HelloSummary asked;

    Handshake(Realms realms, RouterContext surroundings, Connection connection, ClientConnection link) {
        this.realms = realms;
        this.surroundings = surroundings;
        this.connection = connection;
        this.link = link;
    }

    /** What is wrong with a message that came in this phase, null if it is what is due. */
    static @Nullable String problem(SessionState now, FromClient message) {
        if (now == SessionState.CHALLENGING) {
            return message instanceof Authenticate
                    ? null
                    : "an open challenge must be answered by AUTHENTICATE, not by the message with code "
                            + message.code();
        }
        return message instanceof Hello
                ? null
                : "the first message must be HELLO, not the message with code " + message.code();
    }

    /** A message that is due; reading pauses until the answer is queued. */
    void onMessage(FromClient message) {
        if (message instanceof Hello hello) {
            onHello(hello);
        } else if (message instanceof Authenticate answer) {
            onAuthenticate(answer);
        }
    }

    /** Writes down that the client does not join. */
    void tell(JoinRefused refused) {
        if (realms.paces().log().admits(connection.address())) {
            LOG.info("{} refused: {} ({}){}", connection.peer(), refused.reason(), refused.text(), wish());
        }
        audit(refused);
    }

    /** What the client asked for, for the log; nothing where it asked for nothing yet. */
    private String wish() {
        HelloSummary request = asked;
        return request == null ? "" : request.text();
    }

    /** Writes down that nobody joined, whoever it said to be. */
    private void audit(JoinRefused refused) {
        HelloSummary request = asked;
        if (request != null && realms.paces().audits(connection.address())) {
            Dict.Builder line = request.audit()
                    .put("peer", connection.peer())
                    .put("reason", refused.reason().text());
            surroundings
                    .workers()
                    .execute(() -> AuditLog.write("join_refused", line.build().entries()));
        }
    }

    private void onHello(Hello hello) {
        asked = HelloSummary.of(hello);
        switch (realms.admit(hello, connection)) {
            case MethodSelection.Anonymous anonymous ->
                realms.join(anonymous.site(), link, hello.details().roles(), JoinGrant.anonymous(anonymous.role()));
            case MethodSelection.Examined examined -> begin(examined, hello.details());
            case MethodSelection.Turned turned -> link.refuse(turned.refused());
        }
    }

    private void begin(MethodSelection.Examined examined, HelloDetails details) {
        String authid = details.authid();
        JoinRefused tooLong = HelloCredentials.overLimit(details);
        if (tooLong != null) {
            link.refuse(tooLong);
            return;
        }
        if (isThrottled(examined, authid)) {
            surroundings.counters().increment(Counter.JOINS_THROTTLED);
            link.refuse(TOO_MANY);
            return;
        }
        String family = examined.site().family();
        if (surroundings.guesses().isChallengedTooOften(connection.address(), family, authid)) {
            surroundings.counters().increment(Counter.JOINS_THROTTLED);
            link.refuse(TOO_MANY_CHALLENGES);
            return;
        }
        session.set(surroundings.sessionIds().reserve());
        AuthenticationRequest applicant = new AuthenticationRequest(
                examined.site().name(),
                session.get(),
                examined.offer().method(),
                details.authid(),
                details.authrole(),
                HelloCredentials.needed(details.authextra(), examined.offer().source()),
                transport(),
                null);
        findOut(
                new Round(examined, details.roles(), applicant),
                () -> examined.exam().begin(applicant, connection::channelBinding));
    }

    private TransportDetails transport() {
        X509Certificate shown = connection.certificate();
        return new TransportDetails(connection.peer(), shown == null ? null : PeerCertificate.of(shown));
    }

    private boolean isThrottled(MethodSelection.Examined examined, @Nullable String authid) {
        return surroundings
                .guesses()
                .isClosed(connection.address(), examined.site().family(), authid);
    }

    private void onAuthenticate(Authenticate answer) {
        Pending asked = pending;
        pending = null;
        if (asked == null) {
            return;
        }
        Round round = asked.round();
        if (isThrottled(round.examined(), round.applicant().authid())) {
            surroundings.counters().increment(Counter.JOINS_THROTTLED);
            link.refuse(TOO_MANY);
        } else {
            findOut(round, () -> asked.reply().apply(answer));
        }
    }

    /** The way is over, wherever it led. */
    void end() {
        pending = null;
        long id = session.getAndSet(0);
        if (id != 0) {
            surroundings.sessionIds().cancel(id);
        }
    }

    private void findOut(Round round, Supplier<AuthenticationStep> step) {
        AtomicBoolean decided = new AtomicBoolean();
        Timers.Timer limit = surroundings.timers().after(DECISION_TIMEOUT, () -> {
            if (decided.compareAndSet(false, true)) {
                onUndecided(round);
            }
        });
        LoginQueue queue = surroundings.attempts().queue(round.examined().offer());
        boolean taken = queue.submit(connection.address(), () -> isWanted(decided, limit), () -> {
            AuthenticationStep next = judge(round, step);
            limit.cancel();
            if (decided.compareAndSet(false, true)) {
                follow(round, next);
            }
        });
        if (!taken) {
            limit.cancel();
            surroundings.counters().increment(Counter.JOINS_CROWDED);
            follow(round, new AuthenticationStep.Refused(CROWDED));
        }
    }

    /** Whether the outcome is of any use when a step gets its turn; no time is spent for a client that is gone. */
    private boolean isWanted(AtomicBoolean decided, Timers.Timer limit) {
        if (link.isJoining()) {
            return !decided.get();
        }
        limit.cancel();
        return false;
    }

    private void onUndecided(Round round) {
        if (realms.paces().log().admits(connection.address())) {
            LOG.warn(
                    "{}: realm {} did not find out within {} s who it is by {}",
                    connection.peer(),
                    round.applicant().realm(),
                    DECISION_TIMEOUT.toSeconds(),
                    round.applicant().method().wire());
        }
        follow(round, new AuthenticationStep.Refused(JoinRefused.RETRY));
    }

    private AuthenticationStep judge(Round round, Supplier<AuthenticationStep> step) {
        // Others may have failed while this waited.
        if (isThrottled(round.examined(), round.applicant().authid())) {
            surroundings.counters().increment(Counter.JOINS_THROTTLED);
            return new AuthenticationStep.Refused(TOO_MANY);
        }
        try {
            return step.get();
        } catch (ProtocolViolation violation) {
            return new AuthenticationStep.Refused(JoinRefused.of(WampError.PROTOCOL_VIOLATION, violation.problem()));
        } catch (RuntimeException fault) {
            LOG.error("{}: authentication failed in the router", round.applicant(), fault);
            return new AuthenticationStep.Refused(FAULT);
        }
    }

    private void follow(Round round, AuthenticationStep step) {
        try (Pass pass = Pass.open()) {
            switch (step) {
                case AuthenticationStep.Challenge challenge -> {
                    surroundings.guesses().challenged(connection.address());
                    pending = new Pending(round, challenge.reply());
                    link.challenge(new Challenge(round.applicant().method().wire(), challenge.extra()));
                }
                case AuthenticationStep.Granted granted -> {
                    String family = round.examined().site().family();
                    surroundings
                            .guesses()
                            .joined(
                                    connection.address(),
                                    family,
                                    round.applicant().authid());
                    admit(round, granted);
                }
                case AuthenticationStep.Refused refused -> {
                    if (refused.reason().reason().equals(WampError.AUTHENTICATION_DENIED.uri())) {
                        String family = round.examined().site().family();
                        surroundings
                                .guesses()
                                .failed(
                                        connection.address(),
                                        family,
                                        round.applicant().authid());
                    }
                    link.refuse(refused.reason());
                }
            }
        }
    }

    private void admit(Round round, AuthenticationStep.Granted granted) {
        String name = granted.principal().realm();
        JoinableRealm site = name == null ? round.examined().site() : realms.site(name);
        String role = granted.principal().role(round.applicant().authrole());
        if (site == null) {
            LOG.error(
                    "{}: the authenticator of realm {} for {} grants realm '{}', which does not exist",
                    connection.peer(),
                    round.applicant().realm(),
                    round.applicant().method().wire(),
                    String.valueOf(name).replaceAll("\\p{Cntrl}", " "));
            link.refuse(FAULT);
        } else if (!site.config().roles().containsKey(role)) {
            link.refuse(NO_ROLE);
        } else {
            JoinGrant entry = new JoinGrant(
                    granted.authid(),
                    role,
                    round.applicant().method().wire(),
                    round.examined().offer().source().provider(),
                    granted.authextra(),
                    session.getAndSet(0));
            realms.join(site, link, round.roles(), entry);
        }
    }
}
