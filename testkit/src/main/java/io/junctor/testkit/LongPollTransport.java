package io.junctor.testkit;

import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client of the HTTP long-poll transport. Confined to the thread of the test; two virtual threads of this client send and poll.
 */
public final class LongPollTransport implements ClientTransport {
    /** The way in which the client receives messages. */
    public enum ReceiveMode {
        /** The response to each poll contains one message. */
        POLL,
        /** Like {@code POLL}, and each poll contains the number of the last message that arrived. */
        POLL_WITH_NUMBERS,
        /** The response to each poll contains all waiting messages. */
        BATCHES,
        /** One response is a stream of events, each with a message. */
        EVENTS
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern TRANSPORT = Pattern.compile("\"transport\":\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("code (\\d+)");
    private static final int TOO_LARGE_CODE = 1009;
    private static final byte[] STOP = {};

    private final URI base;
    private final Serializer serializer;
    private final ReceiveMode reading;
    private final BatchFormat batch;
    private final ReceivedQueue received = new ReceivedQueue();
    private final BlockingQueue<byte[]> toSend = new LinkedBlockingQueue<>();
    private final Thread sender;
    private long count;

    private LongPollTransport(URI base, Serializer serializer, ReceiveMode reading) {
        this.base = base;
        this.serializer = serializer;
        this.reading = reading;
        this.batch = new BatchFormat(serializer);
        this.sender = Thread.ofVirtual().start(this::sendAll);
        Thread.ofVirtual().start(this::receiveAll);
    }

    /** Opens a transport below the path of a WebSocket. Fails the test if the router refuses. */
    public static LongPollTransport open(URI webSocket, Serializer serializer, ReceiveMode reading) {
        return open(webSocket, serializer, reading, List.of());
    }

    /** Opens a transport by a request with additional header lines, such as {@code Cookie: ...}. */
    public static LongPollTransport open(
            URI webSocket, Serializer serializer, ReceiveMode reading, List<String> headers) {
        String name = new Subprotocol(serializer, reading == ReceiveMode.BATCHES).name();
        URI base = URI.create(webSocket.toString().replaceFirst("^ws", "http"));
        try {
            byte[] protocols = ("{\"protocols\":[\"" + name + "\"]}").getBytes(StandardCharsets.US_ASCII);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + "/open")).POST(BodyPublishers.ofByteArray(protocols));
            headers.forEach(line -> {
                int colon = line.indexOf(':');
                request.header(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            });
            HttpResponse<String> opened = HTTP.send(request.build(), BodyHandlers.ofString());
            Matcher id = TRANSPORT.matcher(opened.body());
            if (!id.find()) {
                throw new AssertionError("cannot open a long-poll transport: " + opened + " " + opened.body());
            }
            return new LongPollTransport(URI.create(base + "/" + id.group(1)), serializer, reading);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        toSend.add(message);
    }

    /** Sends a body that breaks the format of the protocol. */
    @Override
    public void sendInWrongFrame(byte[] message) {
        toSend.add(new byte[0]);
    }

    @Override
    public void cut() {
        close();
    }

    /** Closes the transport when all messages are sent. */
    @Override
    public void close() {
        toSend.add(STOP);
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable ReceivedItem receive(long timeoutMillis) {
        return received.poll(timeoutMillis);
    }

    private void sendAll() {
        try {
            for (byte[] message = toSend.take(); message != STOP; message = toSend.take()) {
                byte[] body =
                        reading == ReceiveMode.BATCHES && message.length > 0 ? batch.join(List.of(message)) : message;
                int status = HTTP.send(post(base + "/send", body), BodyHandlers.discarding())
                        .statusCode();
                if (status == 413) {
                    received.close(TOO_LARGE_CODE);
                }
            }
            HTTP.send(post(base + "/close", new byte[0]), BodyHandlers.discarding());
        } catch (IOException e) {
            received.close(ReceivedItem.Closed.DROPPED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receiveAll() {
        try {
            if (reading == ReceiveMode.EVENTS) {
                while (readEvents()) {
                    // The stream ended because a new one replaced it.
                }
            } else {
                while (poll()) {
                    // One more response.
                }
            }
        } catch (IOException | UncheckedIOException | InvalidBatchException e) {
            received.close(ReceivedItem.Closed.DROPPED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean poll() throws IOException, InterruptedException, InvalidBatchException {
        String after = reading == ReceiveMode.POLL_WITH_NUMBERS ? "?after=" + count : "";
        HttpResponse<byte[]> response =
                HTTP.send(post(base + "/receive" + after, new byte[0]), BodyHandlers.ofByteArray());
        switch (response.statusCode()) {
            case 200 -> {
                BatchReader messages = reading == ReceiveMode.BATCHES
                        ? batch.read(response.body())
                        : BatchReader.ofOne(response.body());
                while (messages.hasNext()) {
                    received.add(messages.next());
                    count++;
                }
            }
            case 204 -> {}
            default -> {
                close(new String(response.body(), StandardCharsets.UTF_8));
                return false;
            }
        }
        return true;
    }

    private boolean readEvents() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/events"))
                .header("Last-Event-ID", Long.toString(count))
                .build();
        HttpResponse<Stream<String>> response = HTTP.send(request, BodyHandlers.ofLines());
        StringBuilder data = new StringBuilder();
        Iterator<String> lines = response.body().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event:close") || response.statusCode() != 200) {
                close(lines.hasNext() ? lines.next() : line);
                return false;
            }
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line, 5, line.length());
            } else if (line.isEmpty() && !data.isEmpty()) {
                received.add(data.toString().getBytes(StandardCharsets.UTF_8));
                data.setLength(0);
                count++;
            }
        }
        return true;
    }

    private void close(String sentence) {
        Matcher code = CODE.matcher(sentence);
        received.close(code.find() ? Integer.parseInt(code.group(1)) : ReceivedItem.Closed.DROPPED);
    }

    private static HttpRequest post(String uri, byte[] body) {
        return HttpRequest.newBuilder(URI.create(uri))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
