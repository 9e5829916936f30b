package io.junctor.cli.bench.session;

import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-poll with two sockets: one sends, the other polls. While a request is in progress, messages wait for the next request.
 * Confined to the thread of its loop.
 */
final class LongPollTransport implements SessionTransport {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final Pattern ID = Pattern.compile("\"transport\":\"([^\"]+)\"");
    private static final byte[] NOTHING = {};

    private final SelectorLoop loop;
    private final TargetRouter target;
    private final LoadSession session;
    private final @Nullable BatchFormat batch;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    /** The identifier of the transport; empty until the router has sent it. */
    private String id = "";

    /** Whether the end of the connection is expected. */
    private boolean closing;

    /** Whether to ask the router to close the transport after the waiting messages are sent. */
    private boolean closeWanted;

    private boolean closeSent;

    /** Whether the router has closed the transport. */
    private boolean isClosed;

    private boolean pauses;
    private @Nullable SocketTransport sender;
    private @Nullable SocketTransport poller;

    LongPollTransport(SelectorLoop loop, TargetRouter target, LoadSession session) {
        this.loop = loop;
        this.target = target;
        this.session = session;
        this.batch = target.batched() ? new BatchFormat(target.serializer()) : null;
        this.sender = new IdleTolerantSocket(new SendExchange()).open();
    }

    @Override
    public void send(byte[] message) {
        waiting.add(message);
        wakeSender();
    }

    private void wakeSender() {
        SocketTransport open = sender;
        if (open == null) {
            sender = new IdleTolerantSocket(new SendExchange()).open();
        } else {
            open.flushLater();
        }
    }

    @Override
    public void expectEnd() {
        closing = true;
    }

    @Override
    public void stopReading() {
        pauses = true;
    }

    @Override
    public void close() {
        closing = true;
        if (id.isEmpty() || isClosed) {
            closeSockets();
        } else if (!closeWanted) {
            closeWanted = true;
            wakeSender();
        }
    }

    private void closeSockets() {
        closeSocket(sender);
        closeSocket(poller);
    }

    private static void closeSocket(@Nullable SocketTransport socket) {
        if (socket != null) {
            socket.expectEnd();
            socket.close();
        }
    }

    private byte[] request(String action, byte[] body) {
        byte[] head = target.post(action, body.length).getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static BenchException refused(String what, int status, byte[] body) {
        return new BenchException("the router answered " + what + " with status " + status + ": "
                + new String(body, StandardCharsets.UTF_8).strip());
    }

    /** A socket that the router may close while no request is in progress. */
    private final class IdleTolerantSocket implements SocketTransport.Listener {
        private final HttpFraming framing;
        private @Nullable SocketTransport socket;

        IdleTolerantSocket(HttpFraming.Exchange exchange) {
            this.framing = new HttpFraming(exchange);
        }

        SocketTransport open() {
            SocketTransport opened = loop.open(target, framing, this);
            opened.expectEnd();
            socket = opened;
            return opened;
        }

        @Override
        public void onOpened() {}

        @Override
        public void onMessage(byte[] message) {}

        @Override
        public void onEnd() {
            if (!closing && framing.awaitsResponse()) {
                throw new BenchException("lost a connection, the server closed it before it had answered.");
            }
            if (socket == sender) {
                sender = null;
            }
        }
    }

    /** Opens the transport, then sends messages. */
    private final class SendExchange implements HttpFraming.Exchange {
        @Override
        public byte @Nullable [] nextRequest() {
            if (id.isEmpty()) {
                String body = "{\"protocols\":[\"" + target.subprotocol() + "\"]}";
                return request("open", body.getBytes(StandardCharsets.US_ASCII));
            }
            byte[] first = waiting.poll();
            if (first == null) {
                boolean closes = closeWanted && !closeSent;
                closeSent |= closes;
                return closes ? request(id + "/close", NOTHING) : null;
            }
            return request(id + "/send", batch == null ? first : batch.join(withFirst(first)));
        }

        private List<byte[]> withFirst(byte[] first) {
            List<byte[]> all = new ArrayList<>();
            all.add(first);
            all.addAll(waiting);
            waiting.clear();
            return all;
        }

        @Override
        public void onResponse(int status, byte[] body) {
            if (!id.isEmpty()) {
                if (status != NO_CONTENT && !closing) {
                    throw refused("a request that sends", status, body);
                }
                if (closeSent) {
                    isClosed = true;
                    closeSockets();
                }
                return;
            }
            Matcher named = ID.matcher(new String(body, StandardCharsets.UTF_8));
            if (status != OK || !named.find()) {
                throw refused("the request that opens a transport", status, body);
            }
            id = named.group(1);
            session.onOpened();
            poller = new IdleTolerantSocket(new PollExchange()).open();
        }
    }

    /** Polls for messages. */
    private final class PollExchange implements HttpFraming.Exchange {
        @Override
        public byte @Nullable [] nextRequest() {
            return pauses || isClosed ? null : request(id + "/receive", NOTHING);
        }

        @Override
        public void onResponse(int status, byte[] body) {
            switch (status) {
                case OK -> deliver(body);
                case NO_CONTENT -> {}
                case NOT_FOUND -> onGone(body);
                default -> throw refused("a poll", status, body);
            }
        }

        private void onGone(byte[] body) {
            if (!closing) {
                throw refused("a poll", NOT_FOUND, body);
            }
            isClosed = true;
            closeSockets();
            session.onEnd();
        }

        private void deliver(byte[] body) {
            if (batch == null) {
                session.onMessage(body);
                return;
            }
            try {
                BatchReader messages = batch.read(body);
                while (messages.hasNext()) {
                    session.onMessage(messages.next());
                }
            } catch (InvalidBatchException e) {
                throw new BenchException("the server sent " + e.getMessage() + ".");
            }
        }
    }
}
