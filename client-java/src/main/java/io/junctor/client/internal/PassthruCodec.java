package io.junctor.client.internal;

import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;

/** Safe for use by many threads. Turns arguments into bytes that routers do not read, and back (section "Payload Passthru Mode"). */
public interface PassthruCodec {
    /**
     * The arguments in {@code bytes}.
     *
     * @throws io.junctor.wamp.value.ProtocolViolation if they cannot be read; the text is safe to send and to log
     */
    Arguments open(Passthru passthru, byte[] bytes);

    /**
     * Seals arguments by the codec of this scheme.
     *
     * @throws RequestFailure if that cannot be done
     */
    Sealed seal(String scheme, Arguments arguments);

    /**
     * Immutable. Sealed arguments.
     *
     * @param passthru what receivers are told
     * @param arguments the bytes, as the only argument
     */
    record Sealed(Passthru passthru, Arguments arguments) {}
}
