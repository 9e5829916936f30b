package io.junctor.wamp.message;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;

/**
 * Delivers a publication (section "Publishing and Events").
 *
 * @param subscription the id of the subscription
 * @param publication the id of the publication
 * @param details the details
 * @param payload the arguments
 */
public record Event(long subscription, long publication, EventDetails details, Payload payload) implements FromRouter {
    /** The type code. */
    public static final int CODE = 36;

    @Override
    public int code() {
        return CODE;
    }
}
