package io.junctor.server.websocket;

import io.junctor.router.connection.Connection;
import io.junctor.router.connection.ConnectionAcceptor;
import io.junctor.router.connection.MessageReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Safe for use by many threads. Takes connections for a test, records what they deliver and answers as the test says. */
public final class Switchboard implements ConnectionAcceptor {
    private final BlockingQueue<Line> opened = new LinkedBlockingQueue<>();
    private final BiConsumer<Line, byte[]> script;

    /** Calls {@code script} for every message; it may answer and demand. */
    public Switchboard(BiConsumer<Line, byte[]> script) {
        this.script = script;
    }

    /** Asks for the next message and sends this one back: whoever has it back knows that the router reads on. */
    public static Switchboard echo() {
        return new Switchboard((line, message) -> {
            line.connection.demand();
            line.send(message);
        });
    }

    /** Records messages and asks for the next. */
    public static Switchboard recorder() {
        return new Switchboard((line, message) -> line.connection.demand());
    }

    @Override
    public MessageReceiver accept(Connection connection) {
        Line line = new Line(connection, script);
        connection.demand();
        opened.add(line);
        return line;
    }

    /** The next connection that came. */
    public Line await() throws InterruptedException {
        Line line = opened.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no connection came");
        }
        return line;
    }

    /** One connection and what it delivered. */
    public static final class Line implements MessageReceiver {
        public final Connection connection;
        public final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        public final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
        public final List<String> endings = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        private final BiConsumer<Line, byte[]> script;
        private final List<byte[]> waiting = new ArrayList<>();
        private boolean writing;

        private Line(Connection connection, BiConsumer<Line, byte[]> script) {
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

        /** Sends in order, handing over everything at hand when the transport has taken what went before. */
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

        byte[] message() throws InterruptedException {
            byte[] message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message came");
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
