package io.junctor.server.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection that knows whether it has read more records than it has decrypted, so that a burst of small records
 * costs one read of the socket and one pass. Thread-safe.
 */
public final class TlsConnection extends SslConnection {
    private static final int HEADER_BYTES = 5;
    private static final int LENGTH_AT = 3;

    /**
     * True if a whole record is read but not decrypted. Written by the thread that fills, under the lock of the
     * connection; read by the reading thread.
     */
    private volatile boolean more;

    TlsConnection(Connector door, SslContextFactory context, EndPoint socket, SSLEngine engine) {
        super(door.getByteBufferPool(), door.getExecutor(), context, socket, engine, true, true);
    }

    /** Returns the TLS connection of {@code endPoint}; null if {@code endPoint} does not use TLS. */
    public static @Nullable TlsConnection of(EndPoint endPoint) {
        return endPoint instanceof SslEndPoint tls && tls.getSslConnection() instanceof TlsConnection own ? own : null;
    }

    /** Returns the certificate that the client has presented; null if it has presented none, or without TLS. */
    public static @Nullable X509Certificate clientCertificate(EndPoint endPoint) {
        EndPoint.SslSessionData tls = endPoint.getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    /** Returns true if the connection can fill a buffer without reading from its socket. */
    public boolean hasMore() {
        return more;
    }

    @Override
    protected int networkFill(ByteBuffer input) throws IOException {
        return holdsRecord(input) ? 0 : super.networkFill(input);
    }

    @Override
    protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
        SSLEngineResult result = super.unwrap(engine, input, output);
        more = holdsRecord(input);
        return result;
    }

    /** Returns true if {@code input} begins with a whole record (RFC 8446, section 5.1). */
    private static boolean holdsRecord(ByteBuffer input) {
        return input.remaining() >= HEADER_BYTES
                && input.remaining() - HEADER_BYTES >= (input.getShort(input.position() + LENGTH_AT) & 0xFFFF);
    }
}
