package io.junctor.router.authentication.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jose4j.http.SimpleResponse;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;

class CachedJwkSetTest {
    /** As in RFC 8037, appendix A, up to the key id. */
    private static final String KEY_OF_RFC_8037 =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"kid\":\"";

    private static final long SECOND = 1_000_000_000L;

    /** An answer with the header {@code Cache-Control}. */
    private record Answer(String body, String cacheControl) implements SimpleResponse {
        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public String getStatusMessage() {
            return "OK";
        }

        @Override
        public Collection<String> getHeaderNames() {
            return List.of("cache-control");
        }

        @Override
        public List<String> getHeaderValues(String name) {
            return List.of(cacheControl);
        }

        @Override
        public String getBody() {
            return body;
        }
    }

    private final List<String> requests = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 5 * SECOND;
    private String keyId = "1";
    private String cacheControl = "no-transform";
    private boolean reachable = true;
    private final CachedJwkSet keys = new CachedJwkSet("https://login.example.org/keys", this::get, () -> nanos);

    private SimpleResponse get(String location) throws IOException {
        requests.add(location);
        if (!reachable) {
            throw new IOException("unreachable");
        }
        return new Answer("{\"keys\":[" + KEY_OF_RFC_8037 + keyId + "\"}" + "]}", cacheControl);
    }

    private List<String> keyIds() throws Exception {
        return keys.getJsonWebKeys().stream().map(JsonWebKey::getKeyId).toList();
    }

    @Test
    void keysAreFetchedOnceAnHour() throws Exception {
        assertThat(keyIds()).containsExactly("1");
        keyId = "2";
        nanos += 3_599 * SECOND;
        assertThat(keyIds()).containsExactly("1");
        nanos += SECOND;
        assertThat(keyIds()).containsExactly("2");
        assertThat(requests).hasSize(2);
    }

    @Test
    void theAnswerMaySayHowLongKeysAreUsed() throws Exception {
        cacheControl = "public, max-age=60";
        assertThat(keyIds()).containsExactly("1");
        keyId = "2";
        nanos += 59 * SECOND;
        assertThat(keyIds()).containsExactly("1");
        nanos += SECOND;
        assertThat(keyIds()).containsExactly("2");
    }

    @Test
    void anUnknownKeyCausesARequestAtMostOnceASecond() throws Exception {
        keyIds();
        keyId = "2";
        keys.refresh();
        assertThat(keyIds()).containsExactly("1");
        nanos += SECOND;
        keys.refresh();
        assertThat(keyIds()).containsExactly("2");
    }

    @Test
    void keysAreKeptWhileTheUrlDoesNotAnswer() throws Exception {
        keyIds();
        reachable = false;
        nanos += 3_600 * SECOND;
        assertThat(keyIds()).containsExactly("1");
        assertThat(keyIds()).containsExactly("1");
        assertThat(requests).hasSize(2);
        reachable = true;
        keyId = "2";
        nanos += 600 * SECOND;
        assertThat(keyIds()).containsExactly("2");
    }

    @Test
    void withoutAnyKeysTheFailureIsReported() throws Exception {
        reachable = false;
        assertThatThrownBy(keys::getJsonWebKeys).isInstanceOf(IOException.class);
        reachable = true;
        assertThat(keyIds()).containsExactly("1");
    }
}
