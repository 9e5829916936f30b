package io.junctor.testkit;

import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.connection.transport.MessageReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Accepts connections in place of a router and records their messages; a script answers the messages. Thread-safe. */
public final class RecordingAcceptor implements ConnectionAcceptor {
    private final BlockingQueue<AcceptedConnection> opened = new LinkedBlockingQueue<>();
    private final BiConsumer<AcceptedConnection, byte[]> script;

    /** Creates an acceptor that calls {@code script} for every message; the script may answer and demand the next message. */
    public RecordingAcceptor(BiConsumer<AcceptedConnection, byte[]> script) {
        this.script = script;
    }

    /** Creates an acceptor that demands messages and sends each one back, so that the client knows that it was read. */
    public static RecordingAcceptor echo() {
        return new RecordingAcceptor((accepted, message) -> {
            accepted.connection.demand();
            accepted.send(message);
        });
    }

    /** Creates an acceptor that demands the next message after each one. */
    public static RecordingAcceptor recorder() {
        return new RecordingAcceptor((accepted, message) -> accepted.connection.demand());
    }

    @Override
    public MessageReceiver accept(Connection connection) {
        AcceptedConnection accepted = new AcceptedConnection(connection, script);
        connection.demand();
        opened.add(accepted);
        return accepted;
    }

    /** Waits for the next connection. */
    public AcceptedConnection await() throws InterruptedException {
        AcceptedConnection accepted = opened.poll(10, TimeUnit.SECONDS);
        if (accepted == null) {
            throw new AssertionError("no connection was opened");
        }
        return accepted;
    }

    /** A connection with the messages that it delivered. */
    public static final class AcceptedConnection implements MessageReceiver {
        public final Connection connection;
        public final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        public final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
        public final List<String> endings = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        private final BiConsumer<AcceptedConnection, byte[]> script;
        private final List<byte[]> waiting = new ArrayList<>();
        private boolean writing;

        private AcceptedConnection(Connection connection, BiConsumer<AcceptedConnection, byte[]> script) {
            this.connection = connection;
            this.script = script;
        }

        @Override
        public void onMessage(byte[] message) {
            messages.add(message);
            script.accept(this, message);
        }

        @Override
        public void onFault(String problem) {
            faults.add(problem);
        }

        @Override
        public void onClosed(String cause) {
            endings.add(cause);
            ended.add(cause);
        }

        /** Sends messages in order: all waiting messages are sent in one write when the previous write is done. */
        public void send(byte[] message) {
            synchronized (waiting) {
                waiting.add(message);
                if (writing) {
                    return;
                }
                writing = true;
            }
            writeNext();
        }

        private void writeNext() {
            List<byte[]> batch;
            synchronized (waiting) {
                batch = List.copyOf(waiting);
                waiting.clear();
                writing = !batch.isEmpty();
            }
            if (!batch.isEmpty()) {
                connection.write(batch, this::writeNext);
            }
        }

        public byte[] message() throws InterruptedException {
            byte[] message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message was delivered");
            }
            return message;
        }

        public String fault() throws InterruptedException {
            return faults.poll(10, TimeUnit.SECONDS);
        }

        public String ending() throws InterruptedException {
            return ended.poll(10, TimeUnit.SECONDS);
        }
    }
}
