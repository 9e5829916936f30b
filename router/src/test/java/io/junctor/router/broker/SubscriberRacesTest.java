package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.session.StoppedClock;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sessions subscribe, leave off, are removed, vanish and stop reading while others publish: each hears exactly what was published while it
 * was subscribed, once and in order, between the answers that say so.
 */
class SubscriberRacesTest {
    private static final long SEED = Long.getLong("races.seed", 4_711);
    private static final int ROUNDS = Integer.getInteger("races.rounds", 20_000);
    private static final int STEPS = 30;
    private static final Uri TOPIC = new Uri("topic");
    private static final Roles ROLES = new Roles(Map.of(Role.SUBSCRIBER, Set.of(Feature.SUBSCRIPTION_REVOCATION)));

    private final List<Throwable> faults = new ArrayList<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), Runnable::run, faults::add);
    private final Broker broker = new Broker(
            new RandomIds(new SecureRandom()),
            new Broker.Schedule(turnstile, new StoppedClock()),
            new RetentionBudget(new LowHeapMonitor(new Counters()), Long.MAX_VALUE).account(),
            new RealmCounters(new Counters()),
            RealmConfig.open("test"),
            null);
    private final MetaProcedure removal =
            Objects.requireNonNull(broker.procedures().get("wamp.subscription.remove_subscriber"));

    private Random random = new Random(SEED);
    private long nextSession = 1;

    /** A session, what it must hear and what it heard. */
    private static final class Listener {
        final Seat seat;
        final List<String> expected = new ArrayList<>();
        final List<String> heard = new ArrayList<>();
        long subscription;
        boolean subscribed;
        boolean held;

        Listener(Seat seat) {
            this.seat = seat;
        }

        void hear() {
            seat.received().forEach(this::hear);
        }

        private void hear(FromRouter message) {
            heard.add(
                    switch (message) {
                        case Subscribed answer -> {
                            subscription = answer.subscription();
                            yield "subscribed";
                        }
                        case Unsubscribed answer -> answer.request() == 0 ? "removed" : "unsubscribed";
                        case Event event -> Samples.text(event.payload());
                        case ErrorMessage ignored -> "refused";
                        default -> throw new AssertionError(message);
                    });
        }
    }

    @Test
    void eachSubscriberReceivesWhatIsPublishedWhileItIsSubscribed() {
        System.out.println("SubscriberRacesTest: -Draces.seed=" + SEED + " -Draces.rounds=" + ROUNDS);
        Random seeds = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            random = new Random(seeds.nextLong());
            play("round " + round);
        }
    }

    private void play(String round) {
        List<Listener> listeners = new ArrayList<>(List.of(join(), join(), join()));
        for (int step = 0; step < STEPS; step++) {
            Listener one = listeners.get(random.nextInt(listeners.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> subscribe(one);
                case 2 -> unsubscribe(one);
                case 3 -> remove(one);
                case 4 -> holdOrFlow(one);
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        leave(one, round);
                        listeners.set(listeners.indexOf(one), join());
                    }
                }
                default -> publish(listeners, one, "[" + step + "]");
            }
            listeners.forEach(Listener::hear);
        }
        listeners.forEach(listener -> leave(listener, round));
        assertThat(broker.subscriptions()).as(round).isZero();
    }

    private Listener join() {
        return new Listener(new Seat(++nextSession, Serializer.JSON, RealmLimits.DEFAULT, ROLES));
    }

    private void publish(List<Listener> listeners, Listener publisher, String said) {
        listeners.stream()
                .filter(listener -> listener.subscribed && listener != publisher)
                .forEach(listener -> listener.expected.add(said));
        inTurn(() -> broker.onPublish(
                publisher.seat.session,
                new Publish(1, PublishMessageOptions.DEFAULT, TOPIC, Samples.json(said)),
                SenderDisclosure.PLAIN));
    }

    private void subscribe(Listener one) {
        one.expected.add("subscribed");
        // A session that reads nothing does not know the new id yet.
        one.subscription = one.subscribed ? one.subscription : 0;
        one.subscribed = true;
        inTurn(() -> broker.onSubscribe(one.seat.session, new Subscribe(2, SubscribeMessageOptions.DEFAULT, TOPIC)));
    }

    private void unsubscribe(Listener one) {
        if (one.subscription != 0) {
            one.expected.add(one.subscribed ? "unsubscribed" : "refused");
            one.subscribed = false;
            inTurn(() -> broker.onUnsubscribe(one.seat.session, new Unsubscribe(3, one.subscription)));
        }
    }

    private void remove(Listener one) {
        if (one.subscription == 0) {
            return;
        }
        if (one.subscribed) {
            one.expected.add("removed");
        }
        one.subscribed = false;
        MetaArguments arguments =
                new MetaArguments(Arguments.of(one.subscription, one.seat.session.id()), UriCheck.DEFAULT);
        inTurn(() -> {
            if (removal.call(one.seat.session, arguments) instanceof MetaAnswer.Values values) {
                values.after().run();
            }
        });
    }

    private void holdOrFlow(Listener one) {
        one.held = !one.held;
        if (one.held) {
            one.seat.connection.hold();
        } else {
            inTurn(one.seat.connection::flow);
        }
    }

    private void leave(Listener one, String round) {
        inTurn(one.seat.connection::flow);
        one.hear();
        assertThat(one.heard).as(round).isEqualTo(one.expected);
        inTurn(() -> {
            one.seat.session.markLeft();
            broker.onLeave(one.seat.session, () -> {});
        });
    }

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
        assertThat(faults).isEmpty();
    }
}
