package io.junctor.server.websocket;

import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.PermessageDeflate;
import org.eclipse.jetty.util.compression.DeflaterPool;
import org.eclipse.jetty.util.compression.InflaterPool;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that client and router agreed on in the opening handshake.
 *
 * @param compression the parameters of permessage-deflate, or null if messages are not compressed
 * @param deflaters the deflaters of the listener
 * @param inflaters the inflaters of the listener
 */
record NegotiatedParameters(
        Subprotocol subprotocol,
        @Nullable PermessageDeflate compression,
        DeflaterPool deflaters,
        InflaterPool inflaters) {}
