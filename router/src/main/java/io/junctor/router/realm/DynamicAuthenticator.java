package io.junctor.router.realm;

import io.junctor.router.auth.Applicant;
import io.junctor.router.auth.Authenticator;
import io.junctor.router.auth.CertificateField;
import io.junctor.router.auth.PeerCertificate;
import io.junctor.router.auth.Refused;
import io.junctor.router.auth.Ruling;
import io.junctor.router.auth.Source;
import io.junctor.router.auth.Transport;
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
final class DynamicAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicAuthenticator.class);
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

    private final Source.Procedure procedure;
    private final Realms realms;

    DynamicAuthenticator(Source.Procedure procedure, Realms realms) {
        this.procedure = procedure;
        this.realms = realms;
    }

    @Override
    public Ruling authenticate(Applicant applicant) {
        String name = procedure.realm() == null ? applicant.realm() : procedure.realm();
        Realm realm = realms.realm(name);
        return realm == null ? unavailable(name, "there is no such realm") : ask(realm, applicant);
    }

    private Ruling ask(Realm realm, Applicant applicant) {
        CompletableFuture<InnerCaller.Answer> answer;
        try (Pass pass = Pass.open()) {
            answer = realm.call(procedure.uri(), arguments(applicant), TIMEOUT);
        }
        return switch (await(answer)) {
            case null -> unavailable(realm.config().name(), "it does not answer");
            case InnerCaller.Returned returned -> rule(returned.arguments(), applicant);
            case InnerCaller.Failed failed
            when ABSENT.contains(failed.error()) ->
                unavailable(realm.config().name(), failed.error().text());
            case InnerCaller.Failed failed -> refused(failed);
        };
    }

    private static InnerCaller.@Nullable Answer await(CompletableFuture<InnerCaller.Answer> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return null;
        }
    }

    private Ruling rule(Arguments arguments, Applicant applicant) {
        try {
            return new Ruling.Accepted(GrantedByProcedure.read(arguments, applicant.method()));
        } catch (ProtocolViolation problem) {
            LOG.error(
                    "authenticator {} gave no valid answer: {}", procedure.uri().text(), problem.problem());
            return Refused.of(WampError.AUTHENTICATION_FAILED, "the authenticator gave no valid answer");
        }
    }

    /** The client is not told which procedure is missing, as that would tell it what to register. */
    private Ruling unavailable(String realm, String why) {
        LOG.warn(
                "authenticator {} in realm {} is not available: {}",
                procedure.uri().text(),
                realm,
                why);
        return Refused.RETRY;
    }

    private static Ruling refused(InnerCaller.Failed failed) {
        Object first = failed.arguments().positional().isEmpty()
                ? null
                : failed.arguments().positional().getFirst();
        String text = first instanceof String words ? words.replaceAll("\\p{Cntrl}", " ") : "refused";
        return new Refused(failed.error(), text, Dict.EMPTY);
    }

    private static Map<String, Object> transport(Transport transport) {
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

    private static Arguments arguments(Applicant applicant) {
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
