package io.junctor.examples;

import io.junctor.client.Args;
import io.junctor.client.Client;
import io.junctor.client.Invocation;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A microservice: takes orders as long as there is stock, and publishes each order. Its handlers run on virtual threads, many at a
 * time. Thread-safe.
 *
 * <p>Run with {@code examples/run OrderService}, and then {@code examples/run OrderCaller} beside it.
 */
public final class OrderService {
    /** An order, which a caller sends. Jackson reads and writes it. */
    record Order(String item, int count) {}

    /** The receipt that a caller gets for an order. */
    record Receipt(long number, String item, int left) {}

    private final Map<String, Integer> stock = new HashMap<>(Map.of("tea", 10, "coffee", 5));
    private final AtomicLong numbers = new AtomicLong();
    private final Session session;

    private OrderService(Session session) {
        this.session = session;
    }

    /** Serves until the router ends the session; the first argument is the router's address. */
    public static void main(String[] args) {
        String uri = args.length > 0 ? args[0] : "ws://127.0.0.1:8080/ws";
        try (Session session = Client.builder(uri).realm("realm1").build().join()) {
            OrderService service = new OrderService(session);
            session.register("shop.order.create", service::create);
            System.out.println("taking orders");
            System.out.println("stopped: " + session.awaitLeave().reason());
        } catch (WampException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private Receipt create(Invocation invocation) {
        Order order = invocation.argument(0, Order.class);
        int left = take(order);
        Receipt receipt = new Receipt(numbers.incrementAndGet(), order.item(), left);
        session.publish("shop.order.created", Args.of(receipt.number()).with("item", order.item()));
        return receipt;
    }

    /** Answers a call. A procedure returns an error of its own by throwing a WampException. */
    private synchronized int take(Order order) {
        int have = stock.getOrDefault(order.item(), 0);
        if (have < order.count()) {
            throw new WampException(
                    "shop.error.out_of_stock",
                    Args.of("not enough " + order.item()).with("left", have));
        }
        stock.put(order.item(), have - order.count());
        return have - order.count();
    }
}
