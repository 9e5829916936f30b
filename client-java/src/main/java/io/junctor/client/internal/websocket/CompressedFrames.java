package io.junctor.client.internal.websocket;

import org.eclipse.jetty.websocket.core.AbstractExtension;

/**
 * The extension permessage-deflate for Jetty: lets frames with the bit RSV1 pass, whose messages {@link MessageDeflation} compresses and
 * decompresses. Jetty's own extension forgets the message that has begun when a ping comes between its frames, and takes data that
 * ends early. Public because Jetty creates it.
 */
public final class CompressedFrames extends AbstractExtension {
    /** Called by Jetty. */
    public CompressedFrames() {}

    @Override
    public boolean isRsv1User() {
        return true;
    }
}
