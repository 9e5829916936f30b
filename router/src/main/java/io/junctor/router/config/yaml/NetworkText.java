package io.junctor.router.config.yaml;

import io.junctor.router.config.Network;
import org.jspecify.annotations.Nullable;

/** An address, or all addresses with the same leading bits. Immutable. */
record NetworkText() implements Scalar<Network> {

    @Override
    public String expected() {
        return "an address, or a network that begins there, such as 10.0.0.0/8";
    }

    @Override
    public @Nullable Network parse(String text) {
        return Network.parse(text);
    }
}
