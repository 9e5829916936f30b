package io.junctor.wamp.message;

import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Uri;

/**
 * Subscribes to a topic or pattern (section "Subscribing and Unsubscribing").
 *
 * @param request the id of the request
 * @param options the options
 * @param topic the topic
 */
public record Subscribe(long request, SubscribeMessageOptions options, Uri topic) implements Request {
    /** The type code. */
    public static final int CODE = 32;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Subscribe withoutExtra() {
        SubscribeMessageOptions known = options.withoutExtra();
        return known == options ? this : new Subscribe(request, known, topic);
    }
}
