package io.junctor.cli.bench;

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
 * Publishers publish to one topic, which all subscribers hear. An operation is an event that arrives; its latency counts
 * from the publication. A place in a window is free again with the acknowledgement, or without one when the last
 * subscriber has the event.
 */
final class PubSub extends Workload {
    private static final int SEQUENCE_BITS = 48;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    private final int stuck;
    private final Stamp stamp;
    private final PublishMessageOptions options;
    private final Uri topic = new Uri(freshName());
    private final Subscriber subscriber = new Subscriber();
    private final List<Publisher> publishers = new ArrayList<>();

    /** {@code stuck} more subscribers read nothing once they have subscribed. */
    PubSub(Plan plan, int stuck, Room room, Tally tally) {
        super(plan, plan.partners() + stuck, room, tally);
        this.stuck = stuck;
        this.stamp = new Stamp(room.codec(), plan.payloadBytes());
        this.options = plan.acknowledged() ? PublishMessageOptions.ACKNOWLEDGE : PublishMessageOptions.DEFAULT;
    }

    @Override
    void joinPartner(int number) {
        room.join(number < stuck ? new StuckSubscriber() : subscriber);
    }

    @Override
    Sender joinSender(int number) {
        Publisher publisher = new Publisher(number);
        publishers.add(publisher);
        return publisher;
    }

    private void onEvent(Event event) {
        long number = stamp.numberIn(event.payload());
        int publisher = (int) (number >>> SEQUENCE_BITS);
        if (publisher >= publishers.size() || !publishers.get(publisher).arrived(number & SEQUENCE_MASK)) {
            tally.onError("an event that nobody published, or twice");
        }
    }

    /** Hears that it is subscribed, and nothing after it. */
    private final class StuckSubscriber implements Member.Part {
        @Override
        public void onJoined(Member member) {
            subscriber.onJoined(member);
        }

        @Override
        public void onMessage(Member member, FromRouter message) {
            subscriber.onMessage(member, message);
            member.stopReading();
        }
    }

    /** All subscribers that read are alike. */
    private final class Subscriber implements Member.Part {
        @Override
        public void onJoined(Member member) {
            member.send(new Subscribe(1, SubscribeMessageOptions.DEFAULT, topic));
        }

        @Override
        public void onMessage(Member member, FromRouter message) {
            switch (message) {
                case Event event -> onEvent(event);
                case Subscribed subscribed -> onReady();
                case ErrorMessage error ->
                    throw new BenchFailure("the router refused to subscribe: " + words(error) + ".");
                case FromRouter other -> {}
            }
        }
    }

    private final class Publisher implements Member.Part, Sender {
        private final long number;
        private final InFlight publications = new InFlight();
        private final Member member;

        Publisher(int number) {
            this.number = number;
            this.member = room.join(this);
        }

        @Override
        public void send(long dueNanos) {
            long sequence = publications.add(dueNanos, plan.partners());
            owed += plan.partners();
            long mark = number << SEQUENCE_BITS | sequence;
            member.send(new Publish(sequence, options, topic, stamp.with(mark)));
        }

        /** Whether the event was awaited. */
        boolean arrived(long sequence) {
            if (publications.awaited(sequence) == 0) {
                return false;
            }
            tally.onDone(publications.dueNanos(sequence));
            owed--;
            publications.answered(sequence);
            if (!plan.acknowledged() && publications.awaited(sequence) == 0) {
                next(this);
            }
            return true;
        }

        @Override
        public void onJoined(Member joined) {
            onReady();
        }

        @Override
        public void onMessage(Member self, FromRouter message) {
            switch (message) {
                case Published published -> next(this);
                case ErrorMessage error -> {
                    tally.onError(words(error));
                    owed -= publications.awaited(error.request());
                    publications.drop(error.request());
                    next(this);
                }
                case FromRouter other -> {}
            }
        }
    }
}
