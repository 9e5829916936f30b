package io.junctor.router.authentication;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.reply.ProcedureCaller;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.TransportDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a WAMP procedure to authenticate a client (section "Dynamic Authentication"). Thread-safe; blocks a worker.
 */
public final class ProcedureAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ProcedureAuthenticator.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** The longest wait in real time: the realm may end before the procedure answers. */
    private static final long PATIENCE_SECONDS = 30;

    /** The errors that mean that no callee can answer at present. */
    private static final Set<Uri> NOT_AVAILABLE = Set.of(
            WampError.NO_SUCH_PROCEDURE.uri(),
            WampError.NO_AVAILABLE_CALLEE.uri(),
            WampError.CANCELED.uri(),
            WampError.TIMEOUT.uri(),
            WampError.UNAVAILABLE.uri(),
            WampError.LIMIT_EXCEEDED.uri());

    private final AuthSource.Procedure procedure;
    private final String home;
    private final Function<String, @Nullable ProcedureCaller> callers;

    /**
     * Creates an authenticator that calls {@code procedure}; {@code callers} returns the caller in a realm, or null if the realm does not
     * exist.
     *
     * @param home the realm of the procedure if neither the configuration nor the client names one
     */
    public ProcedureAuthenticator(
            AuthSource.Procedure procedure, String home, Function<String, @Nullable ProcedureCaller> callers) {
        this.procedure = procedure;
        this.home = home;
        this.callers = callers;
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest request) {
        String asked = Objects.requireNonNullElse(request.realm(), home);
        String name = Objects.requireNonNullElse(procedure.realm(), asked);
        ProcedureCaller caller = callers.apply(name);
        return caller == null ? unavailable(name, "there is no such realm") : ask(caller, name, request);
    }

    private AuthenticationDecision ask(ProcedureCaller caller, String realm, AuthenticationRequest request) {
        return switch (await(caller.call(procedure.uri(), arguments(request), TIMEOUT))) {
            case null -> unavailable(realm, "it does not answer");
            case ProcedureCaller.Returned returned -> read(returned.arguments(), request);
            case ProcedureCaller.Failed failed
            when NOT_AVAILABLE.contains(failed.error()) ->
                unavailable(realm, failed.error().text());
            case ProcedureCaller.Failed failed -> refused(failed);
        };
    }

    private static ProcedureCaller.@Nullable Answer await(CompletableFuture<ProcedureCaller.Answer> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return null;
        }
    }

    private AuthenticationDecision read(Arguments arguments, AuthenticationRequest request) {
        try {
            return new AuthenticationDecision.Accepted(AuthenticatorResultReader.read(arguments, request.method()));
        } catch (ProtocolViolationException problem) {
            LOG.error(
                    "authenticator {} gave no valid answer: {}", procedure.uri().text(), problem.problem());
            return JoinRefused.of(WampError.AUTHENTICATION_FAILED, "the authenticator gave no valid answer");
        }
    }

    /** Refuses the client without naming the missing procedure: an attacker could otherwise register that procedure. */
    private AuthenticationDecision unavailable(String realm, String why) {
        LOG.warn(
                "authenticator {} in realm {} is not available: {}",
                procedure.uri().text(),
                realm,
                why);
        return JoinRefused.RETRY;
    }

    private static AuthenticationDecision refused(ProcedureCaller.Failed failed) {
        Object first = failed.arguments().positional().isEmpty()
                ? null
                : failed.arguments().positional().getFirst();
        String text = first instanceof String words ? words.replaceAll("\\p{Cntrl}", " ") : "refused";
        return new JoinRefused(failed.error(), text, Dict.EMPTY);
    }

    private static Map<String, Object> transport(TransportDetails transport) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("peer", transport.peer());
        PeerCertificate shown = transport.certificate();
        PeerCredentials account = transport.credentials();
        if (shown != null) {
            details.put("auth", Map.of("certificate", certificate(shown)));
        } else if (account != null) {
            details.put("auth", Map.of("unix", Map.of("user", account.user(), "group", account.group())));
        }
        if (!transport.request().headers().isEmpty()) {
            details.put("http_headers_received", transport.request().headers());
        }
        if (!transport.request().cookies().isEmpty()) {
            details.put("http_cookies_received", transport.request().cookies());
        }
        return details;
    }

    private static Map<String, Object> certificate(PeerCertificate shown) {
        return Map.of(
                "fingerprint", shown.fingerprint(),
                "subject", shown.subject(),
                "subject_cn", shown.values(CertificateField.SUBJECT_CN),
                "san_dns", shown.values(CertificateField.SAN_DNS),
                "san_email", shown.values(CertificateField.SAN_EMAIL),
                "san_uri", shown.values(CertificateField.SAN_URI),
                "issuer", shown.issuer());
    }

    private static Arguments arguments(AuthenticationRequest request) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("session", request.session());
        details.put("transport", transport(request.transport()));
        details.put("authmethod", request.method().wire());
        details.put("authid", request.authid());
        details.put("authrole", request.authrole());
        details.put("authextra", request.authextra().entries());
        if (request.ticket() != null) {
            details.put("ticket", request.ticket());
        }
        return Arguments.of(request.realm(), request.authid(), details);
    }
}
