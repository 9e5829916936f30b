package io.junctor.router.memory;

import io.junctor.router.spi.NamedReceivers;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.ForwardedFor;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates the bytes of heap that the decoded parts of a message use; the estimate is an upper bound for a 64-bit JVM. */
public final class HeapEstimate {
    /** The size of an empty string with its array and the reference to it in a list, set or map. */
    private static final int TEXT_BYTES = 64;
    /** The size of a number and the reference to it. */
    private static final int NUMBER_BYTES = 32;
    /** The size of an empty list, set or map, and also of one entry in the table of a map. */
    private static final int COLLECTION_BYTES = 64;
    /** The size of a record of options. */
    private static final int RECORD_BYTES = 64;

    /** The maximum ratio of the size of decoded values in memory to their size in a message; a list of empty lists reaches it. */
    private static final int DECODED_TIMES = 32;

    private HeapEstimate() {}

    /**
     * The bytes of heap of a message of {@code receivedBytes} bytes that waits to be routed; {@code isDecoded} is true if its arguments are
     * decoded.
     */
    public static int waiting(FromClient message, boolean isDecoded, int receivedBytes) {
        Payload payload = message.payload();
        int decodedBytes = isDecoded ? receivedBytes : receivedBytes - payload.length();
        return (int) Math.min(Integer.MAX_VALUE, payload.heldBytes() + (long) DECODED_TIMES * decodedBytes);
    }

    /** The bytes of heap of a message for a client, without its arguments. */
    public static int details(FromRouter message) {
        if (message instanceof Result result) {
            return (int) of(result.details().passthru());
        }
        if (message instanceof Invocation invocation) {
            return (int) (of(invocation.details().passthru())
                    + of(invocation.details().procedure())
                    + of(invocation.details().extra()));
        }
        if (message instanceof ErrorMessage error) {
            return (int) (of(error.error()) + of(error.details().passthru()));
        }
        return 0;
    }

    /** The bytes of heap of an event. */
    public static int of(Event event) {
        EventDetails details = event.details();
        return (int) (event.payload().heldBytes() + of(details) + of(details.topic()));
    }

    private static long of(@Nullable Uri uri) {
        return uri == null ? 0 : of(uri.text());
    }

    /** The bytes of heap of {@code text}; 0 for null. */
    public static long of(@Nullable String text) {
        return text == null ? 0 : TEXT_BYTES + 2L * text.length();
    }

    /** The bytes of heap of the details of an {@code EVENT}. */
    public static long of(EventDetails details) {
        return details == EventDetails.NONE
                ? 0
                : RECORD_BYTES + of(details.passthru()) + ofForwards(details.forwardFor()) + of(details.extra());
    }

    /** The bytes of heap of the options of a {@code PUBLISH}. */
    public static long of(PublishMessageOptions options) {
        return options == PublishMessageOptions.DEFAULT || options == PublishMessageOptions.ACKNOWLEDGE
                ? 0
                : RECORD_BYTES
                        + of(options.audience())
                        + of(options.passthru())
                        + ofForwards(options.forwardFor())
                        + of(options.extra());
    }

    /** The bytes of heap of the options of a {@code CALL}. */
    public static long of(CallMessageOptions options) {
        return options == CallMessageOptions.DEFAULT
                ? 0
                : RECORD_BYTES + of(options.passthru()) + ofForwards(options.forwardFor()) + of(options.extra());
    }

    /** The bytes of heap of the lists that select receivers. */
    public static long of(Audience audience) {
        return audience == Audience.ALL
                ? 0
                : ofNumbers(audience.exclude())
                        + ofNumbers(audience.eligible())
                        + ofTexts(audience.excludeAuthid())
                        + ofTexts(audience.excludeAuthrole())
                        + ofTexts(audience.eligibleAuthid())
                        + ofTexts(audience.eligibleAuthrole());
    }

    /** The bytes of heap of the authids and roles that select receivers. */
    public static long of(NamedReceivers receivers) {
        return receivers == NamedReceivers.ALL
                ? 0
                : ofTexts(receivers.excludeAuthid())
                        + ofTexts(receivers.excludeAuthrole())
                        + ofTexts(receivers.eligibleAuthid())
                        + ofTexts(receivers.eligibleAuthrole());
    }

    /** The bytes of heap of a dictionary and its values. */
    public static long of(Dict dict) {
        return dict.isEmpty() ? 0 : ofValue(dict.entries());
    }

    private static long of(@Nullable PassthruOptions passthru) {
        return passthru == null
                ? 0
                : RECORD_BYTES
                        + of(passthru.scheme())
                        + of(passthru.serializer())
                        + of(passthru.cipher())
                        + of(passthru.keyId());
    }

    private static long ofForwards(List<ForwardedFor> forwards) {
        long bytes = 0;
        for (ForwardedFor forward : forwards) {
            bytes += RECORD_BYTES + of(forward.authid()) + of(forward.authrole());
        }
        return bytes;
    }

    private static long ofNumbers(@Nullable Collection<Long> numbers) {
        return numbers == null ? 0 : COLLECTION_BYTES + (long) NUMBER_BYTES * numbers.size();
    }

    private static long ofTexts(@Nullable Collection<String> texts) {
        if (texts == null) {
            return 0;
        }
        long bytes = COLLECTION_BYTES;
        for (String text : texts) {
            bytes += of(text);
        }
        return bytes;
    }

    private static long ofValue(@Nullable Object value) {
        return switch (value) {
            case null -> NUMBER_BYTES;
            case String text -> of(text);
            case byte[] octets -> COLLECTION_BYTES + octets.length;
            case Collection<?> list -> {
                long bytes = COLLECTION_BYTES;
                for (Object element : list) {
                    bytes += ofValue(element);
                }
                yield bytes;
            }
            case Map<?, ?> map -> {
                long bytes = COLLECTION_BYTES;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    bytes += COLLECTION_BYTES + ofValue(entry.getKey()) + ofValue(entry.getValue());
                }
                yield bytes;
            }
            default -> NUMBER_BYTES;
        };
    }
}
