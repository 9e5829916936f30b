package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.spi.NamedReceivers;
import io.junctor.router.spi.StoredEvent;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.Audience;
import java.time.Instant;

/** Encodes and decodes events of histories: the realm, the time, then the event in the format of {@link SharedEvents}. Thread-safe. */
public final class StoredEvents {
    private StoredEvents() {}

    /** An event of the history of a realm. */
    public record Of(String realm, StoredEvent event) {}

    /**
     * Writes an event.
     *
     * @throws UnrepresentableException if its details have a value that the payload's serialization cannot express
     */
    public static byte[] toBytes(String realm, StoredEvent event) throws UnrepresentableException {
        NamedReceivers names = event.receivers();
        SharedEvent.Receivers receivers = names.equals(NamedReceivers.ALL)
                ? SharedEvent.Receivers.ALL
                : new SharedEvent.Receivers(
                        0,
                        new Audience(
                                null,
                                names.excludeAuthid(),
                                names.excludeAuthrole(),
                                null,
                                names.eligibleAuthid(),
                                names.eligibleAuthrole()),
                        null);
        BodyWriter body = new BodyWriter().text(realm).id(event.time().toEpochMilli());
        SharedEvents.write(
                body,
                new SharedEvent(event.publication(), event.topic(), event.payload(), event.details(), receivers, 0));
        return body.toBytes();
    }

    /**
     * Reads an event.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static Of read(byte[] bytes) {
        BodyReader body = new BodyReader(bytes);
        String realm = body.text();
        Instant time = Instant.ofEpochMilli(body.id());
        SharedEvent event = SharedEvents.read(body);
        Audience audience = event.receivers().audience();
        NamedReceivers receivers = audience.equals(Audience.ALL)
                ? NamedReceivers.ALL
                : new NamedReceivers(
                        audience.excludeAuthid(),
                        audience.excludeAuthrole(),
                        audience.eligibleAuthid(),
                        audience.eligibleAuthrole());
        return new Of(
                realm,
                new StoredEvent(event.publication(), time, event.topic(), event.details(), event.payload(), receivers));
    }
}
