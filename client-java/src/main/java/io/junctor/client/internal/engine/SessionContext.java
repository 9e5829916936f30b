package io.junctor.client.internal.engine;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.value.Serializer;
import java.util.function.Function;

/**
 * The environment of a session.
 *
 * @param settings the limits
 * @param codecs the codec of each serializer
 * @param timers the clock, closed when the session has ended
 * @param sealer the passthru codec
 * @param lastRequestId the number before the first request id; 0 except in tests
 */
public record SessionContext(
        SessionLimits settings,
        Function<Serializer, Codec> codecs,
        Timers timers,
        PassthruCodec sealer,
        long lastRequestId) {
    /** Returns the same context for a transport whose router accepts messages of at most {@code bytes}. */
    SessionContext withMessagesUpTo(int bytes) {
        return new SessionContext(settings.withMessagesUpTo(bytes), codecs, timers, sealer, lastRequestId);
    }
}
