package io.junctor.router.spi;

import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.time.Instant;

/**
 * An event in a history.
 *
 * @param publication the publication id
 * @param time the time of the publication, to the millisecond
 * @param topic its topic
 * @param details the details of the event, without the topic
 * @param payload its arguments, as the publisher encoded them
 * @param receivers which sessions may receive it
 */
public record StoredEvent(
        long publication, Instant time, Uri topic, EventDetails details, Payload payload, NamedReceivers receivers) {}
