package io.junctor.wamp.message;

/**
 * Answers {@code SUBSCRIBE} (section "Subscribing and Unsubscribing").
 *
 * @param request the id of the request
 * @param subscription the id of the subscription
 */
public record Subscribed(long request, long subscription) implements FromRouter {
    /** The type code. */
    public static final int CODE = 33;

    @Override
    public int code() {
        return CODE;
    }
}
