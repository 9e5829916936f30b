package io.junctor.server.longpoll;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The messages for one client in order, numbered from 1: those that were sent and may have to be sent again, and behind them those
 * that were not sent yet. Guarded by its owner.
 */
final class RetransmissionBuffer {
    /** So many bytes of sent messages are kept at most for a client that does not acknowledge. */
    static final int KEPT_BYTES = 1 << 13;

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private long firstNumber = 1;
    private int sent;
    private int sentBytes;

    void add(List<byte[]> more) {
        messages.addAll(more);
    }

    boolean hasUnsent() {
        return messages.size() > sent;
    }

    /** Whether sent messages take no more memory than the router keeps for a client. */
    boolean isKeptSmall() {
        return sentBytes <= KEPT_BYTES;
    }

    /** The number of the next message to send. */
    long nextNumber() {
        return firstNumber + sent;
    }

    /** Takes the next messages to send, one or all: they count as sent, as the client may acknowledge them soon. */
    List<byte[]> take(boolean several) {
        List<byte[]> taken = messages.stream()
                .skip(sent)
                .limit(several ? messages.size() : 1)
                .toList();
        sent += taken.size();
        sentBytes += taken.stream().mapToInt(message -> message.length).sum();
        return taken;
    }

    /** These messages, the last ones that were taken, were not sent. */
    void giveBack(List<byte[]> taken) {
        sent -= taken.size();
        sentBytes -= taken.stream().mapToInt(message -> message.length).sum();
    }

    /** Forgets the oldest sent messages until those that are left are few bytes. */
    void keepFew() {
        while (sent > 0 && !isKeptSmall()) {
            forget();
        }
    }

    /**
     * The client has received the messages up to this number; those behind it are sent again.
     *
     * @return false if messages behind it are not kept any more, or this number was never sent
     */
    boolean acknowledge(long number) {
        if (number < firstNumber - 1 || number >= nextNumber()) {
            return false;
        }
        while (firstNumber <= number) {
            forget();
        }
        sent = 0;
        sentBytes = 0;
        return true;
    }

    /** The client has received all messages that were sent. */
    void acknowledgeSent() {
        while (sent > 0) {
            forget();
        }
    }

    private void forget() {
        sentBytes -= messages.removeFirst().length;
        sent--;
        firstNumber++;
    }
}
