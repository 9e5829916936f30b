package io.junctor.wamp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CryptosignTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] PRIVATE =
            HEX.parseHex("4d57d97a68f555696620a6d849c0ce582568518d729eb753dc7c732de2804510");
    private static final byte[] PUBLIC = Cryptosign.publicKey(PRIVATE);
    private static final byte[] CHALLENGE = new byte[32];

    @ParameterizedTest
    @CsvFileSource(resources = "cryptosign.csv")
    void signaturesMatchPublishedVectors(String channelId, String privateKey, String challenge, String signature) {
        byte[] channel = channelId == null ? null : Cryptosign.parse(channelId);
        byte[] key = Objects.requireNonNull(Cryptosign.parse(privateKey));
        byte[] asked = Objects.requireNonNull(Cryptosign.parse(challenge));

        assertThat(Cryptosign.sign(key, asked, channel)).isEqualTo(signature);
        assertThat(Cryptosign.verify(Cryptosign.publicKey(key), signature, asked, channel))
                .isTrue();
    }

    /** The eight points of low order, and their non-canonical encodings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void aKeyOfLowOrderIsRefused(String key) {
        assertThat(Cryptosign.parsePublicKey(key)).isNull();
        // R is the neutral point and S is 0: for such a key this is a signature of many messages.
        String forged = "01" + "00".repeat(63);
        for (int message = 0; message < 64; message++) {
            assertThat(Cryptosign.isSignature(HEX.parseHex(key), HEX.parseHex(forged), new byte[] {(byte) message}))
                    .isFalse();
        }
    }

    @Test
    void aKeyThatIsNotAPointOfTheCurveIsRefused() {
        assertThat(Cryptosign.parsePublicKey("02" + "00".repeat(31))).isNull();
        assertThat(Cryptosign.parsePublicKey("00")).isNull();
        assertThat(Cryptosign.parsePublicKey(Cryptosign.hex(PUBLIC))).isEqualTo(PUBLIC);
        assertThat(Cryptosign.parsePublicKey(Cryptosign.hex(PUBLIC).toUpperCase(Locale.ROOT)))
                .isEqualTo(PUBLIC);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "ed25519.csv")
    void signaturesMatchTheVectorsOfRfc8032(String privateKey, String publicKey, String message, String signature) {
        byte[] key = Objects.requireNonNull(Cryptosign.parse(privateKey));
        byte[] text = message == null ? new byte[0] : HEX.parseHex(message);

        assertThat(Cryptosign.hex(Cryptosign.publicKey(key))).isEqualTo(publicKey);
        assertThat(Cryptosign.hex(Cryptosign.signature(key, text))).isEqualTo(signature);
        assertThat(Cryptosign.parsePublicKey(publicKey)).isEqualTo(HEX.parseHex(publicKey));
        assertThat(Cryptosign.isSignature(HEX.parseHex(publicKey), HEX.parseHex(signature), text))
                .isTrue();
    }

    @Test
    void anAnswerToAnotherChallengeIsRefused() {
        byte[] other = HEX.parseHex("01".repeat(32));
        String replayed = Cryptosign.sign(PRIVATE, other, null);

        assertThat(Cryptosign.verify(PUBLIC, replayed, other, null)).isTrue();
        assertThat(Cryptosign.verify(PUBLIC, replayed, CHALLENGE, null)).isFalse();
    }

    @Test
    void anAnswerOverAnotherChannelIsRefused() {
        byte[] channel = HEX.parseHex("02".repeat(32));
        String bound = Cryptosign.sign(PRIVATE, CHALLENGE, channel);

        assertThat(Cryptosign.verify(PUBLIC, bound, CHALLENGE, channel)).isTrue();
        assertThat(Cryptosign.verify(PUBLIC, bound, CHALLENGE, null)).isFalse();
        assertThat(Cryptosign.verify(PUBLIC, bound, CHALLENGE, HEX.parseHex("03".repeat(32))))
                .isFalse();
    }

    @Test
    void aMalformedAnswerIsRefused() {
        String right = Cryptosign.sign(PRIVATE, CHALLENGE, null);

        assertThat(Cryptosign.verify(PUBLIC, right.toUpperCase(Locale.ROOT), CHALLENGE, null))
                .isTrue();
        assertThat(Cryptosign.verify(PUBLIC, right.substring(2), CHALLENGE, null))
                .isFalse();
        assertThat(Cryptosign.verify(PUBLIC, right.substring(0, 128), CHALLENGE, null))
                .isFalse();
        assertThat(Cryptosign.verify(PUBLIC, "zz" + right.substring(2), CHALLENGE, null))
                .isFalse();
        assertThat(Cryptosign.verify(PUBLIC, "", CHALLENGE, null)).isFalse();
        assertThat(Cryptosign.verify(HEX.parseHex("ff".repeat(32)), right, CHALLENGE, null))
                .as("a key that is not a point of the curve")
                .isFalse();
    }
}
