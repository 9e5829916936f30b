package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {
    private static final OriginPolicy OWN_HOST = new OriginPolicy(List.of());
    private static final OriginPolicy LISTED = new OriginPolicy(List.of("https://Example.org", "http://b.test:80"));

    @Test
    void clientsThatAreNoBrowsersAreAllowed() {
        assertThat(OWN_HOST.allows(null, "localhost:8080")).isTrue();
        assertThat(OWN_HOST.allows(null, null)).isTrue();
    }

    @Test
    void pagesOfTheOwnHostAndPortAreAllowed() {
        assertThat(OWN_HOST.allows("http://localhost:8080", "localhost:8080")).isTrue();
        assertThat(OWN_HOST.allows("HTTP://LocalHost:8080", "localhost:8080")).isTrue();
        assertThat(OWN_HOST.allows("https://example.org", "example.org")).isTrue();
        assertThat(OWN_HOST.allows("https://example.org", "example.org:443")).isTrue();
        assertThat(OWN_HOST.allows("http://example.org:80", "example.org")).isTrue();
    }

    @Test
    void otherPagesAreRefused() {
        assertThat(OWN_HOST.allows("http://localhost:3000", "localhost:8080")).isFalse();
        assertThat(OWN_HOST.allows("https://evil.test", "example.org")).isFalse();
        assertThat(OWN_HOST.allows("https://example.org.evil.test", "example.org"))
                .isFalse();
        assertThat(OWN_HOST.allows("null", "example.org")).isFalse();
        assertThat(OWN_HOST.allows("", "example.org")).isFalse();
        assertThat(OWN_HOST.allows("http://example.org", null)).isFalse();
    }

    @Test
    void listedOriginsAreAllowedBesides() {
        assertThat(LISTED.allows("https://example.org", "router.test")).isTrue();
        assertThat(LISTED.allows("https://example.org:443", "router.test")).isTrue();
        assertThat(LISTED.allows("http://b.test", "router.test")).isTrue();
        assertThat(LISTED.allows("http://example.org", "router.test")).isFalse();
        assertThat(LISTED.allows("http://router.test", "router.test")).isTrue();
    }

    @Test
    void anotherPortOfTheOwnHostIsAnotherOrigin() {
        assertThat(OWN_HOST.allows("http://router.test:3000", "router.test")).isFalse();
        OriginPolicy ports = new OriginPolicy(List.of("http://router.test:*"));
        assertThat(ports.allows("http://router.test:3000", "router.test")).isTrue();
        assertThat(ports.allows("http://router.test", "router.test:8080")).isTrue();
        assertThat(ports.allows("https://router.test:3000", "router.test")).isFalse();
    }

    @Test
    void aWildcardAllowsNamesBelowAHost() {
        OriginPolicy below = new OriginPolicy(List.of("https://*.Example.org", "http://*.test.org:*"));
        assertThat(below.allows("https://a.example.org", "router.test")).isTrue();
        assertThat(below.allows("https://A.b.example.org:443", "router.test")).isTrue();
        assertThat(below.allows("http://a.test.org:81", "router.test")).isTrue();
        for (String other : List.of(
                "https://example.org",
                "https://.example.org.evil.test",
                "https://aexample.org",
                "https://a.example.org.evil.test",
                "https://a.example.org:8443",
                "http://a.example.org",
                "https://evil.test/.example.org",
                "https://evil.test?.example.org",
                "https://evil.test#.example.org",
                "https://evil@a.example.org",
                "https://*.example.org")) {
            assertThat(below.allows(other, "router.test")).as(other).isFalse();
        }
    }

    @Test
    void pagesOfAppsAndFilesAreListedByWhatTheySend() {
        OriginPolicy apps = new OriginPolicy(List.of("capacitor://localhost", "file://", "chrome-extension://abcd"));
        assertThat(apps.allows("capacitor://localhost", "router.test")).isTrue();
        assertThat(apps.allows("file://", "router.test")).isTrue();
        assertThat(apps.allows("chrome-extension://abcd", "router.test")).isTrue();
        assertThat(apps.allows("ionic://localhost", "router.test")).isFalse();
        assertThat(apps.allows("chrome-extension://other", "router.test")).isFalse();
        assertThat(apps.allows("null", "router.test")).isFalse();
        OriginPolicy opaque = new OriginPolicy(List.of("null"));
        assertThat(opaque.allows("null", "router.test")).isTrue();
        assertThat(opaque.allows("file://", "router.test")).isFalse();
    }

    @Test
    void entriesOfAListAreOriginsAndPatterns() {
        for (String entry : List.of("*", "null", "file://", "app://.", "http://[::1]:8080", "https://*.a.test:*")) {
            assertThat(OriginPolicy.isEntry(entry)).as(entry).isTrue();
        }
        for (String other : List.of(
                "",
                "a.test",
                "https://",
                "https://*",
                "https://a.*.test",
                "https://*a.test",
                "https://a.test/",
                "http://:80",
                "http://a.test:port",
                "//a.test",
                "https://a.test:*:*",
                "https://u@a.test")) {
            assertThat(OriginPolicy.isEntry(other)).as(other).isFalse();
            assertThatThrownBy(() -> new OriginPolicy(List.of(other))).hasMessage("not an origin: " + other);
        }
    }

    @Test
    void aStarAllowsAll() {
        assertThat(new OriginPolicy(List.of("*")).allows("https://anywhere.test", "router.test"))
                .isTrue();
    }
}
