package io.junctor.server.services;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.http.HookQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for delivery, in order for each topic. The queue counts an event until its delivery has ended. Thread-safe.
 */
final class DeliveryQueue {
    private final HookQueue limits;

    @GuardedBy("this")
    private final Map<String, Deque<Delivery>> waitingByTopic = new HashMap<>();

    @GuardedBy("this")
    private int events;

    @GuardedBy("this")
    private long bytes;

    /** The outcome of adding an event. */
    enum AddResult {
        /** The event is not in the queue, because the queue is full. */
        REFUSED,
        /** The event waits for an earlier event of its topic. */
        WAITS,
        /** The event is the first of its topic: the caller must begin to deliver the topic. */
        FIRST
    }

    DeliveryQueue(HookQueue limits) {
        this.limits = limits;
    }

    /** Adds an event at the end of its topic. */
    synchronized AddResult add(Delivery delivery) {
        if (events >= limits.events() || delivery.body().length > limits.bytes() - bytes) {
            return AddResult.REFUSED;
        }
        events++;
        bytes += delivery.body().length;
        Deque<Delivery> waiting = waitingByTopic.get(delivery.topic());
        if (waiting == null) {
            waitingByTopic.put(delivery.topic(), new ArrayDeque<>(List.of(delivery)));
            return AddResult.FIRST;
        }
        waiting.add(delivery);
        return AddResult.WAITS;
    }

    /** Returns the first event of a topic, or null. */
    synchronized @Nullable Delivery first(String topic) {
        Deque<Delivery> waiting = waitingByTopic.get(topic);
        return waiting == null ? null : waiting.peek();
    }

    /** Removes the first event of a topic and returns the next event; without a next event, forgets the topic and returns null. */
    synchronized @Nullable Delivery next(String topic) {
        Deque<Delivery> waiting = waitingByTopic.get(topic);
        if (waiting == null) {
            return null;
        }
        Delivery done = waiting.poll();
        if (done != null) {
            events--;
            bytes -= done.body().length;
        }
        if (waiting.isEmpty()) {
            waitingByTopic.remove(topic);
        }
        return waiting.peek();
    }

    /** Returns how many events wait. */
    synchronized int size() {
        return events;
    }

    /** Returns whether less than half of the queue is in use. */
    synchronized boolean isRelaxed() {
        return events * 2L < limits.events() && bytes * 2 < limits.bytes();
    }
}
