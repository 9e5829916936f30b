package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of the router are taken, and all else is left to the library, however the bytes come. */
class MessagePortTest {
    private static final String OURS = "junctor.plant.";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream ofLibrary = new ByteArrayOutputStream();
    private final List<String> taken = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    @Test
    void whatTheServerSendsIsSortedHoweverItComes() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            sent.reset();
            ofLibrary.reset();
            taken.clear();
            expected.clear();
            for (int i = 0; i < 60; i++) {
                send(random);
            }
            ByteArrayOutputStream left = read(random);
            assertThat(taken).as("seed %d", seed).isEqualTo(expected);
            assertThat(left.toByteArray()).as("seed %d", seed).isEqualTo(ofLibrary.toByteArray());
        }
    }

    @Test
    void aReceiverThatFailsDoesNotEndTheReading() throws IOException {
        sent.writeBytes("MSG junctor.plant.fails 7 2\r\nab\r\nPING\r\n".getBytes(ISO_8859_1));
        assertThat(read(new Random(1)).toString(ISO_8859_1)).isEqualTo("PING\r\n");
    }

    private void send(Random random) {
        switch (random.nextInt(6)) {
            case 0 -> library("PING\r\n");
            case 1 -> library("INFO {\"server_id\":\"" + "x".repeat(random.nextInt(200_000)) + "\"}\r\n");
            case 2 -> library("MSG other.subject 3 answer.1 5\r\nMSG j\r\n");
            case 3 -> library("HMSG junctor.plant.u.1 4 16 19\r\nNATS/1.0 503\r\n\r\n\r\nx\r\n");
            default -> message(random);
        }
    }

    private void message(Random random) {
        StringBuilder body = new StringBuilder();
        int length = random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(30);
        while (body.length() < length) {
            body.append("\r\nMSG junctor.plant.a 1 2\r\n".charAt(random.nextInt(26)));
        }
        String subject = OURS + random.nextInt(5);
        String answer = random.nextBoolean() ? " answer.2" : "";
        sent.writeBytes(
                ("MSG " + subject + " 12" + answer + " " + length + "\r\n" + body + "\r\n").getBytes(ISO_8859_1));
        expected.add(subject + " " + body);
    }

    private void library(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        sent.writeBytes(bytes);
        ofLibrary.writeBytes(bytes);
    }

    /** Reads all in pieces; returns what is the library's. */
    private ByteArrayOutputStream read(Random random) throws IOException {
        byte[] all = sent.toByteArray();
        int[] position = {0};
        MessagePort.Source source = (target, offset, length) -> {
            int piece = random.nextBoolean() ? 1 + random.nextInt(40) : length;
            int count = Math.min(Math.min(piece, length), all.length - position[0]);
            System.arraycopy(all, position[0], target, offset, count);
            position[0] += count;
            return count == 0 ? -1 : count;
        };
        MessagePort.Filter filter = new MessagePort.Filter(new Recording(), source);
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        byte[] target = new byte[64];
        int length = 1 + random.nextInt(target.length);
        for (int count = filter.read(target, 0, length); count >= 0; count = filter.read(target, 0, length)) {
            left.write(target, 0, count);
        }
        return left;
    }

    private final class Recording implements MessagePort.Taker {
        @Override
        public MessagePort.Receiver takerOf(String subject) {
            if (!subject.startsWith(OURS)) {
                return null;
            }
            return (same, body) -> {
                if (same.endsWith("fails")) {
                    throw new IllegalStateException("as the test wants it");
                }
                taken.add(same + " " + new String(body, ISO_8859_1));
            };
        }

        @Override
        public void onRead(boolean isMore) {}
    }
}
