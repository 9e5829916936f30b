package io.junctor.server.longpoll;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The messages for one client in order, numbered from 1: first the sent messages that may have to be sent again, then the messages
 * that were not sent yet. Guarded by its owner.
 */
final class RetransmissionBuffer {
    /** The most bytes of sent messages that are kept for a client that does not acknowledge. */
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

    /** Returns whether the sent messages take no more than {@link #KEPT_BYTES}. */
    boolean isKeptSmall() {
        return sentBytes <= KEPT_BYTES;
    }

    /** Returns the number of the next message to send. */
    long nextNumber() {
        return firstNumber + sent;
    }

    /** Returns the next messages to send, one or all, and treats them as sent, because the client may acknowledge them soon. */
    List<byte[]> take(boolean several) {
        List<byte[]> taken = messages.stream()
                .skip(sent)
                .limit(several ? messages.size() : 1)
                .toList();
        sent += taken.size();
        sentBytes += taken.stream().mapToInt(message -> message.length).sum();
        return taken;
    }

    /** Treats the last taken messages as not sent. */
    void giveBack(List<byte[]> taken) {
        sent -= taken.size();
        sentBytes -= taken.stream().mapToInt(message -> message.length).sum();
    }

    /** Discards the oldest sent messages until the others take no more than {@link #KEPT_BYTES}. */
    void keepFew() {
        while (sent > 0 && !isKeptSmall()) {
            forget();
        }
    }

    /**
     * Notes that the client has received the messages up to this number; the later ones are sent again.
     *
     * @return false if later messages are no longer kept, or if no message with this number was sent
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

    /** Notes that the client has received all sent messages. */
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
