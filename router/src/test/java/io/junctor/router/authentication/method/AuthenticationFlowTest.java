package io.junctor.router.authentication.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.TransportDetails;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each method accepts the right proof of a client and refuses a wrong one. */
class AuthenticationFlowTest {
    private static final byte[] PRIVATE_KEY =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final String PUBLIC_KEY = Cryptosign.hex(Cryptosign.publicKey(PRIVATE_KEY));

    private final Counters counters = new Counters();
    private final AuthenticationContext context =
            AuthenticationContext.of(new SecureRandom(), () -> Instant.EPOCH, () -> 0, counters);

    private static AuthenticationRequest hello(AuthMethod method, Dict authextra) {
        return new AuthenticationRequest(
                "realm1", 7, method, "anna", null, authextra, new TransportDetails("192.0.2.1:9", null), null);
    }

    private AuthenticationFlow flow(AuthMethod method, Credential credential) {
        AuthenticationDecision accepted = new AuthenticationDecision.Accepted(Principal.of("user", credential));
        Authenticator authenticator = request -> accepted;
        return AuthenticationFlow.of(
                AuthMethodConfig.of(method, new AuthSource.Program(authenticator)), authenticator, context);
    }

    private static AuthenticationStep.Challenge challenge(AuthenticationFlow flow, AuthMethod method, Dict authextra) {
        return (AuthenticationStep.Challenge) flow.begin(hello(method, authextra), type -> null);
    }

    private static AuthenticationStep answer(AuthenticationStep.Challenge challenge, String signature) {
        return challenge.reply().apply(new Authenticate(signature, Dict.EMPTY));
    }

    private static void expectGranted(AuthenticationStep step) {
        assertThat(step).isInstanceOf(AuthenticationStep.Granted.class);
        assertThat(((AuthenticationStep.Granted) step).authid()).isEqualTo("anna");
    }

    private void expectDenied(AuthenticationStep step) {
        assertThat(step).isInstanceOf(AuthenticationStep.Refused.class);
        assertThat(counters.value(Counter.CREDENTIALS_CHECKED)).isPositive();
    }

    @Test
    void aTicketIsComparedWithTheSecret() {
        AuthenticationFlow flow = flow(AuthMethod.TICKET, new Credential.Secret("open sesame"));

        expectGranted(answer(challenge(flow, AuthMethod.TICKET, Dict.EMPTY), "open sesame"));
        expectDenied(answer(challenge(flow, AuthMethod.TICKET, Dict.EMPTY), "open sesam"));
        expectDenied(answer(challenge(flow, AuthMethod.TICKET, Dict.EMPTY), ""));
    }

    @Test
    void aChallengeIsSignedWithTheSecretAndHoldsOnce() {
        AuthenticationFlow flow = flow(AuthMethod.WAMPCRA, new Credential.Secret("open sesame"));
        AuthenticationStep.Challenge challenge = challenge(flow, AuthMethod.WAMPCRA, Dict.EMPTY);
        String signed =
                Cra.sign("open sesame", Objects.requireNonNull(challenge.extra().text("challenge")));

        expectGranted(answer(challenge, signed));
        expectDenied(answer(challenge, Cra.sign("open sesam", "challenge")));
        expectDenied(answer(challenge(flow, AuthMethod.WAMPCRA, Dict.EMPTY), signed));
    }

    @Test
    void aChallengeIsSignedWithAListedPrivateKey() {
        Dict authextra = Dict.of("pubkey", PUBLIC_KEY);
        AuthenticationFlow listed = flow(AuthMethod.CRYPTOSIGN, new Credential.PublicKeys(Set.of(PUBLIC_KEY)));
        AuthenticationStep.Challenge challenge = challenge(listed, AuthMethod.CRYPTOSIGN, authextra);

        expectGranted(answer(challenge, signed(challenge)));
        expectDenied(answer(challenge(listed, AuthMethod.CRYPTOSIGN, authextra), signed(challenge)));
        AuthenticationFlow other = flow(AuthMethod.CRYPTOSIGN, new Credential.PublicKeys(Set.of("00".repeat(32))));
        AuthenticationStep.Challenge unlisted = challenge(other, AuthMethod.CRYPTOSIGN, authextra);
        expectDenied(answer(unlisted, signed(unlisted)));
    }

    private static String signed(AuthenticationStep.Challenge challenge) {
        byte[] bytes = Cryptosign.parse(Objects.requireNonNull(challenge.extra().text("challenge")));
        return Cryptosign.sign(PRIVATE_KEY, Objects.requireNonNull(bytes), null);
    }

    @Test
    void withoutACertificateTlsIsRefused() {
        AuthenticationFlow flow = flow(AuthMethod.TLS, new Credential.Proven());

        expectDenied(flow.begin(hello(AuthMethod.TLS, Dict.EMPTY), type -> null));
    }

    @Test
    void aTokenIsVerifiedByTheKeySet() {
        String token = token(message -> Cryptosign.signature(PRIVATE_KEY, message));

        expectGranted(answer(challenge(jwt(PUBLIC_KEY), AuthMethod.JWT, Dict.EMPTY), token));
        String changed = token.replaceFirst("\\.[^.]+\\.", "." + base64(claims("berta")) + ".");
        expectDenied(answer(challenge(jwt(PUBLIC_KEY), AuthMethod.JWT, Dict.EMPTY), changed));
    }

    @Test
    void aKeyOfLowOrderVerifiesNoToken() {
        // The neutral element of the curve: R = A = 1 and S = 0 verify for every message.
        String neutral = "01" + "00".repeat(31);
        byte[] forged = Arrays.copyOf(HexFormat.of().parseHex(neutral), 64);

        expectDenied(answer(challenge(jwt(neutral), AuthMethod.JWT, Dict.EMPTY), token(message -> forged)));
        assertThat(JwtFlow.isKeySet(keySet(neutral))).isFalse();
        assertThat(JwtFlow.isKeySet(keySet(PUBLIC_KEY))).isTrue();
    }

    private AuthenticationFlow jwt(String publicKey) {
        AuthSource.Tokens tokens =
                new AuthSource.Tokens(keySet(publicKey), null, "https://login", "shop", "sub", "role", "user");
        return AuthenticationFlow.of(
                AuthMethodConfig.of(AuthMethod.JWT, tokens),
                request -> {
                    throw new AssertionError("tokens need no authenticator");
                },
                context);
    }

    private static String keySet(String publicKey) {
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}]}"
                .formatted(base64(HexFormat.of().parseHex(publicKey)));
    }

    /** Signs a message. */
    private interface Signer {
        byte[] sign(byte[] message);
    }

    private static String token(Signer signer) {
        String message = base64("{\"alg\":\"EdDSA\"}") + "." + base64(claims("anna"));
        return message + "." + base64(signer.sign(message.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String claims(String name) {
        return "{\"iss\":\"https://login\",\"aud\":\"shop\",\"exp\":60,\"sub\":\"" + name + "\"}";
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
