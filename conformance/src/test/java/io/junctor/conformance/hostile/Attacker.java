package io.junctor.conformance.hostile;

import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.WebSocketTransport.ReadMode;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Used by one thread; another one may end it. Runs one attack: draws what is sent, opens the connections, and closes all of them at the
 * end.
 */
final class Attacker {
    /** The ticket of {@link #USER}. */
    static final String TICKET = "right-ticket";

    /** The one user of the realm that has a ticket. */
    static final String USER = "user";

    private static final Map<String, Object> ROLES = Map.of(
            "roles", Map.of("caller", Map.of(), "callee", Map.of(), "publisher", Map.of(), "subscriber", Map.of()));
    private static final int NARROW_BYTES = 4_096;
    private static final int LEAST_HOLD_MILLIS = 200;
    private static final int MOST_HOLD_MILLIS = 1_500;
    private static final int STEP_MILLIS = 20;

    private final RouterProcess router;
    private final ByteRateLimit pace;
    private final RandomGenerator random;
    private final ConcurrentLinkedQueue<WebSocketTransport> links = new ConcurrentLinkedQueue<>();
    private volatile boolean over; // Written once, by the thread that ends the attack; no order is needed.
    private long messages;
    private long bytes;
    private int connections;

    Attacker(RouterProcess router, ByteRateLimit pace, RandomGenerator random) {
        this.router = router;
        this.pace = pace;
        this.random = random;
    }

    // ---- What is drawn.

    RandomGenerator random() {
        return random;
    }

    /** From {@code least} to {@code most}. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** A name that no other attack uses. */
    String freshName() {
        return "h" + Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX);
    }

    private Serializer serializer() {
        Serializer[] all = Serializer.values();
        return all[random.nextInt(all.length)];
    }

    // ---- Time.

    /** Whether the attack has to stop, however much of its work is left. */
    boolean isOver() {
        return over;
    }

    /** Whether the attack goes on and {@code connection} has not ended. */
    boolean mayUse(HostileConnection connection) {
        return !over && !connection.isClosed();
    }

    /** Waits until a message may be sent; false where the attack is over. */
    boolean mayStillSend(long length) throws InterruptedException {
        pace.await(length);
        messages++;
        bytes += length;
        return !over;
    }

    /** Keeps what the attack has built up for a while. */
    void hold() throws InterruptedException {
        for (int left = between(LEAST_HOLD_MILLIS, MOST_HOLD_MILLIS); left > 0 && !over; left -= STEP_MILLIS) {
            pause(STEP_MILLIS);
        }
    }

    void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Ends the attack: no more is sent, and what is under way ends with its connection. */
    void end() {
        over = true;
        links.forEach(WebSocketTransport::cut);
    }

    // ---- Connections.

    String realm() {
        return router.realm();
    }

    URI uri() {
        return router.uri();
    }

    /** A connection that has not said {@code HELLO}. */
    HostileConnection connect() throws IOException {
        return connect(ReadMode.KEEP);
    }

    /** A connection that does not read, and has little room for what is sent to it. */
    HostileConnection connect(ReadMode reading) throws IOException {
        Socket socket = new Socket();
        if (reading == ReadMode.NEVER) {
            socket.setReceiveBufferSize(NARROW_BYTES);
        }
        return connect(socket, reading);
    }

    /** A connection that comes from another address of this machine. */
    HostileConnection connectFromElsewhere() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("127.0." + between(1, 9) + "." + between(1, 250), 0));
        return connect(socket, ReadMode.KEEP);
    }

    private HostileConnection connect(Socket socket, ReadMode reading) throws IOException {
        WebSocketTransport link;
        try {
            link = WebSocketTransport.open(socket, uri(), serializer(), reading);
        } catch (AssertionError refused) {
            throw new IOException(refused);
        }
        links.add(link);
        connections++;
        if (over) {
            link.cut();
        }
        return new HostileConnection(link, this);
    }

    /** So many anonymous sessions, or fewer where the attack is over before; they join at once. */
    List<HostileConnection> join(int sessions) throws IOException, InterruptedException {
        List<HostileConnection> joined = new ArrayList<>(sessions);
        while (joined.size() < sessions && !over) {
            HostileConnection connection = connect();
            connection.send(HostileConnection.HELLO, realm(), ROLES);
            joined.add(connection);
        }
        for (HostileConnection connection : joined) {
            connection.awaitWelcome();
        }
        return joined;
    }

    /** A session, anonymous or of the user with a ticket as is drawn. */
    HostileConnection join() throws IOException, InterruptedException {
        return join(ReadMode.KEEP);
    }

    /** A session; where nothing is read, one cannot know whether the router let it in. */
    HostileConnection join(ReadMode reading) throws IOException, InterruptedException {
        HostileConnection connection = connect(reading);
        if (reading == ReadMode.KEEP) {
            boolean joined = connection.join(random.nextInt(20) == 0 ? ticketDetails() : ROLES);
            if (!joined) {
                throw new IOException("the router did not let a hostile client in");
            }
        } else {
            connection.send(HostileConnection.HELLO, realm(), ROLES);
        }
        return connection;
    }

    static Map<String, Object> ticketDetails() {
        return Map.of("roles", ROLES.get("roles"), "authmethods", List.of("ticket"), "authid", USER);
    }

    static Map<String, Object> detailsWith(String key, Object value) {
        return Map.of("roles", ROLES.get("roles"), key, value);
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    int connections() {
        return connections;
    }
}
