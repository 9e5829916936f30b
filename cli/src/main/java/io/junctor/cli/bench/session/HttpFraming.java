package io.junctor.cli.bench.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with one request after the other. Confined to the thread of its loop. */
final class HttpFraming implements Framing {
    /** Makes the requests and receives the responses. */
    interface Exchange {
        /** Returns the next request, or null if there is none at the moment. */
        byte @Nullable [] nextRequest();

        /** Receives the response to the last request. */
        void onResponse(int status, byte[] body);
    }

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
    private static final String HEAD_END = "\r\n\r\n";
    private static final byte[] EMPTY = {};
    private static final int NO_CONTENT = 204;

    private final Exchange exchange;
    private boolean awaitsResponse;
    /** The status of the response whose body is being read, or 0. */
    private int status;

    private byte[] body = EMPTY;
    private int bodyBytes;

    HttpFraming(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void open(WriteBuffer out) {
        flush(out);
    }

    @Override
    public void message(byte[] message, WriteBuffer out) {
        throw new IllegalStateException("a request is not sent as a message");
    }

    @Override
    public void flush(WriteBuffer out) {
        byte[] request = awaitsResponse ? null : exchange.nextRequest();
        if (request != null) {
            awaitsResponse = true;
            out.room(request.length).put(request);
        }
    }

    /** Returns whether the response to the last request is incomplete. */
    boolean awaitsResponse() {
        return awaitsResponse;
    }

    @Override
    public void read(ByteBuffer in, SocketTransport connection) {
        while (status != 0 || readHead(in)) {
            int bytes = Math.min(in.remaining(), body.length - bodyBytes);
            in.get(body, bodyBytes, bytes);
            bodyBytes += bytes;
            if (bodyBytes < body.length) {
                return;
            }
            int ended = status;
            status = 0;
            awaitsResponse = false;
            exchange.onResponse(ended, body);
            connection.flushLater();
        }
    }

    private boolean readHead(ByteBuffer in) {
        String answer = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = answer.indexOf(HEAD_END);
        if (end < 0) {
            return false;
        }
        String head = answer.substring(0, end);
        Matcher first = STATUS.matcher(head);
        if (!first.lookingAt()) {
            throw new BenchException("the server did not answer by HTTP/1.1.");
        }
        status = Integer.parseInt(first.group(1));
        Matcher length = LENGTH.matcher(head);
        boolean hasLength = length.find();
        if (!hasLength && status != NO_CONTENT) {
            throw new BenchException("the server sent a response without Content-Length.");
        }
        body = new byte[hasLength ? Integer.parseInt(length.group(1)) : 0];
        bodyBytes = 0;
        in.position(in.position() + end + HEAD_END.length());
        return true;
    }
}
