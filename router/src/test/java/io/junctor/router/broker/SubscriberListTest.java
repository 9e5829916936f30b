package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.session.Seat;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberListTest {
    private final Subscription subscription =
            new Subscription(1, new Uri("com.topic"), MatchPolicy.EXACT, Instant.EPOCH, null);
    private final Seat seat = new Seat(1, Serializer.JSON);
    private final SubscriberList subscribers = new SubscriberList();

    @Test
    void attachmentsStandInTheOrderInWhichTheyCame() {
        List<Subscriber> added = add(10);
        assertThat(present()).containsExactlyElementsOf(added);
        assertThat(subscribers.size()).isEqualTo(10);
        assertThat(subscribers.end()).isEqualTo(10);
    }

    @Test
    void whoLeavesLeavesAnEmptySlot() {
        List<Subscriber> added = add(3);
        subscribers.remove(added.get(1));
        assertThat(subscribers.at(0)).isSameAs(added.get(0));
        assertThat(subscribers.at(1)).isNull();
        assertThat(subscribers.at(2)).isSameAs(added.get(2));
        assertThat(subscribers.size()).isEqualTo(2);
    }

    @Test
    void slotsMoveTogetherInOrderInsteadOfGrowing() {
        List<Subscriber> added = add(1_024);
        for (int i = 0; i < 1_024; i++) {
            if (i % 4 != 0) {
                subscribers.remove(added.get(i));
            }
        }
        List<Subscriber> stayed =
                IntStream.range(0, 256).mapToObj(i -> added.get(4 * i)).toList();
        List<Subscriber> late = add(1);

        assertThat(subscribers.end()).isEqualTo(257);
        assertThat(present())
                .containsExactlyElementsOf(
                        Stream.concat(stayed.stream(), late.stream()).toList());
        stayed.forEach(subscribers::remove);
        late.forEach(subscribers::remove);
        assertThat(subscribers.size()).isZero();
        assertThat(subscribers.end()).isZero();
    }

    @Test
    void comingAndGoingForEverTakesNoMoreSlots() {
        List<Subscriber> steady = add(100);
        for (int i = 0; i < 100_000; i++) {
            add(1).forEach(subscribers::remove);
        }
        assertThat(subscribers.end()).isLessThanOrEqualTo(256);
        assertThat(present()).containsExactlyElementsOf(steady);
    }

    @Test
    void slotsStayWhereTheyAreDuringAWalk() {
        List<Subscriber> added = add(64);
        subscribers.pinSlots();
        added.subList(0, 63).forEach(subscribers::remove);
        add(64);
        assertThat(subscribers.at(63)).isSameAs(added.get(63));
        assertThat(subscribers.end()).isEqualTo(128);

        subscribers.unpinSlots();
        add(1);
        assertThat(subscribers.end()).isLessThanOrEqualTo(129);
        assertThat(present()).startsWith(added.get(63)).hasSize(66);
    }

    @Test
    void audienceThatEmptiesDuringAWalkKeepsItsEnd() {
        List<Subscriber> added = add(8);
        subscribers.pinSlots();
        added.forEach(subscribers::remove);
        List<Subscriber> late = add(1);
        assertThat(subscribers.at(7)).isNull();
        assertThat(subscribers.at(8)).isSameAs(late.getFirst());
        subscribers.unpinSlots();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_261_121})
    void randomComingsAndGoingsKeepOrderAndSlots(long seed) {
        System.out.println("AudienceTest seed " + seed);
        Random random = new Random(seed);
        List<Subscriber> model = new ArrayList<>();
        int walks = 0;
        for (int i = 0; i < 20_000; i++) {
            int dice = random.nextInt(100);
            if (dice < 48) {
                model.addAll(add(1));
            } else if (dice < 96 && !model.isEmpty()) {
                subscribers.remove(model.remove(random.nextInt(model.size())));
            } else if (dice < 98) {
                subscribers.pinSlots();
                walks++;
            } else if (walks > 0) {
                subscribers.unpinSlots();
                walks--;
            }
        }
        assertThat(present()).containsExactlyElementsOf(model);
        Set<Integer> slots = new HashSet<>();
        assertThat(model).allSatisfy(each -> {
            assertThat(subscribers.at(each.slot)).isSameAs(each);
            assertThat(slots.add(each.slot)).isTrue();
        });
    }

    private List<Subscriber> add(int count) {
        List<Subscriber> added = Stream.generate(() -> new Subscriber(subscription, seat.session))
                .limit(count)
                .toList();
        added.forEach(subscribers::add);
        return added;
    }

    private List<Subscriber> present() {
        List<Subscriber> present = new ArrayList<>();
        for (int slot = 0; slot < subscribers.end(); slot++) {
            Subscriber subscriber = subscribers.at(slot);
            if (subscriber != null) {
                present.add(subscriber);
            }
        }
        return present;
    }
}
