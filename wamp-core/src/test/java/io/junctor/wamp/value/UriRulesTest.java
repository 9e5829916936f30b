package io.junctor.wamp.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriRulesTest {
    private static final String LOOSE = "[^\\s\\.#]";
    private static final String STRICT = "[0-9a-z_]";
    private static final long SEED = 20_260_101;

    // URI-01, URI-02
    @ParameterizedTest
    @ValueSource(strings = {"a", "com.foo", "com.Foo-1.bär", "a.b.c", "http://x/y", "com.\u200bfoo", "日本.語"})
    void looseUrisMayContainAnythingButDotsHashesAndWhiteSpace(String text) {
        assertThat(UriRules.LOOSE.isUri(new Uri(text))).isTrue();
    }

    // URI-01, URI-04
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "a b",
                "a.b#",
                "#",
                "com.foo\n",
                "\ncom.foo",
                "a\tb",
                "a\u00a0b",
                "a\u2003",
                "a\u3000",
                "a\u0085"
            })
    void emptyPartsHashesAndWhiteSpaceAreRefused(String text) {
        assertThat(UriRules.LOOSE.isUri(new Uri(text))).isFalse();
        assertThat(UriRules.STRICT.isUri(new Uri(text))).isFalse();
    }

    // URI-03
    @Test
    void strictUrisMayContainLowerCaseLettersDigitsAndUnderscores() {
        assertThat(UriRules.STRICT.isUri(new Uri("com.my_app.v2"))).isTrue();
        assertThat(UriRules.STRICT.isUri(new Uri("com.MyApp"))).isFalse();
        assertThat(UriRules.STRICT.isUri(new Uri("com.my-app"))).isFalse();
    }

    // URI-02
    @Test
    void emptyComponentsAreAllowedInSomePatternsOnly() {
        assertThat(UriRules.LOOSE.isPattern(new Uri("a."), MatchPolicy.EXACT)).isFalse();
        assertThat(UriRules.LOOSE.isPattern(new Uri("a."), MatchPolicy.PREFIX)).isTrue();
        assertThat(UriRules.LOOSE.isPattern(new Uri(""), MatchPolicy.PREFIX)).isTrue();
        assertThat(UriRules.LOOSE.isPattern(new Uri("a..b"), MatchPolicy.PREFIX))
                .isFalse();
        assertThat(UriRules.LOOSE.isPattern(new Uri("a..b"), MatchPolicy.WILDCARD))
                .isTrue();
        assertThat(UriRules.LOOSE.isPattern(new Uri(".."), MatchPolicy.WILDCARD))
                .isTrue();
        assertThat(UriRules.LOOSE.isPattern(new Uri(""), MatchPolicy.WILDCARD)).isTrue();
    }

    // URI-01, URI-02, URI-03: the patterns of the specification
    @Test
    void theRulesAreThePatternsOfTheSpecification() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            Uri uri = new Uri(randomText(random));
            assertRules(UriRules.LOOSE, LOOSE, uri);
            assertRules(UriRules.STRICT, STRICT, uri);
        }
    }

    // URI-04
    @Test
    void checkingIsLinearInTime() {
        Uri uri = new Uri("a.".repeat(500_000) + "#");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(UriRules.LOOSE.isUri(uri)).isFalse());
    }

    // URI-08
    @Test
    void onlyTheFirstPartWampIsReserved() {
        assertThat(new Uri("wamp.session.count").isReserved()).isTrue();
        assertThat(new Uri("wamp").isReserved()).isTrue();
        assertThat(new Uri("junctor.router.get").isReserved()).isTrue();
        assertThat(new Uri("junctor").isReserved()).isTrue();
        assertThat(new Uri("junctors.router").isReserved()).isFalse();
        assertThat(new Uri("wampx.y").isReserved()).isFalse();
        assertThat(new Uri("com.wamp").isReserved()).isFalse();
    }

    // URI-11
    @Test
    void urisAreComparedByCodePoint() {
        assertThat(new Uri("a.B")).isNotEqualTo(new Uri("a.b"));
        assertThat(new Uri("\u00e9")).isNotEqualTo(new Uri("e\u0301"));
        assertThat(new Uri("a%2eb")).isNotEqualTo(new Uri("a.b"));
    }

    private static void assertRules(UriRules rules, String part, Uri uri) {
        assertThat(rules.isUri(uri)).as("URI %s", uri).isEqualTo(matches("^(P+\\.)*(P+)$", part, uri));
        assertThat(rules.isPattern(uri, MatchPolicy.PREFIX))
                .as("prefix %s", uri)
                .isEqualTo(matches("^(P+\\.)*(P*)$", part, uri));
        assertThat(rules.isPattern(uri, MatchPolicy.WILDCARD))
                .as("wildcard %s", uri)
                .isEqualTo(matches("^((P+\\.)|\\.)*(P+)?$", part, uri));
    }

    private static boolean matches(String pattern, String part, Uri uri) {
        return Pattern.compile(pattern.replace("P", part), Pattern.UNICODE_CHARACTER_CLASS)
                .matcher(uri.text())
                .matches();
    }

    private static String randomText(Random random) {
        String alphabet = "ab_0.. #\nZ\u00a0é";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
