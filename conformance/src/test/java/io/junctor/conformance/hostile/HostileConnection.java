package io.junctor.conformance.hostile;

import io.junctor.testkit.Peer;
import io.junctor.testkit.ReceivedItem;
import io.junctor.testkit.WebSocketTransport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread. A connection of an attack. What the router answers, whether it refuses or closes, is no failure: the connection
 * is then closed, and sending to it does nothing.
 */
final class HostileConnection {
    static final int HELLO = 1;
    static final int AUTHENTICATE = 5;
    static final int PUBLISH = 16;
    static final int SUBSCRIBE = 32;
    static final int SUBSCRIBED = 33;
    static final int UNSUBSCRIBE = 34;
    static final int CALL = 48;
    static final int REGISTER = 64;
    static final int ERROR = 8;

    private static final int WELCOME = 2;
    private static final int CHALLENGE = 4;
    private static final int TEXT_FRAME = 1;
    private static final int BINARY_FRAME = 2;
    private static final long PATIENCE_MILLIS = 3_000;
    /** The keys of a ticket are derived slowly, the more so beside other attacks. */
    private static final long JOIN_MILLIS = 10_000;

    private final WebSocketTransport link;
    private final Peer peer;
    private final Attacker attacker;
    private long request;

    HostileConnection(WebSocketTransport link, Attacker attacker) {
        this.link = link;
        this.peer = new Peer(link);
        this.attacker = attacker;
    }

    boolean isClosed() {
        return link.isClosed();
    }

    /** A message in this connection's serialization. */
    byte[] encode(Object... elements) {
        return peer.encodeList(elements);
    }

    void send(Object... elements) throws InterruptedException {
        sendMessage(encode(elements));
    }

    /** Sends a request: its type, an id, and what follows. */
    void request(int type, Object... rest) throws InterruptedException {
        sendMessage(encodeRequest(type, rest));
    }

    byte[] encodeRequest(int type, Object... rest) {
        Object[] elements = new Object[rest.length + 2];
        elements[0] = type;
        elements[1] = ++request;
        System.arraycopy(rest, 0, elements, 2, rest.length);
        return encode(elements);
    }

    /** Sends a whole message when it is due; nothing when the attack is over. */
    void sendMessage(byte[] message) throws InterruptedException {
        if (attacker.mayStillSend(message.length)) {
            link.send(message);
        }
    }

    /** Sends bytes without a frame around them. */
    void sendRaw(byte[] bytes) throws InterruptedException {
        if (attacker.mayStillSend(bytes.length)) {
            link.sendRaw(bytes);
        }
    }

    /** Begins a message of {@code announced} bytes, of which so many follow now. */
    void sendHead(long announced, byte[] begin) throws InterruptedException {
        if (attacker.mayStillSend(begin.length)) {
            link.sendLyingFrame(0x80 | opcode(), announced, begin);
        }
    }

    int opcode() {
        return link.serializer().isText() ? TEXT_FRAME : BINARY_FRAME;
    }

    void ignorePings() {
        link.ignorePings();
    }

    /** Joins; whether the router let it in. */
    boolean join(Map<String, ?> details) throws InterruptedException {
        send(HELLO, attacker.realm(), details);
        return awaitWelcome();
    }

    /** Waits for the answer to {@code HELLO}, and answers a challenge; whether the router let it in. */
    boolean awaitWelcome() throws InterruptedException {
        List<@Nullable Object> answer = receive(JOIN_MILLIS);
        if (isOfType(answer, CHALLENGE)) {
            send(AUTHENTICATE, Attacker.TICKET, Map.of());
            answer = receive(JOIN_MILLIS);
        }
        return isOfType(answer, WELCOME);
    }

    /** Sends a request and returns the router's answer, an empty list where none came. */
    List<@Nullable Object> ask(int type, Object... rest) throws InterruptedException {
        request(type, rest);
        return receive();
    }

    /** The next message, or an empty list where the connection has ended or nothing comes. */
    List<@Nullable Object> receive() {
        return receive(PATIENCE_MILLIS);
    }

    private List<@Nullable Object> receive(long millis) {
        ReceivedItem arrival = link.receive(millis);
        return arrival instanceof ReceivedItem.Message message ? peer.decodeList(message.bytes()) : List.of();
    }

    static boolean isOfType(List<@Nullable Object> message, int type) {
        return !message.isEmpty() && message.getFirst() instanceof Number number && number.intValue() == type;
    }

    void cut() {
        link.cut();
    }
}
