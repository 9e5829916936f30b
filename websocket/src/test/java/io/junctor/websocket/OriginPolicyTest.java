package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aStarAllowsAll() {
        assertThat(new OriginPolicy(List.of("*")).allows("https://anywhere.test", "router.test"))
                .isTrue();
    }
}
