package io.junctor.wamp.message;

/**
 * Acknowledges a publication (section "Publishing and Events").
 *
 * @param request the id of the request
 * @param publication the id of the publication
 */
public record Published(long request, long publication) implements FromRouter {
    /** The type code. */
    public static final int CODE = 17;

    @Override
    public int code() {
        return CODE;
    }
}
