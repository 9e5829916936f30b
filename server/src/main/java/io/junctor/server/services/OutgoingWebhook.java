package io.junctor.server.services;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.http.OutgoingWebhookConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of a topic to an HTTP service, in order for each topic. Thread-safe. The thread that adds an event
 * does not block; each topic with waiting events is delivered by its own thread.
 */
final class OutgoingWebhook implements OutgoingService {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingWebhook.class);

    private final OutgoingWebhookConfig config;
    private final ServiceResources tools;
    private final DeliveryQueue queue;
    private final DeliverySender request;
    private final Semaphore requests;
    private final ServiceSession session;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    private volatile boolean isRetired;

    /** Whether the queue is full; the router logs one line each time that it becomes full. */
    @GuardedBy("this")
    private boolean isFull;

    /** Whether the last attempt failed. */
    @GuardedBy("this")
    private boolean isFailing;

    private OutgoingWebhook(OutgoingWebhookConfig config, ServiceResources tools) {
        this.config = config;
        this.tools = tools;
        this.queue = new DeliveryQueue(config.queue());
        this.request = new DeliverySender(config.receiver(), tools.sender(), tools.timers()::now);
        this.requests = new Semaphore(config.queue().requests());
        ObjectNode options = WampJson.object().put("match", config.match().wire());
        this.session = new ServiceSession(
                tools,
                tools.session(config.role(), this::onEvent),
                begun -> begun.subscribe(options, config.topic().text()));
    }

    static OutgoingWebhook begin(OutgoingWebhookConfig config, ServiceResources tools) {
        OutgoingWebhook webhook = new OutgoingWebhook(config, tools);
        webhook.session.start();
        return webhook;
    }

    private void onEvent(Event event, ArrayNode arguments) {
        if (isRetired) {
            return;
        }
        Uri topic = event.details().topic();
        Delivery delivery =
                delivery(event.publication(), topic == null ? config.topic().text() : topic.text(), arguments);
        tools.counters().increment(Counter.WEBHOOK_EVENTS);
        switch (queue.add(delivery)) {
            case REFUSED -> {
                noteFull();
                drop(delivery, "the queue is full (queue_events, queue_bytes)", 0);
            }
            case FIRST -> deliverTopic(delivery);
            case WAITS -> {}
        }
    }

    private Delivery delivery(long publication, String topic, ArrayNode arguments) {
        ObjectNode event = WampJson.object().put("topic", topic).put("publication", publication);
        event.set("args", arguments.path(0).isArray() ? arguments.path(0) : WampJson.array());
        event.set("kwargs", arguments.path(1).isObject() ? arguments.path(1) : WampJson.object());
        byte[] body = Objects.requireNonNull(tools.formats().json().write(event), "what the router sends is Unicode");
        return new Delivery(publication, topic, event, body);
    }

    private void deliverTopic(Delivery first) {
        try {
            tools.threads().execute(() -> deliverAll(first.topic()));
        } catch (RejectedExecutionException closed) {
            // The queue counts the event as undelivered.
        }
    }

    private void deliverAll(String topic) {
        try {
            Delivery next = queue.first(topic);
            while (next != null && !closing.isDone()) {
                if (!deliver(next)) {
                    return;
                }
                next = queue.next(topic);
            }
            endIfRetired();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers an event or gives it up; then returns true. Returns false if the webhook ends. */
    private boolean deliver(Delivery delivery) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            DeliveryOutcome outcome = attempt(delivery);
            if (closing.isDone() && outcome != DeliveryOutcome.Delivered.DELIVERED) {
                return false;
            }
            switch (outcome) {
                case DeliveryOutcome.Delivered delivered -> {
                    tools.counters().increment(Counter.WEBHOOK_EVENTS_DELIVERED);
                    noteSuccess();
                    return true;
                }
                case DeliveryOutcome.Refused refused -> {
                    noteFailure(refused.reason());
                    drop(delivery, refused.reason(), attempt);
                    return true;
                }
                case DeliveryOutcome.Failed failed -> {
                    noteFailure(failed.reason());
                    if (attempt >= config.retries().attempts()) {
                        drop(delivery, failed.reason(), attempt);
                        return true;
                    }
                    if (!pause(RetryDelay.after(attempt, config.retries(), failed.pause()))) {
                        return false;
                    }
                }
            }
        }
    }

    private DeliveryOutcome attempt(Delivery delivery) throws InterruptedException {
        requests.acquire();
        try {
            return request.send(delivery);
        } finally {
            requests.release();
        }
    }

    /** Waits for {@code time} and returns true; returns false at once when the webhook ends. */
    private boolean pause(Duration time) {
        closing.copy()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return !closing.isDone();
    }

    /** Gives an event up and publishes it to the dead letter topic. Does not block. */
    @SuppressWarnings("FutureReturnValueIgnored") // The action does not fail.
    private void drop(Delivery delivery, String reason, int attempts) {
        tools.counters().increment(Counter.WEBHOOK_EVENTS_DROPPED);
        Uri deadLetter = config.deadLetter();
        if (deadLetter == null) {
            return;
        }
        GatewaySession current = session.current();
        if (current == null) {
            noteDeadLetter("it has no session");
            return;
        }
        ObjectNode letter = delivery.event().deepCopy();
        letter.put("webhook", tools.name()).put("reason", reason).put("attempts", attempts);
        current.publish(
                        WampJson.object().put("acknowledge", true),
                        deadLetter.text(),
                        WampJson.array().add(letter),
                        WampJson.object())
                .reply()
                .thenAccept(this::noteDeadLetter);
    }

    private void noteDeadLetter(Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            noteDeadLetter(String.valueOf(failure.error()));
        } else {
            tools.counters().increment(Counter.WEBHOOK_DEAD_LETTERS);
        }
    }

    private void noteDeadLetter(String problem) {
        tools.counters().increment(Counter.WEBHOOK_DEAD_LETTERS_FAILED);
        LOG.warn("{} of realm {} cannot publish a dead letter: {}", tools.name(), tools.realm(), problem);
    }

    private synchronized void noteFull() {
        if (!isFull) {
            isFull = true;
            LOG.warn("{} of realm {} drops events: its queue is full", tools.name(), tools.realm());
        }
    }

    private synchronized void noteFailure(String reason) {
        tools.counters().increment(Counter.WEBHOOK_ATTEMPTS_FAILED);
        if (!isFailing) {
            isFailing = true;
            LOG.warn("{} of realm {} cannot deliver events: {}", tools.name(), tools.realm(), reason);
        }
    }

    private synchronized void noteSuccess() {
        if (isFailing) {
            isFailing = false;
            LOG.info("{} of realm {} delivers events again", tools.name(), tools.realm());
        }
        if (isFull && queue.isRelaxed()) {
            isFull = false;
            LOG.info("{} of realm {} drops no more events", tools.name(), tools.realm());
        }
    }

    @Override
    public long waiting() {
        return queue.size();
    }

    @Override
    public ServiceSession session() {
        return session;
    }

    @Override
    public void retire() {
        isRetired = true;
        endIfRetired();
    }

    private void endIfRetired() {
        if (isRetired && queue.size() == 0) {
            close();
        }
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // Only the first call completes it.
    public void close() {
        closing.complete(null);
        session.close();
    }

    @Override
    public void ended() {
        int left = queue.size();
        if (left > 0) {
            tools.counters().add(Counter.WEBHOOK_EVENTS_DROPPED, left);
            LOG.warn("{} of realm {} ends with {} events that are not delivered", tools.name(), tools.realm(), left);
        }
    }
}
