package io.junctor.wamp.message;

/**
 * Answers {@code REGISTER} (section "Registering and Unregistering").
 *
 * @param request the id of the request
 * @param registration the id of the registration
 */
public record Registered(long request, long registration) implements FromRouter {
    /** The type code. */
    public static final int CODE = 65;

    @Override
    public int code() {
        return CODE;
    }
}
