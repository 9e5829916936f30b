package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Progressive calls and progressive results with the real router. */
@Timeout(60)
class StreamTest {
    private final Pair pair = new Pair();

    @AfterEach
    void stop() {
        pair.close();
    }

    private void registerCounter() {
        pair.bob.register("math.count", call -> {
            int limit = call.argument(0, Integer.class);
            call.progress().ifPresent(progress -> IntStream.range(0, limit).forEach(progress::send));
            return limit;
        });
    }

    // RPC-PROG-02, RPC-PROG-07, ORD-11
    @Test
    void partialResultsComeInOrderBeforeTheFinalOne() {
        registerCounter();
        List<Long> counted = new ArrayList<>();
        try (ResultStream results = pair.ann.stream("math.count", 1000)) {
            for (Result part : results) {
                counted.add(part.as(Long.class));
            }
            assertThat(results.result().as(Long.class)).isEqualTo(1000);
        }
        assertThat(counted)
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    // RPC-PROG-07
    @Test
    void whoDoesNotAskForPartsGetsNone() {
        registerCounter();
        assertThat(pair.ann.call("math.count", 3).as(Long.class)).isEqualTo(3);
        try (ResultStream results = pair.ann.stream("math.count", 3)) {
            assertThat(results.result().as(Long.class)).isEqualTo(3);
        }
    }

    @Test
    void aFailureComesAfterThePartsBeforeIt() {
        pair.bob.register("math.count", call -> {
            call.progress().orElseThrow().send(1);
            throw new WampException("math.error.tired", "enough");
        });
        try (ResultStream results = pair.ann.stream("math.count");
                Stream<Result> parts = results.stream()) {
            var iterator = parts.iterator();
            assertThat(iterator.next().as(Long.class)).isEqualTo(1);
            assertThatThrownBy(iterator::hasNext).hasMessage("math.error.tired: enough");
        }
    }

    @Test
    void closingTheStreamStopsTheHandler() throws Exception {
        pair.bob.register("math.forever", call -> {
            Progress progress = call.progress().orElseThrow();
            try {
                for (long i = 0; true; i++) {
                    progress.send(i);
                }
            } catch (WampException over) {
                pair.got(over.uri());
                throw over;
            }
        });
        try (ResultStream results = pair.ann.stream("math.forever")) {
            assertThat(results.iterator().next().as(Long.class)).isZero();
        }
        assertThat(pair.next()).isEqualTo("wamp.error.canceled");
        assertThat(pair.ann.isOpen()).isTrue();
    }

    @Test
    void aSubscriberGetsResultsAsItAsksForThem() throws Exception {
        registerCounter();
        Asking asking = new Asking();
        pair.ann.async().stream("math.count", 3).subscribe(asking);
        Flow.Subscription subscription = asking.subscription.join();
        subscription.request(1);
        assertThat(pair.next()).isEqualTo(0L);
        assertThat(pair.gotNothingMore()).isTrue();
        subscription.request(10);
        assertThat(List.of(pair.next(), pair.next(), pair.next(), pair.next())).containsExactly(1L, 2L, 3L, "complete");
    }

    @Test
    void aSubscriberGetsTheReasonWhyACallFails() throws Exception {
        pair.ann.async().stream("math.count", Args.NONE, CallOptions.DEFAULT.sealed("x_none"))
                .subscribe(new Asking());
        assertThat(pair.next()).isInstanceOf(WampException.class);
        pair.ann.async().stream("not a procedure").subscribe(new Asking());
        assertThat((WampException) pair.next()).hasMessageContaining("wamp.error.invalid_uri");
    }

    @Test
    void aSubscriberThatHasEnoughStopsTheHandler() throws Exception {
        pair.bob.register("math.forever", call -> {
            try {
                while (true) {
                    call.progress().orElseThrow().send(7);
                }
            } catch (WampException over) {
                pair.got(over.uri());
                throw over;
            }
        });
        Asking asking = new Asking();
        pair.ann.async().stream("math.forever").subscribe(asking);
        Flow.Subscription subscription = asking.subscription.join();
        subscription.request(1);
        assertThat(pair.next()).isEqualTo(7L);
        subscription.cancel();
        assertThat(pair.next()).isEqualTo("wamp.error.canceled");
    }

    private final class Asking implements Flow.Subscriber<Result> {
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(Result result) {
            pair.got(result.as(Long.class));
        }

        @Override
        public void onError(Throwable failure) {
            pair.got(failure);
        }

        @Override
        public void onComplete() {
            pair.got("complete");
        }
    }

    // RPC-PINV-01, RPC-PINV-03
    @Test
    void argumentsMayComeInParts() {
        pair.bob.register("shop.upload", RegisterOptions.DEFAULT.inParts(), call -> {
            StringBuilder text = new StringBuilder();
            for (Invocation part : call.parts()) {
                text.append(part.argument(0, String.class));
                call.progress().orElseThrow().send(text.length());
            }
            return text.toString();
        });
        try (ProgressiveCall upload = pair.ann.callInParts("shop.upload", "a")) {
            assertThat(upload.send("b")).isTrue();
            var lengths = upload.results().iterator();
            assertThat(lengths.next().as(Long.class)).isEqualTo(1);
            assertThat(lengths.next().as(Long.class)).isEqualTo(2);
            assertThat(upload.finish("c").as(String.class)).isEqualTo("abc");
            assertThat(upload.send("d")).isFalse();
        }
    }

    @Test
    void manyPartsComeInOrder() {
        pair.bob.register("math.check", RegisterOptions.DEFAULT.inParts(), call -> {
            long expected = 0;
            for (Invocation part : call.parts()) {
                assertThat(part.argument(0, Long.class)).isEqualTo(expected++);
            }
            return expected;
        });
        try (ProgressiveCall numbers = pair.ann.callInParts("math.check", 0)) {
            IntStream.range(1, 999).forEach(numbers::send);
            assertThat(numbers.finish(999).as(Long.class)).isEqualTo(1000);
        }
    }

    // RPC-PINV-09
    @Test
    void aCalleeMayAnswerBeforeItHasAllParts() {
        pair.bob.register("shop.upload", RegisterOptions.DEFAULT.inParts(), call -> "enough");
        try (ProgressiveCall upload = pair.ann.callInParts("shop.upload", "a")) {
            assertThat(upload.results().result().as(String.class)).isEqualTo("enough");
            assertThat(upload.send("b")).isFalse();
        }
    }

    @Test
    void aHandlerThatDoesNotReadPartsIsNotCalled() {
        pair.bob.register("shop.order", call -> "wrong");
        try (ProgressiveCall order = pair.ann.callInParts("shop.order", "a")) {
            assertThatThrownBy(() -> order.finish("b")).hasMessageContaining("wamp.error.feature_not_supported");
        }
    }

    @Test
    void aCallerThatGivesUpEndsTheWaitForParts() throws Exception {
        pair.bob.register("shop.upload", RegisterOptions.DEFAULT.inParts(), call -> {
            try {
                call.parts().forEach(part -> pair.got(part.argument(0, String.class)));
                return null;
            } catch (WampException over) {
                pair.got(over.uri());
                throw over;
            }
        });
        try (ProgressiveCall upload = pair.ann.callInParts("shop.upload", "a")) {
            assertThat(pair.next()).isEqualTo("a");
        }
        assertThat(pair.next()).isEqualTo("wamp.error.canceled");
    }
}
