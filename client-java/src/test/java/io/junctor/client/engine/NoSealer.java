package io.junctor.client.engine;

import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;

/** Safe for use by many threads. Neither seals nor opens anything. */
final class NoSealer implements Sealer {
    @Override
    public Arguments open(Passthru passthru, byte[] bytes) {
        throw new ProtocolViolation("not opened here");
    }

    @Override
    public Sealed seal(String scheme, Arguments arguments) {
        throw Failure.of(WampError.INVALID_PAYLOAD, "not sealed here");
    }
}
