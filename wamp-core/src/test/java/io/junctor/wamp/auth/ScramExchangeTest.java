package io.junctor.wamp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The exchange of RFC 7677, section 3. */
class ScramExchangeTest {
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final ScramExchange EXCHANGE = new ScramExchange(
            "user", CLIENT_NONCE, CLIENT_NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", SALT, 4096, ScramHeader.UNBOUND);
    private static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private final byte[] salted = ScramExchange.pbkdf2("pencil", Objects.requireNonNull(Base64Text.decode(SALT)), 4096);

    @Test
    void authMessageMatchesRfc7677() {
        assertThat(EXCHANGE.authMessage())
                .isEqualTo("n=user,r=rOprNGfwEbeRWgbNEkqO,"
                        + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    /** The exchange of RFC 5802, section 5, is made with SHA-1; its AuthMessage is the same for any hash. */
    @Test
    void authMessageMatchesRfc5802() {
        ScramExchange exchange = new ScramExchange(
                "user",
                "fyko+d2lbbFgONRv9qkxdawL",
                "fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j",
                "QSXCR+Q6sek8bf92",
                4096,
                ScramHeader.UNBOUND);

        assertThat(exchange.authMessage())
                .isEqualTo("n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                        + "s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j");
    }

    @Test
    void proofAndVerifierMatchRfc7677() {
        assertThat(Base64Text.of(EXCHANGE.clientProof(salted))).isEqualTo(PROOF);
        assertThat(Base64Text.of(EXCHANGE.serverSignature(ScramExchange.serverKey(salted))))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void onlyTheRightProofIsAccepted() {
        byte[] storedKey = ScramExchange.storedKey(salted);
        byte[] proof = EXCHANGE.clientProof(salted);

        assertThat(EXCHANGE.isProof(proof, storedKey)).isTrue();
        assertThat(EXCHANGE.isProof(null, storedKey)).isFalse();
        assertThat(EXCHANGE.isProof(new byte[0], storedKey)).isFalse();
        assertThat(EXCHANGE.isProof(new byte[32], storedKey)).isFalse();
        assertThat(new ScramExchange("user", "a", "ab", SALT, 4096, ScramHeader.UNBOUND).isProof(proof, storedKey))
                .as("in another exchange")
                .isFalse();
    }

    @Test
    void commasAndEqualSignsOfNamesAreEscaped() {
        assertThat(new ScramExchange("a,b=c", "x", "xy", "c2E=", 1, ScramHeader.UNBOUND).authMessage())
                .startsWith("n=a=2Cb=3Dc,r=x,");
    }

    @Test
    void theVariantOfAutobahnHasNoHeaderAndEscapesNothing() {
        assertThat(new ScramExchange("a,b=c", "x", "xy", "c2E=", 1, ScramHeader.AUTOBAHN).authMessage())
                .isEqualTo("n=a,b=c,r=x,r=xy,s=c2E=,i=1,c=,r=xy");
        assertThat(ScramHeader.autobahnSalted(new byte[] {1})).containsExactly('A', 'Q');
    }

    @Test
    void onlyCanonicalBase64IsAccepted() {
        assertThat(Base64Text.decode("QQ==")).containsExactly('A');
        assertThat(Base64Text.decode("QQ")).isNull();
        assertThat(Base64Text.decode("QR==")).isNull();
        assertThat(Base64Text.decode("QQ==\n")).isNull();
        assertThat(Base64Text.decode("-_==")).isNull();
    }
}
