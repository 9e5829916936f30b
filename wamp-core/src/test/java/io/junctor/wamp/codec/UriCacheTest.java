package io.junctor.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Uri;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UriCacheTest {
    private final UriCache cache = new UriCache();

    @Test
    void findsTheSameUriByEqualBytes() {
        Uri kept = keep("com.example.add");
        assertThat(find("com.example.add")).isSameAs(kept);
    }

    @Test
    void doesNotFindAUriThatOnlyBeginsOrEndsLikeAnother() {
        keep("com.example.add");
        assertThat(find("com.example.ad")).isNull();
        assertThat(find("com.example.add2")).isNull();
        assertThat(find("com.example.sub.add")).isNull();
        assertThat(find("")).isNull();
    }

    /** The cache has fewer places than there are URIs here, so many take the place of another. */
    @Test
    void neverConfusesUrisThatShareAPlace() {
        for (int i = 0; i < 5_000; i++) {
            keep("site1.device" + i + ".temperature");
        }
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            Uri uri = find("site1.device" + i + ".temperature");
            if (uri != null) {
                found++;
                assertThat(uri.text()).isEqualTo("site1.device" + i + ".temperature");
            }
        }
        assertThat(found).isBetween(100, 512);
    }

    @Test
    void doesNotChangeWithTheMessageThatContainedTheUri() {
        byte[] message = bytes("com.example.add");
        Uri kept = new Uri("com.example.add");
        cache.keep(kept, message, 0, message.length);
        message[0] = 'k';
        assertThat(find("com.example.add")).isSameAs(kept);
        assertThat(find("kom.example.add")).isNull();
    }

    @Test
    void doesNotKeepLongUris() {
        keep("a".repeat(200));
        assertThat(find("a".repeat(200))).isNull();
    }

    private Uri keep(String text) {
        Uri uri = new Uri(text);
        byte[] message = bytes("before" + text + "after");
        cache.keep(uri, message, 6, message.length - 5);
        return uri;
    }

    private Uri find(String text) {
        byte[] message = bytes(text + "after");
        return cache.find(message, 0, message.length - 5);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
