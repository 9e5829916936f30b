package io.junctor.server.yaml;

import io.junctor.router.config.HmacForm;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the sender of a webhook proves that it knows a secret. */
final class SignatureSection {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** The name of a header field (RFC 9110). */
    static final ScalarType<String> HEADER_NAME =
            ScalarType.matching("the name of a header field such as X-Signature", HEADER.asMatchPredicate());

    /** A secret that the router itself uses. */
    static final SecretType<SecretText> SECRET = new SecretType<>("a secret", SecretText::new);

    private static final Key<Scheme> SCHEME = Key.required("scheme", EnumType.of(Scheme.class));
    private static final Key<List<SecretText>> SECRETS =
            Key.required("secrets", new ListType<>(SECRET, "a list of secrets such as [\"${NAME}\"]", 1));
    private static final Key<String> HEADER_KEY = Key.optional("header", HEADER_NAME);
    private static final Key<HmacForm.Algorithm> ALGORITHM = Key.oneOf("algorithm", HmacForm.Algorithm.SHA256);
    private static final Key<HmacForm.Encoding> ENCODING = Key.oneOf("encoding", HmacForm.Encoding.HEX);
    private static final Key<String> PREFIX =
            Key.optional("prefix", ScalarType.nonBlank("the text before the signature, such as sha256="));
    private static final Key<Duration> TOLERANCE = Key.withDefault(
            "tolerance", ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24)), Duration.ofMinutes(5));

    static final Section<HookSignature> SECTION = Section.of(
                    "a map such as { scheme: github, secrets: [\"${NAME}\"] }",
                    List.of(SCHEME, SECRETS, HEADER_KEY, ALGORITHM, ENCODING, PREFIX, TOLERANCE),
                    SignatureSection::build)
            .checkedBy(SignatureSection::check);

    /** A word for each kind of signature. */
    private enum Scheme {
        GITHUB,
        STRIPE,
        STANDARD,
        HMAC,
        TOKEN
    }

    private SignatureSection() {}

    private static void check(SectionValues values) {
        Scheme scheme = values.find(SCHEME);
        if (scheme == null) {
            return;
        }
        boolean isHmac = scheme == Scheme.HMAC;
        boolean isTimed = scheme == Scheme.STRIPE || scheme == Scheme.STANDARD;
        require(values, HEADER_KEY, isHmac || scheme == Scheme.TOKEN, "schemes hmac and token");
        require(values, ALGORITHM, isHmac, "scheme hmac");
        require(values, ENCODING, isHmac, "scheme hmac");
        require(values, PREFIX, isHmac, "scheme hmac");
        require(values, TOLERANCE, isTimed, "schemes stripe and standard");
        if ((isHmac || scheme == Scheme.TOKEN) && !values.has(HEADER_KEY)) {
            values.error("needs the key 'header': the field that has the signature");
        }
    }

    private static void require(SectionValues values, Key<?> key, boolean isAllowed, String which) {
        if (values.has(key) && !isAllowed) {
            values.node(key).errorAtKey("'" + key.name() + "' is for the " + which + " only");
        }
    }

    private static HookSignature build(SectionValues values) {
        List<SecretText> secrets = values.get(SECRETS);
        return switch (values.get(SCHEME)) {
            case GITHUB -> new HookSignature.GitHub(secrets);
            case STRIPE -> new HookSignature.Stripe(secrets, values.get(TOLERANCE));
            case STANDARD -> new HookSignature.Standard(secrets, values.get(TOLERANCE));
            case HMAC ->
                new HookSignature.Hmac(
                        secrets,
                        new HmacForm(
                                values.get(HEADER_KEY),
                                values.get(ALGORITHM),
                                values.get(ENCODING),
                                orEmpty(values.find(PREFIX))));
            case TOKEN -> new HookSignature.Token(secrets, values.get(HEADER_KEY));
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
