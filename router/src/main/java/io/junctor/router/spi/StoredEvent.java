package io.junctor.router.spi;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.time.Instant;

/**
 * Immutable. A publication as a history keeps it.
 *
 * @param publication its id
 * @param time when it was published, to the millisecond
 * @param topic its topic
 * @param details what all subscribers were told, but for the topic
 * @param payload its arguments, as the publisher's own bytes
 * @param receivers who may be told of it
 */
public record StoredEvent(
        long publication, Instant time, Uri topic, EventDetails details, Payload payload, NamedReceivers receivers) {}
