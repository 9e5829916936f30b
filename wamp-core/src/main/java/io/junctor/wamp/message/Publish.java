package io.junctor.wamp.message;

import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * Publishes to a topic (section "Publishing and Events").
 *
 * @param request the id of the request
 * @param options the options
 * @param topic the topic
 * @param payload the arguments
 */
public record Publish(long request, PublishMessageOptions options, Uri topic, Payload payload) implements Request {
    /** The type code. */
    public static final int CODE = 16;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Publish withoutExtra() {
        PublishMessageOptions known = options.withoutExtra();
        return known == options ? this : new Publish(request, known, topic, payload);
    }
}
