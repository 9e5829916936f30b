package io.junctor.server.gateway.hooks;

import io.junctor.router.config.http.CrossbarChecks;
import io.junctor.router.config.http.HmacForm;
import io.junctor.router.config.http.HookSignature;
import io.junctor.router.config.http.SecretText;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.PeerAddress;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.RequestOrigin;
import io.junctor.server.http.ClientAdmission;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Checks requests to a service of Crossbar.io: their address and origin, and the signature in the query ({@code key}, {@code timestamp},
 * {@code seq}, {@code nonce} and {@code signature}). Unlike Crossbar.io, it accepts each signature only once. Thread-safe.
 */
final class CrossbarRequestCheck {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}");
    private static final HmacForm GITHUB =
            new HmacForm("X-Hub-Signature", HmacForm.Algorithm.SHA1, HmacForm.Encoding.HEX, "sha1=");

    private final CrossbarChecks checks;
    private final WampConnector connector;
    private final ClientAdmission admission;
    private final @Nullable SignatureCheck github;
    private final UsedSignatures used;

    CrossbarRequestCheck(CrossbarChecks checks, WampConnector connector) {
        this.checks = checks;
        this.connector = connector;
        this.admission = new ClientAdmission(connector, Transport.GATEWAY);
        SecretText secret = checks.githubSecret();
        this.github = secret == null
                ? null
                : new SignatureCheck(
                        new HookSignature.Hmac(List.of(secret), GITHUB),
                        connector.context().timers()::now);
        // A signature that is older than the tolerance is refused by its timestamp, so it need not be remembered.
        this.used = new UsedSignatures(
                checks.tolerance().multipliedBy(2), connector.context().timers()::nanos);
    }

    /** Refuses a request that breaks one of the rules. */
    void check(Request request, byte[] body) throws ProblemException {
        if (!admission.allowsOrigin(request.getHeaders())) {
            throw refused(HttpStatus.FORBIDDEN_403, "Pages of this origin may not connect (origins).");
        }
        checkAddress(request);
        try {
            if (github != null) {
                checkGithub(github, request, body);
            }
            if (checks.secret() != null && checks.key() != null) {
                checkSignature(checks.key(), checks.secret(), request, body);
            }
        } catch (ProblemException wrong) {
            connector.context().counters().increment(Counter.WEBHOOKS_REFUSED);
            throw wrong;
        }
    }

    private static void checkGithub(SignatureCheck github, Request request, byte[] body) throws ProblemException {
        try {
            if (github.check(request.getHeaders(), body).isEmpty()) {
                throw refused(HttpStatus.BAD_REQUEST_400, "The signature of GitHub is missing.");
            }
        } catch (ProblemException wrong) {
            throw refused(
                    HttpStatus.BAD_REQUEST_400, String.valueOf(wrong.problem().detail()));
        }
    }

    private void checkAddress(Request request) throws ProblemException {
        RequestOrigin origin = RequestOrigin.of(connector, request)
                .orElseThrow(() -> refused(HttpStatus.BAD_REQUEST_400, "The proxy sent no valid address."));
        if (checks.tls() && !origin.isPrivate()) {
            throw refused(HttpStatus.BAD_REQUEST_400, "The request must come by TLS (require_tls).");
        }
        if (!checks.networks().isEmpty() && !isAllowed(origin.client())) {
            throw refused(HttpStatus.BAD_REQUEST_400, "Requests of this address are not taken (require_ip).");
        }
    }

    private boolean isAllowed(ClientAddress address) {
        return address.client() instanceof PeerAddress.Internet internet
                && checks.networks().stream()
                        .anyMatch(network -> network.contains(internet.socket().getAddress()));
    }

    private void checkSignature(String key, SecretText secret, Request request, byte[] body) throws ProblemException {
        Fields query = query(request);
        String signedKey = value(query, "key");
        String timestamp = value(query, "timestamp");
        String seq = value(query, "seq");
        String nonce = value(query, "nonce");
        String signature = value(query, "signature");
        requireRecent(timestamp);
        if (!NUMBER.matcher(seq).matches() || !NUMBER.matcher(nonce).matches()) {
            throw refused(HttpStatus.BAD_REQUEST_400, "seq and nonce must be whole numbers.");
        }
        byte[] expected = HmacKey.of(secret)
                .hmac(HmacForm.Algorithm.SHA256, HmacKey.joined(signedKey + timestamp + seq + nonce, body));
        byte[] text = Base64.getUrlEncoder().encode(expected);
        if (!signedKey.equals(key) || !MessageDigest.isEqual(text, signature.getBytes(StandardCharsets.UTF_8))) {
            throw refused(HttpStatus.UNAUTHORIZED_401, "The key is unknown, or the signature is wrong.");
        }
        if (used.use(signature) != UsedSignatures.State.NEW) {
            throw refused(HttpStatus.UNAUTHORIZED_401, "This signature was used before.");
        }
    }

    private static Fields query(Request request) throws ProblemException {
        try {
            return Request.extractQueryParameters(request);
        } catch (RuntimeException undecodable) {
            throw refused(HttpStatus.BAD_REQUEST_400, "The query is not a valid form of names and values in UTF-8.");
        }
    }

    private static String value(Fields query, String name) throws ProblemException {
        String value = query.getValue(name);
        if (value == null) {
            throw refused(HttpStatus.BAD_REQUEST_400, "The query needs '" + name + "': requests have to be signed.");
        }
        return value;
    }

    private void requireRecent(String timestamp) throws ProblemException {
        try {
            Duration age = Duration.between(
                    Instant.parse(timestamp), connector.context().timers().now());
            if (age.abs().compareTo(checks.tolerance()) > 0) {
                throw refused(
                        HttpStatus.BAD_REQUEST_400,
                        "The timestamp is more than " + checks.tolerance().toSeconds()
                                + " s from the time of the router (timestamp_delta_limit).");
            }
        } catch (DateTimeParseException invalid) {
            throw refused(HttpStatus.BAD_REQUEST_400, "timestamp must be a time such as 2011-10-14T16:59:51.123Z.");
        }
    }

    private static ProblemException refused(int status, String detail) {
        return new ProblemException(status, detail);
    }
}
