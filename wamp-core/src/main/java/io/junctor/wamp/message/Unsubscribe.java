package io.junctor.wamp.message;

/**
 * Ends a subscription (section "Subscribing and Unsubscribing").
 *
 * @param request the id of the request
 * @param subscription the id of the subscription
 */
public record Unsubscribe(long request, long subscription) implements Request {
    /** The type code. */
    public static final int CODE = 34;

    @Override
    public int code() {
        return CODE;
    }
}
