package io.junctor.client.internal.websocket;

import org.eclipse.jetty.websocket.core.AbstractExtension;

/**
 * The extension permessage-deflate for Jetty. It passes on frames with the bit RSV1 unchanged; {@link MessageDeflation} compresses and
 * decompresses their messages. Jetty's own extension loses a message if a ping arrives between its frames, and accepts compressed data
 * that ends too early. Public because Jetty creates it.
 */
public final class MessageDeflateExtension extends AbstractExtension {
    /** Called by Jetty. */
    public MessageDeflateExtension() {}

    @Override
    public boolean isRsv1User() {
        return true;
    }
}
