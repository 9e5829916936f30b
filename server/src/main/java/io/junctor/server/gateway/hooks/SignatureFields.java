package io.junctor.server.gateway.hooks;

import io.junctor.router.config.http.HookSignature;
import java.util.List;

/** The header fields in which the senders of webhooks put their signatures. */
public final class SignatureFields {
    static final String GITHUB = "X-Hub-Signature-256";
    static final String STRIPE = "Stripe-Signature";
    /** The identifier of a message in Standard Webhooks. */
    public static final String ID = "webhook-id";
    /** The time of a message in Standard Webhooks, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";
    /** The signatures of a message in Standard Webhooks. */
    public static final String SIGNATURE = "webhook-signature";

    private SignatureFields() {}

    /** Returns the header fields that a request must contain. */
    public static List<String> of(HookSignature signature) {
        return switch (signature) {
            case HookSignature.GitHub github -> List.of(GITHUB);
            case HookSignature.Stripe stripe -> List.of(STRIPE);
            case HookSignature.Standard standard -> List.of(ID, TIMESTAMP, SIGNATURE);
            case HookSignature.Hmac hmac -> List.of(hmac.form().header());
            case HookSignature.Token token -> List.of(token.header());
        };
    }
}
