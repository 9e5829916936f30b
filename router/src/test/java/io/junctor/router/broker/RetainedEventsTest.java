package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Seat;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedEventsTest {
    private final Counters counters = new Counters();
    private final LowHeapMonitor heap = new LowHeapMonitor(counters);
    private final RetentionBudget memory = new RetentionBudget(heap, Long.MAX_VALUE);
    private final RetainedEvents events =
            new RetainedEvents(new RealmCounters(counters), Kept.DEFAULT, memory.account());
    private final Seat publisher = new Seat(1, Serializer.JSON);
    private final Seat reader = new Seat(2, Serializer.JSON);

    @Test
    void soManyAreKeptAndTheRestIsCounted() {
        for (int i = 0; i < Kept.DEFAULT.retainedEvents() + 5; i++) {
            events.keep(publication(i, "topic" + i, PublishMessageOptions.DEFAULT));
        }
        assertThat(newest("", MatchPolicy.PREFIX)).hasSize(Kept.DEFAULT.retainedEvents());
        assertThat(counters.value(Counter.EVENTS_NOT_RETAINED)).isEqualTo(5);
        events.keep(publication(77, "topic3", PublishMessageOptions.DEFAULT));
        assertThat(newest("topic3", MatchPolicy.EXACT)).containsExactly(77L);
    }

    @Test
    void aTopicKeepsOnlySoManyForSome() {
        Audience allAnonymous = new Audience(null, null, null, null, null, List.of("anonymous"));
        PublishMessageOptions listed =
                new PublishMessageOptions(false, true, false, true, allAnonymous, null, List.of(), Dict.EMPTY);
        for (int i = 0; i < Kept.DEFAULT.retainedEventsPerTopic() + 5; i++) {
            events.keep(publication(i, "topic", listed));
        }
        assertThat(counters.value(Counter.EVENTS_NOT_RETAINED)).isEqualTo(5);
        assertThat(newest("topic", MatchPolicy.EXACT)).containsExactly(Kept.DEFAULT.retainedEventsPerTopic() - 1L);
    }

    @Test
    void aSliceCountsTheMessageThatItKeepsAliveAndAListItsTexts() {
        byte[] message = new byte[1 << 20];
        Payload slice = Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, message, 0, 2);
        int fitting = Kept.DEFAULT.retainedBytes() / message.length - 1;
        for (int i = 0; i < fitting + 10; i++) {
            ReceiverFilter all =
                    ReceiverFilter.of(publisher.session, PublishMessageOptions.DEFAULT, RealmFeatures.DEFAULT);
            events.keep(new Publication(i, new Uri("topic" + i), slice, EventDetails.NONE, all));
        }
        assertThat(newest("", MatchPolicy.PREFIX)).hasSize(fitting);
        assertThat(counters.value(Counter.EVENTS_NOT_RETAINED)).isEqualTo(10);
    }

    @Test
    void whileMemoryIsLowAnEventReplacesOneThatIsAsLargeAndNothingElseIsKept() {
        events.keep(publication(1, "topic", PublishMessageOptions.DEFAULT));
        long before = memory.totalBytes();
        heap.report(85, 100);
        assertThat(events.admits(publication(2, "other", PublishMessageOptions.DEFAULT)))
                .isFalse();
        events.keep(publication(2, "other", PublishMessageOptions.DEFAULT));
        events.keep(publication(3, "topic", PublishMessageOptions.DEFAULT));
        assertThat(newest("", MatchPolicy.PREFIX)).containsExactly(3L);
        assertThat(memory.totalBytes()).isEqualTo(before);
        assertThat(counters.value(Counter.EVENTS_NOT_RETAINED)).isEqualTo(1);
    }

    @Test
    void listsOfReceiversCountAsBytes() {
        List<String> authids = Collections.nCopies(100_000, "name");
        Audience some = new Audience(null, authids, null, null, null, null);
        PublishMessageOptions listed =
                new PublishMessageOptions(false, true, false, true, some, null, List.of(), Dict.EMPTY);
        for (int i = 0; i < 20; i++) {
            events.keep(publication(i, "topic" + i, listed));
        }
        assertThat(newest("", MatchPolicy.PREFIX)).hasSizeLessThan(Kept.DEFAULT.retainedBytes() / (100_000 * 64));
    }

    @Test
    void aWildcardLooksAtTopicsInSlices() {
        for (int i = 0; i < 5_000; i++) {
            events.keep(publication(i, "topic" + i + ".state", PublishMessageOptions.DEFAULT));
        }
        events.keep(publication(9_999, "z.value", PublishMessageOptions.DEFAULT));
        List<Long> found = new ArrayList<>();
        RetainedEvents.Cursor cursor = events.cursor(reader.session, subscription(".value", MatchPolicy.WILDCARD));
        int slices = 1;
        while (!events.send(cursor, 1_000, publication -> found.add(publication.id()))) {
            slices++;
        }
        assertThat(slices).isEqualTo(6);
        assertThat(found).containsExactly(9_999L);
    }

    @Test
    void aWildcardLooksOnlyAtTopicsThatStartAsItDoes() {
        for (int i = 0; i < 5_000; i++) {
            events.keep(publication(i, "topic" + i + ".state", PublishMessageOptions.DEFAULT));
        }
        events.keep(publication(9_999, "plant.a.state", PublishMessageOptions.DEFAULT));
        RetainedEvents.Cursor cursor =
                events.cursor(reader.session, subscription("plant..state", MatchPolicy.WILDCARD));
        List<Long> found = new ArrayList<>();
        assertThat(events.send(cursor, 2, publication -> found.add(publication.id())))
                .isTrue();
        assertThat(found).containsExactly(9_999L);
    }

    @Test
    void whatIsRetainedBetweenTwoSlicesIsLeftOut() {
        for (String topic : List.of("a", "b", "c")) {
            events.keep(publication(topic.charAt(0), topic, PublishMessageOptions.DEFAULT));
        }
        List<Long> found = new ArrayList<>();
        RetainedEvents.Cursor cursor = events.cursor(reader.session, subscription("", MatchPolicy.PREFIX));
        assertThat(events.send(cursor, 1, publication -> found.add(publication.id())))
                .isFalse();
        events.keep(publication(77, "b", PublishMessageOptions.DEFAULT));
        events.keep(publication(78, "bb", PublishMessageOptions.DEFAULT));
        assertThat(events.send(cursor, 1_000, publication -> found.add(publication.id())))
                .isTrue();
        assertThat(found).containsExactly((long) 'a', (long) 'c');
    }

    private List<Long> newest(String pattern, MatchPolicy match) {
        List<Long> found = new ArrayList<>();
        RetainedEvents.Cursor cursor = events.cursor(reader.session, subscription(pattern, match));
        assertThat(events.send(cursor, Integer.MAX_VALUE, publication -> found.add(publication.id())))
                .isTrue();
        return found;
    }

    private static Subscription subscription(String pattern, MatchPolicy match) {
        return new Subscription(1, new Uri(pattern), match, Instant.EPOCH, null);
    }

    private Publication publication(long id, String topic, PublishMessageOptions options) {
        ReceiverFilter receivers = ReceiverFilter.of(publisher.session, options, RealmFeatures.DEFAULT);
        return new Publication(id, new Uri(topic), Payload.NONE, EventDetails.NONE, receivers);
    }
}
