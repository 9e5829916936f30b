package io.junctor.server.websocket;

import io.junctor.router.connection.transport.WireForm;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.MessageCompression;
import io.junctor.websocket.PermessageDeflate;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.eclipse.jetty.util.compression.CompressionPool;
import org.eclipse.jetty.util.compression.DeflaterPool;

/**
 * Makes whole frames of compressed messages (RFC 7692). A message is sent uncompressed if it is small, larger than a small window, or
 * not shortened by compression. Thread-safe.
 */
record CompressedWireForm(DeflaterPool deflaters, PermessageDeflate parameters, int opcode) implements WireForm {
    /** The smallest message that is compressed: for shorter ones, compression gains less than it costs. */
    static final int MIN_BYTES = 512;

    /** Returns whether clients can share the compressed bytes, which they can unless they limit the window. */
    @Override
    public boolean isShared() {
        return parameters.hasLargestWindow();
    }

    @Override
    public byte[] of(byte[] encoded) {
        if (encoded.length >= MIN_BYTES && parameters.mayCompress(encoded.length)) {
            byte[] compressed = deflate(encoded);
            if (compressed.length < encoded.length) {
                return frame(FrameHeader.FIN | FrameHeader.COMPRESSED | opcode, compressed);
            }
        }
        return frame(FrameHeader.FIN | opcode, encoded);
    }

    private byte[] deflate(byte[] encoded) {
        CompressionPool<Deflater>.Entry entry = deflaters.acquire();
        try {
            return MessageCompression.deflate(entry.get(), encoded);
        } finally {
            entry.release();
        }
    }

    private static byte[] frame(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(FrameHeader.bytes(payload.length) + payload.length);
        FrameHeader.put(frame, firstByte, payload.length);
        return frame.put(payload).array();
    }
}
