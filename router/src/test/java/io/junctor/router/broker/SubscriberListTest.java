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
    private final SubscriberList audience = new SubscriberList();

    @Test
    void attachmentsStandInTheOrderInWhichTheyCame() {
        List<Subscriber> added = add(10);
        assertThat(present()).containsExactlyElementsOf(added);
        assertThat(audience.size()).isEqualTo(10);
        assertThat(audience.end()).isEqualTo(10);
    }

    @Test
    void whoLeavesLeavesAnEmptySlot() {
        List<Subscriber> added = add(3);
        audience.remove(added.get(1));
        assertThat(audience.at(0)).isSameAs(added.get(0));
        assertThat(audience.at(1)).isNull();
        assertThat(audience.at(2)).isSameAs(added.get(2));
        assertThat(audience.size()).isEqualTo(2);
    }

    @Test
    void slotsMoveTogetherInOrderInsteadOfGrowing() {
        List<Subscriber> added = add(1_024);
        for (int i = 0; i < 1_024; i++) {
            if (i % 4 != 0) {
                audience.remove(added.get(i));
            }
        }
        List<Subscriber> stayed =
                IntStream.range(0, 256).mapToObj(i -> added.get(4 * i)).toList();
        List<Subscriber> late = add(1);

        assertThat(audience.end()).isEqualTo(257);
        assertThat(present())
                .containsExactlyElementsOf(
                        Stream.concat(stayed.stream(), late.stream()).toList());
        stayed.forEach(audience::remove);
        late.forEach(audience::remove);
        assertThat(audience.size()).isZero();
        assertThat(audience.end()).isZero();
    }

    @Test
    void comingAndGoingForEverTakesNoMoreSlots() {
        List<Subscriber> steady = add(100);
        for (int i = 0; i < 100_000; i++) {
            add(1).forEach(audience::remove);
        }
        assertThat(audience.end()).isLessThanOrEqualTo(256);
        assertThat(present()).containsExactlyElementsOf(steady);
    }

    @Test
    void slotsStayWhereTheyAreDuringAWalk() {
        List<Subscriber> added = add(64);
        audience.beginWalk();
        added.subList(0, 63).forEach(audience::remove);
        add(64);
        assertThat(audience.at(63)).isSameAs(added.get(63));
        assertThat(audience.end()).isEqualTo(128);

        audience.endWalk();
        add(1);
        assertThat(audience.end()).isLessThanOrEqualTo(129);
        assertThat(present()).startsWith(added.get(63)).hasSize(66);
    }

    @Test
    void audienceThatEmptiesDuringAWalkKeepsItsEnd() {
        List<Subscriber> added = add(8);
        audience.beginWalk();
        added.forEach(audience::remove);
        List<Subscriber> late = add(1);
        assertThat(audience.at(7)).isNull();
        assertThat(audience.at(8)).isSameAs(late.getFirst());
        audience.endWalk();
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
                audience.remove(model.remove(random.nextInt(model.size())));
            } else if (dice < 98) {
                audience.beginWalk();
                walks++;
            } else if (walks > 0) {
                audience.endWalk();
                walks--;
            }
        }
        assertThat(present()).containsExactlyElementsOf(model);
        Set<Integer> slots = new HashSet<>();
        assertThat(model).allSatisfy(each -> {
            assertThat(audience.at(each.slot)).isSameAs(each);
            assertThat(slots.add(each.slot)).isTrue();
        });
    }

    private List<Subscriber> add(int count) {
        List<Subscriber> added = Stream.generate(() -> new Subscriber(subscription, seat.session))
                .limit(count)
                .toList();
        added.forEach(audience::add);
        return added;
    }

    private List<Subscriber> present() {
        List<Subscriber> present = new ArrayList<>();
        for (int slot = 0; slot < audience.end(); slot++) {
            Subscriber attachment = audience.at(slot);
            if (attachment != null) {
                present.add(attachment);
            }
        }
        return present;
    }
}
