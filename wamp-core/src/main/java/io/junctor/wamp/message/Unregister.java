package io.junctor.wamp.message;

/**
 * Ends a registration (section "Registering and Unregistering").
 *
 * @param request the id of the request
 * @param registration the id of the registration
 */
public record Unregister(long request, long registration) implements Request {
    /** The type code. */
    public static final int CODE = 66;

    @Override
    public int code() {
        return CODE;
    }
}
