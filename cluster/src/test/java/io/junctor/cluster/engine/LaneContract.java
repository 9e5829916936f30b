package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lanes of every engine promise. */
public abstract class LaneContract extends EngineContract {
    @ParameterizedTest
    @EnumSource(Traffic.class)
    void aMessageReachesEachRouterWithAMatchingInterest(Traffic traffic) {
        List<Engine> routers = routers(3);
        Recorder second = new Recorder();
        Recorder third = new Recorder();
        Lane lane = routers.get(0).lane(traffic, "realm", new Recorder());
        ask(routers.get(1).lane(traffic, "realm", second), "a.b");
        ask(routers.get(2).lane(traffic, "realm", third), "a.c");
        lane.publish("a.b", bytes("one"));
        lane.publish("a.c", bytes("two"));
        second.awaitTexts(List.of("one"));
        third.awaitTexts(List.of("two"));
        Message message = second.messages().getFirst();
        assertThat(message.from()).isEqualTo(routers.get(0).router());
        assertThat(message.subject()).isEqualTo("a.b");
    }

    @Test
    void messagesOfALaneArriveInOrderAcrossSubjects() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        Lane to = routers.get(1).lane(Traffic.EVENTS, "realm", recorder);
        for (int i = 0; i < 50; i++) {
            to.subscribe("topic." + i);
        }
        ask(to, "topic.*.x");
        Lane from = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        for (int i = 0; i < 5_000; i++) {
            from.publish("topic." + i % 50 + (i % 3 == 0 ? ".x" : ""), bytes("" + i));
        }
        recorder.awaitTexts(IntStream.range(0, 5_000).mapToObj(String::valueOf).toList());
    }

    @Test
    void aMessageThatSeveralInterestsMatchArrivesOnce() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        Lane to = routers.get(1).lane(Traffic.EVENTS, "realm", recorder);
        for (String pattern : List.of("a.b.c", "a.b.c", "a.*.c", "a.>", ">")) {
            to.subscribe(pattern);
        }
        get(to.interestKnown());
        Lane from = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        from.publish("a.b.c", bytes("one"));
        from.publish("z", bytes("two"));
        recorder.awaitTexts(List.of("one", "two"));
    }

    @Test
    void interestsMatchAsTheRulesForPatternsSay() {
        Random random = new Random(7);
        List<Engine> routers = routers(2);
        Map<String, Recorder> recorders = new LinkedHashMap<>();
        List<Lane> senders = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String pattern = pattern(random);
            Recorder recorder = new Recorder();
            recorders.put(pattern + " " + i, recorder);
            ask(routers.get(1).lane(Traffic.EVENTS, "scope" + i, recorder), pattern);
            senders.add(routers.get(0).lane(Traffic.EVENTS, "scope" + i, new Recorder()));
        }
        List<String> subjects = IntStream.range(0, 100)
                .mapToObj(i -> tokens(random, List.of("a", "b", "%2A", "%3E")))
                .toList();
        for (Lane sender : senders) {
            subjects.forEach(subject -> sender.publish(subject, bytes(subject)));
        }
        recorders.forEach((name, recorder) -> {
            String pattern = name.substring(0, name.indexOf(' '));
            recorder.awaitTexts(subjects.stream()
                    .filter(subject -> matches(pattern, subject))
                    .toList());
        });
    }

    @Test
    void aRouterDoesNotReceiveItsOwnMessages() {
        List<Engine> routers = routers(2);
        Recorder own = new Recorder();
        Lane lane = routers.get(0).lane(Traffic.EVENTS, "realm", own);
        ask(lane, ">");
        Recorder other = new Recorder();
        ask(routers.get(1).lane(Traffic.EVENTS, "realm", other), ">");
        lane.publish("a", bytes("mine"));
        other.awaitTexts(List.of("mine"));
        get(lane.confirmed(0));
        assertThat(own.messages()).isEmpty();
    }

    @Test
    void whatIsPublishedAfterTheInterestIsKnownArrives() {
        List<Engine> routers = routers(3);
        Recorder recorder = new Recorder();
        Lane to = routers.get(2).lane(Traffic.EVENTS, "realm", recorder);
        List<Lane> from = List.of(
                routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder()),
                routers.get(1).lane(Traffic.EVENTS, "realm", new Recorder()));
        for (int i = 0; i < 200; i++) {
            ask(to, "topic" + i);
            from.get(i % 2).publish("topic" + i, bytes("" + i));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> recorder.messages().size() == 200);
        assertThat(recorder.texts())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(String::valueOf).toList());
    }

    @Test
    void interestIsKnownForManyRequestsAtOnce() {
        List<Engine> routers = routers(3);
        Lane lane = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        List<CompletionStage<Void>> stages = IntStream.range(0, 100)
                .mapToObj(i -> {
                    lane.subscribe("topic" + i);
                    return lane.interestKnown();
                })
                .toList();
        stages.forEach(EngineContract::get);
    }

    @Test
    void aPeerThatIsGoneIsNotWaitedFor() {
        List<Engine> routers = routers(2);
        Engine first = routers.get(0);
        RouterId second = routers.get(1).router();
        first.peers(Set.of(second, new RouterId(second.value() + 1)));
        Lane lane = first.lane(Traffic.EVENTS, "realm", new Recorder());
        lane.subscribe("a");
        CompletableFuture<Void> known = lane.interestKnown().toCompletableFuture();
        assertThat(known).isNotDone();
        first.peers(Set.of(second));
        get(known);
    }

    @Test
    void otherScopesAndKindsOfTrafficAreApart() {
        List<Engine> routers = routers(2);
        Recorder otherScope = new Recorder();
        Recorder otherTraffic = new Recorder();
        Recorder same = new Recorder();
        ask(routers.get(1).lane(Traffic.EVENTS, "other", otherScope), ">");
        ask(routers.get(1).lane(Traffic.CALLS, "realm", otherTraffic), ">");
        ask(routers.get(1).lane(Traffic.EVENTS, "realm", same), ">");
        routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder()).publish("a", bytes("event"));
        same.awaitTexts(List.of("event"));
        routers.get(0).lane(Traffic.CALLS, "realm", new Recorder()).publish("a", bytes("call"));
        otherTraffic.awaitTexts(List.of("call"));
        routers.get(0).lane(Traffic.EVENTS, "other", new Recorder()).publish("a", bytes("other"));
        otherScope.awaitTexts(List.of("other"));
        assertThat(same.messages()).hasSize(1);
    }

    @Test
    void messagesComeUntilTheLastEqualInterestIsClosed() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        Lane to = routers.get(1).lane(Traffic.EVENTS, "realm", recorder);
        LaneSubscription first = to.subscribe("a");
        LaneSubscription second = to.subscribe("a");
        to.subscribe("end");
        first.close();
        first.close();
        get(to.interestKnown());
        Lane from = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        from.publish("a", bytes("heard"));
        recorder.awaitTexts(List.of("heard"));
        second.close();
        get(to.interestKnown());
        from.publish("a", bytes("not heard"));
        from.publish("end", bytes("end"));
        recorder.awaitTexts(List.of("heard", "end"));
    }

    @Test
    void aMessageThatNoRouterAskedForIsReported() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        ask(routers.get(1).lane(Traffic.CALLS, "realm", recorder), "inbox.1");
        Lane lane = routers.get(0).lane(Traffic.CALLS, "realm", new Recorder());
        CompletableFuture<Void> unheard = new CompletableFuture<>();
        AtomicInteger wrong = new AtomicInteger();
        lane.publish("inbox.1", bytes("call"), wrong::incrementAndGet);
        lane.publish("inbox.2", bytes("call"), () -> unheard.complete(null));
        get(unheard);
        recorder.awaitTexts(List.of("call"));
        assertThat(wrong).hasValue(0);
    }

    @Test
    void whatWasUnheardHoldsUntilAPeerHasANewInterest() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        Lane from = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        Lane to = routers.get(1).lane(Traffic.EVENTS, "realm", recorder);
        // That of the publisher does not count.
        ask(from, "a");
        await().until(() -> from.interestNumber() > 0);
        long before = from.interestNumber();
        CompletableFuture<Void> unheard = new CompletableFuture<>();
        from.publish("a", bytes("unheard"), () -> unheard.complete(null));
        get(unheard);
        ask(to, "a");
        assertThat(from.interestNumber()).isGreaterThan(before);
        from.publish("a", bytes("heard"));
        recorder.awaitTexts(List.of("heard"));
    }

    @Test
    void aLargeMessageArrivesWholeAndInItsPlace() {
        List<Engine> routers = routers(2);
        Recorder recorder = new Recorder();
        ask(routers.get(1).lane(Traffic.EVENTS, "realm", recorder), ">");
        Lane lane = routers.get(0).lane(Traffic.EVENTS, "realm", new Recorder());
        byte[] large = new byte[5_000_000];
        new Random(1).nextBytes(large);
        lane.publish("a", bytes("before"));
        lane.publish("b", large);
        lane.publish("c", bytes("after"));
        await().atMost(Duration.ofMinutes(1)).until(() -> recorder.messages().size() == 3);
        assertThat(recorder.messages().stream().map(Message::subject)).containsExactly("a", "b", "c");
        assertThat(recorder.messages().get(1).body()).isEqualTo(large);
    }

    @Test
    void thereIsOneLaneOfAKindAndScope() {
        Engine engine = routers(1).getFirst();
        Lane lane = engine.lane(Traffic.EVENTS, "realm", new Recorder());
        assertThatThrownBy(() -> engine.lane(Traffic.EVENTS, "realm", new Recorder()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("realm");
        lane.close();
        engine.lane(Traffic.EVENTS, "realm", new Recorder()).close();
    }

    @Test
    void wrongSubjectsAreRefused() {
        Engine engine = routers(1).getFirst();
        Lane lane = engine.lane(Traffic.EVENTS, "realm", new Recorder());
        for (String wrong : List.of("", ".", "a.", ".a", "a..b", "a b", "ä", "a.*", ">", "a\r\nb", "$a")) {
            assertThatThrownBy(() -> lane.publish(wrong, bytes("x")))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", "a..b", "a*", ">.a", "a.>>", "$a")) {
            assertThatThrownBy(() -> lane.subscribe(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> engine.lane(Traffic.EVENTS, "a.b", new Recorder()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void ask(Lane lane, String pattern) {
        lane.subscribe(pattern);
        get(lane.interestKnown());
    }

    private static String pattern(Random random) {
        String tokens = tokens(random, List.of("a", "b", "%2A", "*"));
        return random.nextInt(3) == 0 ? tokens + ".>" : tokens;
    }

    private static String tokens(Random random, List<String> words) {
        List<String> tokens = new ArrayList<>();
        do {
            tokens.add(words.get(random.nextInt(words.size())));
        } while (random.nextInt(3) > 0);
        return String.join(".", tokens);
    }

    /** The rules, in the plainest words. */
    private static boolean matches(String pattern, String subject) {
        List<String> wanted = Arrays.asList(pattern.split("\\."));
        List<String> tokens = Arrays.asList(subject.split("\\."));
        boolean isOpen = wanted.getLast().equals(">");
        int fixed = isOpen ? wanted.size() - 1 : wanted.size();
        if (isOpen ? tokens.size() <= fixed : tokens.size() != fixed) {
            return false;
        }
        return IntStream.range(0, fixed)
                .allMatch(i -> wanted.get(i).equals("*") || wanted.get(i).equals(tokens.get(i)));
    }
}
