package io.junctor.server.services;

import io.junctor.router.config.http.HmacForm;
import io.junctor.router.config.http.HookReceiver;
import io.junctor.server.gateway.hooks.HmacKey;
import io.junctor.server.gateway.hooks.SignatureFields;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends events to the receiver of a webhook, signed as Standard Webhooks requires. Thread-safe; waits for the receiver. */
final class DeliverySender {
    private static final int MOST_RESPONSE_BYTES = 1 << 16;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final HookReceiver receiver;
    private final List<HmacKey> keys;
    private final HttpSender sender;
    private final Supplier<Instant> now;

    DeliverySender(HookReceiver receiver, HttpSender sender, Supplier<Instant> now) {
        this.receiver = receiver;
        this.keys = receiver.secrets().stream().map(HmacKey::ofStandardWebhooks).toList();
        this.sender = sender;
        this.now = now;
    }

    /** Makes one attempt to send an event. */
    DeliveryOutcome send(Delivery delivery) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response = sender.send(request(delivery), MOST_RESPONSE_BYTES);
        try {
            return outcome(response.get(receiver.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return failed("no answer within " + receiver.timeout().toMillis() + " ms (timeout)");
        } catch (ExecutionException unreachable) {
            return failed(HttpFailure.text(unreachable));
        } finally {
            response.cancel(true);
        }
    }

    private static DeliveryOutcome failed(String reason) {
        return new DeliveryOutcome.Failed(reason, Duration.ZERO);
    }

    private HttpRequest request(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(receiver.url())
                .version(HttpSender.version(receiver.url().getScheme()))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Junctor")
                .POST(BodyPublishers.ofByteArray(delivery.body()));
        receiver.headers().forEach((name, value) -> request.setHeader(name, value.text()));
        String id = Long.toString(delivery.publication());
        String seconds = Long.toString(now.get().getEpochSecond());
        request.setHeader(SignatureFields.ID, id);
        request.setHeader(SignatureFields.TIMESTAMP, seconds);
        if (!keys.isEmpty()) {
            byte[] signed = HmacKey.joined(id + "." + seconds + ".", delivery.body());
            request.setHeader(
                    SignatureFields.SIGNATURE,
                    keys.stream().map(key -> signature(key, signed)).collect(Collectors.joining(" ")));
        }
        return request.build();
    }

    private static String signature(HmacKey key, byte[] signed) {
        byte[] hmac = key.hmac(HmacForm.Algorithm.SHA256, signed);
        return HmacKey.STANDARD.prefix() + Base64.getEncoder().encodeToString(hmac);
    }

    private static DeliveryOutcome outcome(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String reason = "status " + status;
        if (status >= 200 && status < 300) {
            return DeliveryOutcome.Delivered.DELIVERED;
        }
        boolean mayChange = status >= 500 || status == 408 || status == 425 || status == 429;
        return mayChange ? new DeliveryOutcome.Failed(reason, pause(response)) : new DeliveryOutcome.Refused(reason);
    }

    /** Returns the value of {@code Retry-After} if it is in seconds; a date is ignored. */
    private static Duration pause(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(SECONDS.asMatchPredicate())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }
}
