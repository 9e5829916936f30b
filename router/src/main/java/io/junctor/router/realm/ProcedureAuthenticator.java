package io.junctor.router.realm;

import io.junctor.router.authentication.AuthenticatorAnswer;
import io.junctor.router.config.AuthSource;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.TransportDetails;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Safe for use by many threads, on workers. Asks a WAMP procedure who a client is (section "Dynamic Authentication"). */
final class ProcedureAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ProcedureAuthenticator.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Real time for when the realm itself ends meanwhile. */
    private static final long PATIENCE_SECONDS = 30;

    /** What says that nobody answers now, in contrast to an answer. */
    private static final Set<Uri> ABSENT = Set.of(
            WampError.NO_SUCH_PROCEDURE.uri(),
            WampError.NO_AVAILABLE_CALLEE.uri(),
            WampError.CANCELED.uri(),
            WampError.TIMEOUT.uri(),
            WampError.UNAVAILABLE.uri(),
            WampError.LIMIT_EXCEEDED.uri());

    private final AuthSource.Procedure procedure;
    private final Realms realms;

    ProcedureAuthenticator(AuthSource.Procedure procedure, Realms realms) {
        this.procedure = procedure;
        this.realms = realms;
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest applicant) {
        String name = procedure.realm() == null ? applicant.realm() : procedure.realm();
        Realm realm = realms.realm(name);
        return realm == null ? unavailable(name, "there is no such realm") : ask(realm, applicant);
    }

    private AuthenticationDecision ask(Realm realm, AuthenticationRequest applicant) {
        CompletableFuture<RouterCaller.Answer> answer;
        try (Pass pass = Pass.open()) {
            answer = realm.call(procedure.uri(), arguments(applicant), TIMEOUT);
        }
        return switch (await(answer)) {
            case null -> unavailable(realm.config().name(), "it does not answer");
            case RouterCaller.Returned returned -> rule(returned.arguments(), applicant);
            case RouterCaller.Failed failed
            when ABSENT.contains(failed.error()) ->
                unavailable(realm.config().name(), failed.error().text());
            case RouterCaller.Failed failed -> refused(failed);
        };
    }

    private static RouterCaller.@Nullable Answer await(CompletableFuture<RouterCaller.Answer> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return null;
        }
    }

    private AuthenticationDecision rule(Arguments arguments, AuthenticationRequest applicant) {
        try {
            return new AuthenticationDecision.Accepted(AuthenticatorAnswer.read(arguments, applicant.method()));
        } catch (ProtocolViolation problem) {
            LOG.error(
                    "authenticator {} gave no valid answer: {}", procedure.uri().text(), problem.problem());
            return JoinRefused.of(WampError.AUTHENTICATION_FAILED, "the authenticator gave no valid answer");
        }
    }

    /** The client is not told which procedure is missing, as that would tell it what to register. */
    private AuthenticationDecision unavailable(String realm, String why) {
        LOG.warn(
                "authenticator {} in realm {} is not available: {}",
                procedure.uri().text(),
                realm,
                why);
        return JoinRefused.RETRY;
    }

    private static AuthenticationDecision refused(RouterCaller.Failed failed) {
        Object first = failed.arguments().positional().isEmpty()
                ? null
                : failed.arguments().positional().getFirst();
        String text = first instanceof String words ? words.replaceAll("\\p{Cntrl}", " ") : "refused";
        return new JoinRefused(failed.error(), text, Dict.EMPTY);
    }

    private static Map<String, Object> transport(TransportDetails transport) {
        PeerCertificate shown = transport.certificate();
        return shown == null
                ? Map.of("peer", transport.peer())
                : Map.of("peer", transport.peer(), "auth", Map.of("certificate", certificate(shown)));
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

    private static Arguments arguments(AuthenticationRequest applicant) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("session", applicant.session());
        details.put("transport", transport(applicant.transport()));
        details.put("authmethod", applicant.method().wire());
        details.put("authid", applicant.authid());
        details.put("authrole", applicant.authrole());
        details.put("authextra", applicant.authextra().entries());
        if (applicant.ticket() != null) {
            details.put("ticket", applicant.ticket());
        }
        return Arguments.of(applicant.realm(), applicant.authid(), details);
    }
}
