package io.junctor.cluster.figures;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The process that receives what {@link Figures} sends, until its input ends: gives credit for messages, or answers requests. */
public final class OtherSide {
    private OtherSide() {}

    /** Arguments: {@code plain}, {@code lane} or {@code answers}, and the URL of the server. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("answers")) {
            answer(arguments[1]);
        } else {
            giveCredit(arguments[0], arguments[1]);
        }
    }

    private static void answer(String url) throws Exception {
        try (Connection connection = Nats.connect(url)) {
            connection
                    .createDispatcher()
                    .subscribe(
                            Figures.REQUESTS, request -> connection.publish(request.getReplyTo(), request.getData()));
            connection.flush(Duration.ofSeconds(2));
            awaitEnd();
        }
    }

    private static void giveCredit(String road, String url) throws Exception {
        AtomicLong taken = new AtomicLong();
        try (Road way = Road.open(road, url, false)) {
            way.take(Road.DATA, count -> {
                long before = taken.getAndAdd(count);
                for (long i = before / Figures.CREDIT; i < (before + count) / Figures.CREDIT; i++) {
                    way.send(Road.CREDIT, new byte[0]);
                }
            });
            awaitEnd();
        }
    }

    private static void awaitEnd() throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing is sent to this process.
        }
    }
}
