package io.junctor.client.internal.engine;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.value.Serializer;
import java.util.function.Function;

/**
 * Immutable. What a session is given.
 *
 * @param settings its limits
 * @param codecs the codec of each serializer
 * @param timers its clock; closed when the session has ended
 * @param sealer of payloads that routers do not read
 * @param lastRequestId the id before its first request: 0
 */
public record SessionContext(
        SessionSettings settings,
        Function<Serializer, Codec> codecs,
        Timers timers,
        PassthruCodec sealer,
        long lastRequestId) {}
