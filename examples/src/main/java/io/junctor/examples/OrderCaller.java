package io.junctor.examples;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.WampException;

/**
 * Another microservice: orders until the shop has no more.
 *
 * <p>Run with {@code examples/run OrderCaller} while {@code examples/run OrderService} runs.
 */
public final class OrderCaller {
    record Order(String item, int count) {}

    record Receipt(long number, String item, int left) {}

    private OrderCaller() {}

    /** Orders tea, four at a time; the first argument is the router's address. */
    public static void main(String[] args) {
        String uri = args.length > 0 ? args[0] : "ws://127.0.0.1:8080/ws";
        try (Session session = Client.builder(uri).realm("realm1").build().join()) {
            boolean more = true;
            while (more) {
                more = order(session);
            }
        } catch (WampException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /** Returns whether the shop had enough tea. */
    private static boolean order(Session session) {
        try {
            Receipt receipt =
                    session.call("shop.order.create", new Order("tea", 4)).as(Receipt.class);
            System.out.println("order " + receipt.number() + " placed, " + receipt.left() + " left");
            return true;
        } catch (WampException refused) {
            if (!refused.uri().equals("shop.error.out_of_stock")) {
                throw refused;
            }
            System.out.println(refused.getMessage() + " " + refused.keywords());
            return false;
        }
    }
}
