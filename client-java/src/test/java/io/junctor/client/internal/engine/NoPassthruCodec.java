package io.junctor.client.internal.engine;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestException;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;

/** A codec that neither encrypts nor decrypts. Thread-safe. */
final class NoPassthruCodec implements PassthruCodec {
    @Override
    public Arguments open(PassthruOptions passthru, byte[] bytes) {
        throw new ProtocolViolationException("not opened here");
    }

    @Override
    public SealedArguments seal(String scheme, Arguments arguments) {
        throw RequestException.of(WampError.INVALID_PAYLOAD, "not sealed here");
    }
}
