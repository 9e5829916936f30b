package io.junctor.wamp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CraTest {
    private static final String SECRET = "L3L1YUE8Txlw";

    @Test
    void signatureMatchesThePublishedVector() {
        assertThat(Cra.sign(SECRET, "[1, 2, 3]")).isEqualTo("1njQtmmeYO41N5EWEzD2kAjjEKRZ5kPZt/TzpYXOzR0=");
    }

    @Test
    void derivedKeyMatchesThePublishedVector() {
        assertThat(Cra.derivedKey(SECRET, "salt123", 1000, 32))
                .isEqualTo("qzcdsr9uu/L5hnss3kjNTRe490ETgA70ZBaB5rvnJ5Y=");
    }

    @Test
    void derivedKeyHasTheRequestedLength() {
        assertThat(Base64Text.decode(Cra.derivedKey(SECRET, "salt123", 10, 20))).hasSize(20);
    }

    @Test
    void anEmptySecretIsAllowed() {
        assertThat(Cra.sign("", "x")).isEqualTo(Cra.sign("\0", "x"));
    }

    @Test
    void challengeIsAJsonObjectForAnyNames() {
        CraChallenge challenge =
                new CraChallenge("a\"b\\c\n\u00e4", "role", "static", "n", "2026-01-01T00:00:00.000Z", 7);

        assertThat(challenge.text())
                .isEqualTo("{\"authid\": \"a\\\"b\\\\c\\u000a\\u00e4\", \"authrole\": \"role\","
                        + " \"authmethod\": \"wampcra\", \"authprovider\": \"static\", \"nonce\": \"n\","
                        + " \"timestamp\": \"2026-01-01T00:00:00.000Z\", \"session\": 7}");
    }
}
