package io.junctor.server.gateway.hooks;

import io.junctor.router.config.http.HmacForm;
import io.junctor.router.config.http.HookSignature;
import io.junctor.server.gateway.exchange.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Checks the signatures of the requests to one webhook. The duration of a comparison does not depend on how many characters of a
 * signature are right. Thread-safe.
 */
final class SignatureCheck {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final int MOST_SIGNATURES = 10;
    private static final HmacForm GITHUB =
            new HmacForm(SignatureFields.GITHUB, HmacForm.Algorithm.SHA256, HmacForm.Encoding.HEX, "sha256=");

    private final HookSignature scheme;
    private final Supplier<Instant> now;
    private final List<HmacKey> keys;

    /** Creates a check that uses the clock {@code now}. */
    SignatureCheck(HookSignature scheme, Supplier<Instant> now) {
        this.scheme = scheme;
        this.now = now;
        this.keys = scheme.secrets().stream()
                .map(secret -> scheme instanceof HookSignature.Standard
                        ? HmacKey.ofStandardWebhooks(secret)
                        : HmacKey.of(secret))
                .toList();
    }

    /**
     * Checks a request.
     *
     * @return a text that identifies the signed request; empty if the scheme signs nothing
     * @throws ProblemException with status 403 if the signature is missing, wrong or too old
     */
    String check(HttpFields fields, byte[] body) throws ProblemException {
        return switch (scheme) {
            case HookSignature.GitHub github -> hmac(fields, GITHUB, body);
            case HookSignature.Hmac hmac -> hmac(fields, hmac.form(), body);
            case HookSignature.Stripe stripe -> stripe(fields, stripe.tolerance(), body);
            case HookSignature.Standard standard -> standard(fields, standard.tolerance(), body);
            case HookSignature.Token token -> token(fields, token.header());
        };
    }

    private String hmac(HttpFields fields, HmacForm form, byte[] body) throws ProblemException {
        String value = field(fields, form.header());
        boolean isRight = value.startsWith(form.prefix())
                && matches(List.of(value.substring(form.prefix().length())), form, body);
        return required(isRight, form.header(), value);
    }

    private String stripe(HttpFields fields, Duration tolerance, byte[] body) throws ProblemException {
        String header = SignatureFields.STRIPE;
        String seconds = "";
        List<String> signatures = new ArrayList<>();
        for (String part : field(fields, header).split(",", -1)) {
            if (part.startsWith("t=")) {
                seconds = part.substring(2);
            } else if (part.startsWith("v1=")) {
                signatures.add(part.substring(3));
            }
        }
        requireRecent(seconds, tolerance, header);
        return required(
                matches(signatures, GITHUB, HmacKey.joined(seconds + ".", body)),
                header,
                seconds + "." + String.join(",", signatures));
    }

    private String standard(HttpFields fields, Duration tolerance, byte[] body) throws ProblemException {
        String header = SignatureFields.SIGNATURE;
        String id = field(fields, SignatureFields.ID);
        String seconds = field(fields, SignatureFields.TIMESTAMP);
        List<String> signatures = new ArrayList<>();
        for (String part : field(fields, header).split(" ", -1)) {
            if (part.startsWith("v1,")) {
                signatures.add(part.substring(3));
            }
        }
        requireRecent(seconds, tolerance, SignatureFields.TIMESTAMP);
        byte[] signed = HmacKey.joined(id + "." + seconds + ".", body);
        // A sender that retries signs the request again, with the same id.
        return required(matches(signatures, HmacKey.STANDARD, signed), header, id);
    }

    private String token(HttpFields fields, String header) throws ProblemException {
        String value = field(fields, header);
        boolean isRight = false;
        for (HmacKey key : keys) {
            isRight |= key.isSecret(value);
        }
        required(isRight, header, "");
        return "";
    }

    /** Returns the value of a header field that must occur exactly once. */
    private static String field(HttpFields fields, String name) throws ProblemException {
        List<String> values = fields.getValuesList(name);
        if (values.size() != 1) {
            throw refused("The request must have one " + name + ".");
        }
        return values.getFirst();
    }

    private boolean matches(List<String> signatures, HmacForm form, byte[] signed) {
        boolean isRight = false;
        for (HmacKey key : keys) {
            byte[] expected = key.hmac(form.algorithm(), signed);
            for (String signature : signatures.subList(0, Math.min(signatures.size(), MOST_SIGNATURES))) {
                isRight |= HmacKey.matches(expected, signature, form.encoding());
            }
        }
        return isRight;
    }

    private void requireRecent(String seconds, Duration tolerance, String header) throws ProblemException {
        boolean isRecent = SECONDS.matcher(seconds).matches()
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now.get())
                                .abs()
                                .compareTo(tolerance)
                        <= 0;
        if (!isRecent) {
            throw refused("The time in " + header + " is more than " + tolerance.toSeconds()
                    + " s from that of the router (tolerance), or missing.");
        }
    }

    private static String required(boolean isRight, String header, String signature) throws ProblemException {
        if (!isRight) {
            throw refused("The signature in " + header + " is wrong.");
        }
        return signature;
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(HttpStatus.FORBIDDEN_403, detail);
    }
}
