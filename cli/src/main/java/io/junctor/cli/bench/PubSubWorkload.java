package io.junctor.cli.bench;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.LoadSession;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishers publish to one topic to which all subscribers are subscribed. An operation is the arrival of an event; its latency counts
 * from the publication. A publication leaves the window when it is acknowledged, or if acknowledgements are off, when the last
 * subscriber has received the event.
 */
final class PubSubWorkload extends Workload {
    private static final int SEQUENCE_BITS = 48;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    private final int stuck;
    private final NumberedPayload payloads;
    private final PublishMessageOptions options;
    private final Uri topic = new Uri(freshName());
    private final Subscriber subscriber = new Subscriber();
    private final List<Publisher> publishers = new ArrayList<>();

    /** Creates the workload with {@code stuck} additional subscribers that stop reading after they have subscribed. */
    PubSubWorkload(LoadPlan plan, int stuck, SessionFactory sessions, OperationStatistics statistics) {
        super(plan, plan.partners() + stuck, sessions, statistics);
        this.stuck = stuck;
        this.payloads = new NumberedPayload(sessions.codec(), plan.payloadBytes());
        this.options = plan.acknowledged() ? PublishMessageOptions.ACKNOWLEDGE : PublishMessageOptions.DEFAULT;
    }

    @Override
    void joinPartner(int number) {
        sessions.joinPartner(number, number < stuck ? new StuckSubscriber() : subscriber);
    }

    @Override
    Sender joinSender(int number) {
        Publisher publisher = new Publisher(number);
        publishers.add(publisher);
        return publisher;
    }

    private void onEvent(Event event) {
        long number = payloads.numberIn(event.payload());
        int publisher = (int) (number >>> SEQUENCE_BITS);
        if (publisher >= publishers.size() || !publishers.get(publisher).arrived(number & SEQUENCE_MASK)) {
            statistics.onError("an event was not published, or was delivered twice");
        }
    }

    /** A subscriber that reads the acknowledgement of its subscription, and nothing after it. */
    private final class StuckSubscriber implements LoadSession.Listener {
        @Override
        public void onJoined(LoadSession session) {
            subscriber.onJoined(session);
        }

        @Override
        public void onMessage(LoadSession session, FromRouter message) {
            subscriber.onMessage(session, message);
            session.stopReading();
        }
    }

    /** A subscriber that reads its events. */
    private final class Subscriber implements LoadSession.Listener {
        @Override
        public void onJoined(LoadSession session) {
            session.send(new Subscribe(1, SubscribeMessageOptions.DEFAULT, topic));
        }

        @Override
        public void onMessage(LoadSession session, FromRouter message) {
            switch (message) {
                case Event event -> onEvent(event);
                case Subscribed subscribed -> onReady();
                case ErrorMessage error ->
                    throw new BenchException("the router refused to subscribe: " + words(error) + ".");
                case FromRouter other -> {}
            }
        }
    }

    private final class Publisher implements LoadSession.Listener, Sender {
        private final long number;
        private final OpenOperations publications = new OpenOperations();
        private final LoadSession session;

        Publisher(int number) {
            this.number = number;
            this.session = sessions.joinSender(number, this);
        }

        @Override
        public void send(long dueNanos) {
            long sequence = publications.add(dueNanos, plan.partners());
            owed += plan.partners();
            long mark = number << SEQUENCE_BITS | sequence;
            session.send(new Publish(sequence, options, topic, payloads.with(mark)));
        }

        /** Notes the arrival of an event; returns whether it was awaited. */
        boolean arrived(long sequence) {
            if (publications.awaited(sequence) == 0) {
                return false;
            }
            statistics.onDone(publications.dueNanos(sequence));
            owed--;
            publications.answered(sequence);
            if (!plan.acknowledged() && publications.awaited(sequence) == 0) {
                next(this);
            }
            return true;
        }

        @Override
        public void onJoined(LoadSession joined) {
            onReady();
        }

        @Override
        public void onMessage(LoadSession self, FromRouter message) {
            switch (message) {
                case Published published -> next(this);
                case ErrorMessage error -> {
                    statistics.onError(words(error));
                    owed -= publications.awaited(error.request());
                    publications.drop(error.request());
                    next(this);
                }
                case FromRouter other -> {}
            }
        }
    }
}
