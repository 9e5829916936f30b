package io.junctor.router.authentication.method;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authenticates a client by a signed token (RFC 7519) that contains its authid and its roles. Thread-safe. */
public record JwtFlow(AuthSource.Tokens tokens, VerificationKeyResolver keys, AuthenticationContext tools)
        implements AuthenticationFlow {
    private static final Logger LOG = LoggerFactory.getLogger(JwtFlow.class);
    private static final int CLOCK_SKEW_SECONDS = 30;

    /** Permits asymmetric algorithms only: their verification keys cannot make signatures. */
    private static final AlgorithmConstraints ASYMMETRIC = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    /** Refuses encrypted tokens: a client could use them to make the router derive keys, which is expensive. */
    private static final AlgorithmConstraints NO_ENCRYPTION =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT);

    static JwtFlow of(AuthSource.Tokens tokens, AuthenticationContext tools) {
        return new JwtFlow(tokens, new StrongKeyResolver(resolver(tokens, tools)), tools);
    }

    private static VerificationKeyResolver resolver(AuthSource.Tokens tokens, AuthenticationContext tools) {
        if (tokens.url() == null) {
            JwksVerificationKeyResolver fixed =
                    new JwksVerificationKeyResolver(keySet(tokens.keys()).getJsonWebKeys());
            fixed.setDisambiguateWithVerifySignature(true);
            return fixed;
        }
        HttpsJwksVerificationKeyResolver fetched = new HttpsJwksVerificationKeyResolver(
                new CachedJwkSet(tokens.url(), new JwkSetRequest(), tools.nanos()));
        fetched.setDisambiguateWithVerifySignature(true);
        return fetched;
    }

    private static JsonWebKeySet keySet(@Nullable String text) {
        try {
            return new JsonWebKeySet(Objects.requireNonNull(text));
        } catch (JoseException e) {
            throw new IllegalArgumentException("the keys are not a JSON Web Key Set", e);
        }
    }

    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        return new AuthenticationStep.Challenge(Dict.EMPTY, this::judge);
    }

    private AuthenticationStep judge(Authenticate answer) {
        try {
            return grant(consumer().processToClaims(answer.signature()));
        } catch (InvalidJwtException refused) {
            return isOutage(refused) ? unavailable(refused) : deny(refused);
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ASYMMETRIC)
                .setJweAlgorithmConstraints(NO_ENCRYPTION)
                .setVerificationKeyResolver(keys)
                .setExpectedIssuer(tokens.issuer())
                .setExpectedAudience(tokens.audience())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setEvaluationTime(
                        NumericDate.fromMilliseconds(tools.clock().get().toEpochMilli()))
                .build();
    }

    private AuthenticationStep grant(JwtClaims claims) {
        String authid = text(claims, tokens.authidClaim());
        List<String> roles = roles(claims);
        if (authid == null || !AuthidSyntax.isPlain(authid) || roles.isEmpty()) {
            LOG.info(
                    "a token has no claim {} of 1 to {} characters that show, or no claim {} that is a role or a list of"
                            + " roles",
                    tokens.authidClaim(),
                    AuthidSyntax.MAX_CHARACTERS,
                    tokens.roleClaim());
            return CredentialVerifier.judge(false, unknownPrincipal(), "", Dict.EMPTY, tools);
        }
        Principal principal = new Principal(authid, roles, null, Dict.EMPTY, new Credential.Proven());
        return CredentialVerifier.judge(true, principal, authid, Dict.EMPTY, tools);
    }

    private AuthenticationStep deny(InvalidJwtException refused) {
        LOG.debug("a token is not accepted: error codes {}", codes(refused));
        return CredentialVerifier.judge(false, unknownPrincipal(), "", Dict.EMPTY, tools);
    }

    /** The error codes for the log, which does not contain the text of the exception because that text contains the token. */
    private static List<Integer> codes(InvalidJwtException refused) {
        return refused.getErrorDetails().stream()
                .map(error -> error.getErrorCode())
                .toList();
    }

    private AuthenticationStep unavailable(InvalidJwtException refused) {
        LOG.warn(
                "the keys at {} cannot be fetched: {}",
                tokens.url(),
                rootOf(refused).getClass().getSimpleName());
        return new AuthenticationStep.Refused(JoinRefused.RETRY);
    }

    /** True if the JWKS URL did not answer or its answer was not a valid key set. */
    private boolean isOutage(InvalidJwtException refused) {
        if (tokens.url() == null) {
            return false;
        }
        Throwable cause = refused.getCause();
        while (cause != null && !(cause instanceof UnresolvableKeyException)) {
            cause = cause.getCause();
        }
        return cause != null && cause.getCause() != null;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    /**
     * Returns the roles of a token: none if the claim has another type, the role of the configuration if there is no
     * claim.
     */
    private List<String> roles(JwtClaims claims) {
        if (!claims.getClaimsMap().containsKey(tokens.roleClaim())) {
            return tokens.role() == null ? List.of() : List.of(tokens.role());
        }
        Object claimed = claims.getClaimValue(tokens.roleClaim());
        List<?> all = claimed instanceof List<?> list ? list : Collections.singletonList(claimed);
        List<String> roles = new ArrayList<>();
        for (Object role : all) {
            if (!(role instanceof String text) || text.isEmpty()) {
                return List.of();
            }
            roles.add(text);
        }
        return roles;
    }

    private static @Nullable String text(JwtClaims claims, String name) {
        try {
            return claims.getStringClaimValue(name);
        } catch (MalformedClaimException e) {
            return null;
        }
    }

    private static Principal unknownPrincipal() {
        return Principal.of("unknown", new Credential.Proven());
    }

    /**
     * True if {@code text} is a JSON Web Key Set (RFC 7517, section 5) with at least one key, and none of low order.
     */
    public static boolean isKeySet(String text) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(text).getJsonWebKeys();
            return !keys.isEmpty() && keys.stream().noneMatch(key -> StrongKeyResolver.isWeak(key.getKey()));
        } catch (JoseException e) {
            return false;
        }
    }
}
