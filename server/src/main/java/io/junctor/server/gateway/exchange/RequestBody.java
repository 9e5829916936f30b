package io.junctor.server.gateway.exchange;

import io.junctor.router.memory.IncomingMessageBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request. Until it is closed, its memory is counted as memory of incoming messages. Confined to one thread. */
public final class RequestBody implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 13;

    private final IncomingMessageBudget.Share share;
    private final byte[] bytes;

    private RequestBody(IncomingMessageBudget.Share share, byte[] bytes) {
        this.share = share;
        this.bytes = bytes;
    }

    /**
     * Waits for the whole body and returns it.
     *
     * @param limitBytes the largest body
     * @param limitKey the configuration key of this limit
     * @throws ProblemException if the body is larger, or does not arrive
     */
    public static RequestBody read(Request request, IncomingMessageBudget incoming, int limitBytes, String limitKey)
            throws ProblemException {
        if (request.getLength() > limitBytes) {
            throw tooLarge(limitBytes, limitKey);
        }
        IncomingMessageBudget.Share share =
                incoming.share(() -> request.fail(new IOException("limit incoming_heap_percent is reached")));
        try (InputStream input = Content.Source.asInputStream(request)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = input.read(buffer);
            while (read >= 0) {
                if (read > limitBytes - body.size()) {
                    share.hold(0);
                    throw tooLarge(limitBytes, limitKey);
                }
                body.write(buffer, 0, read);
                share.hold(body.size());
                read = input.read(buffer);
            }
            return new RequestBody(share, body.toByteArray());
        } catch (IOException lost) {
            share.hold(0);
            throw new ProblemException(
                    HttpStatus.REQUEST_TIMEOUT_408,
                    "The body did not arrive in time, or the incoming messages of all clients hold too much memory.");
        }
    }

    private static ProblemException tooLarge(int limitBytes, String limitKey) {
        return new ProblemException(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "The body has more than " + limitBytes + " bytes (" + limitKey + ").");
    }

    /** Returns the bytes of the body. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        share.hold(0);
    }
}
