package io.junctor.conformance.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a NATS server that speaks its protocol by hand: publishes anything, asks JetStream. For one thread. */
final class RawNats implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;
    private static final AtomicInteger INBOXES = new AtomicInteger();

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int subscriptions;

    RawNats(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        line();
        write(
                "CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true,\"lang\":\"test\",\"version\":\"1\"}\r\n");
        flush();
    }

    void publish(String subject, byte[] payload) throws IOException {
        publish(subject, "", payload);
    }

    private void publish(String subject, String reply, byte[] payload) throws IOException {
        write("PUB " + subject + (reply.isEmpty() ? "" : " " + reply) + " " + payload.length + "\r\n");
        out.write(payload);
        write("\r\n");
        out.flush();
    }

    /** Waits until the server has taken everything. */
    void flush() throws IOException {
        write("PING\r\n");
        out.flush();
        while (!line().equals("PONG")) {
            // What came before.
        }
    }

    /** Begins to hear a subject, which may be a pattern. */
    void subscribe(String subject) throws IOException {
        write("SUB " + subject + " " + ++subscriptions + "\r\n");
        flush();
    }

    /** The payload of the next message of any subscription. */
    byte[] next() throws IOException {
        while (true) {
            String line = line();
            if (line.equals("PING")) {
                write("PONG\r\n");
                out.flush();
            } else if (line.startsWith("MSG ") || line.startsWith("HMSG ")) {
                String[] words = line.split(" ", -1);
                byte[] payload = new byte[Integer.parseInt(words[words.length - 1])];
                in.readFully(payload);
                line();
                int header = line.startsWith("HMSG ") ? Integer.parseInt(words[words.length - 2]) : 0;
                return java.util.Arrays.copyOfRange(payload, header, payload.length);
            } else if (line.startsWith("-ERR")) {
                throw new IOException(line);
            }
        }
    }

    /** Asks, and returns the answer. */
    String request(String subject, String payload) throws IOException {
        String inbox = "_INBOX.test" + INBOXES.incrementAndGet();
        subscribe(inbox);
        publish(subject, inbox, payload.getBytes(ISO_8859_1));
        return new String(next(), ISO_8859_1);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.readUnsignedByte(); read != '\n'; read = in.readUnsignedByte()) {
            line.write(read);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
