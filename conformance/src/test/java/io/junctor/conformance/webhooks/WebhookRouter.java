package io.junctor.conformance.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Event;
import io.junctor.client.Session;
import io.junctor.conformance.HttpTestRouter;
import io.junctor.server.yaml.ConfigFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A router with the configuration of a text, and an HTTP client. For one thread. */
final class WebhookRouter extends HttpTestRouter {
    static final String SECRET = "It's a Secret to Everybody";

    private WebhookRouter(String yaml) {
        super(ConfigFile.parse("realms.yaml", yaml, Map.of("SECRET", SECRET)).orThrow());
    }

    static WebhookRouter open(String yaml) {
        return new WebhookRouter(yaml);
    }

    /** Joins {@code realm1} by a WebSocket. */
    Session join() {
        return Session.join(router.uri().toString(), "realm1");
    }

    BlockingQueue<Event> events(Session session, String topic) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        session.subscribe(topic, events::add);
        return events;
    }

    static Event next(BlockingQueue<Event> events) throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    HttpRequest.Builder request(String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    static byte[] hmac(String algorithm, String secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(hmac("HmacSHA256", SECRET, text));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA256", SECRET, text));
    }
}
