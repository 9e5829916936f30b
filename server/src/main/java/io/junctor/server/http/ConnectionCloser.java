package io.junctor.server.http;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Closes the connection of a request. */
public final class ConnectionCloser {
    private ConnectionCloser() {}

    /**
     * Closes the connection of a request whose client accepts no bytes; for HTTP/2 only its stream. A write of the response that is in
     * progress then fails. To fail the callback of the request instead is not safe during a write: Jetty may complete the request twice.
     */
    public static void close(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection instanceof HTTP2Connection http2) {
            Stream stream = http2.getSession().getStream(Integer.parseInt(request.getId()));
            if (stream != null) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            }
        } else {
            connection.getEndPoint().close();
        }
    }
}
