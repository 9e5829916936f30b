package io.junctor.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final RouterId FIRST = new RouterId(1);
    private static final RouterId SECOND = new RouterId(2);
    private static final RouterId THIRD = new RouterId(3);

    private final Plant plant = new Plant();
    private final Plant.Router first = plant.start(1);
    private final Plant.Router second = plant.start(2);
    private final Plant.Router third = plant.start(3);

    @Test
    void routersLearnOfEachOther() {
        assertThat(first.others()).containsExactlyInAnyOrder(SECOND, THIRD);
        assertThat(third.others()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(third.news).containsExactly("node1 joined", "node2 joined");
        assertThat(third.membership.isReady()).isTrue();
        assertThat(third.membership.mayServeExclusively()).isTrue();
    }

    @Test
    void routersThatAreHeardAreNeverSuspected() {
        plant.advance(Duration.ofMinutes(2));
        assertThat(first.news).containsExactly("node2 joined", "node3 joined");
        assertThat(first.membership.mayServeExclusively()).isTrue();
    }

    @Test
    void aRouterThatLeavesIsGoneAtOnce() {
        var left = second.membership.leave().toCompletableFuture();
        plant.settle();
        assertThat(left).isDone();
        second.engine.close();
        plant.settle();
        assertThat(first.news).endsWith("node2 gone: it has left");
        assertThat(third.others()).containsExactly(FIRST);
        assertThat(second.news).doesNotContain("excluded");
    }

    @Test
    void aRouterWithoutConnectionIsSuspectedThenDeadAndOneRouterClearsUp() {
        plant.network.cutOff(SECOND);
        plant.advance(Duration.ofMillis(1_400));
        assertThat(first.membership.isSuspected(SECOND)).isFalse();
        plant.advance(Duration.ofMillis(700));
        assertThat(first.membership.isSuspected(SECOND)).isTrue();
        assertThat(first.others()).contains(SECOND);
        plant.advance(Duration.ofMillis(2_500));
        assertThat(first.others()).containsExactly(THIRD);
        assertThat(third.others()).containsExactly(FIRST);
        assertThat(goneLines("node2")).hasSize(2);
        assertThat(goneLines("node2"))
                .filteredOn(line -> line.contains("clear up"))
                .hasSize(1);
    }

    @Test
    void aRouterWithoutConnectionServesNothingExclusivelyAndIsExcludedWhenItIsBack() {
        plant.network.cutOff(SECOND);
        plant.advance(Duration.ofMillis(900));
        assertThat(second.membership.mayServeExclusively()).isTrue();
        plant.advance(Duration.ofMillis(200));
        assertThat(second.membership.mayServeExclusively()).isFalse();
        plant.advance(Duration.ofSeconds(6));
        plant.network.reconnect(SECOND);
        plant.settle();
        plant.advance(Duration.ofSeconds(1));
        assertThat(second.news).endsWith("excluded");
        assertThat(second.membership.mayServeExclusively()).isFalse();
        assertThat(first.others()).containsExactly(THIRD);
    }

    @Test
    void aShortBreakIsForgiven() {
        plant.network.cutOff(SECOND);
        plant.advance(Duration.ofSeconds(2));
        plant.network.reconnect(SECOND);
        assertThat(second.membership.mayServeExclusively()).isFalse();
        plant.settle();
        assertThat(second.membership.mayServeExclusively()).isTrue();
        plant.advance(Duration.ofSeconds(30));
        assertThat(first.news).endsWith("node2 suspected", "node2 trusted");
        assertThat(second.news).doesNotContain("excluded");
    }

    @Test
    void aRouterThatHangsForEightSecondsIsNotDead() {
        second.hang();
        plant.advance(Duration.ofSeconds(8));
        assertThat(first.membership.isSuspected(SECOND)).isTrue();
        second.wake();
        plant.advance(Duration.ofSeconds(20));
        assertThat(first.news).endsWith("node2 suspected", "node2 trusted");
        assertThat(second.membership.mayServeExclusively()).isTrue();
    }

    @Test
    void aRouterThatHangsForThirtySecondsIsDeadOnceAndServesNothingWhenItWakes() {
        second.hang();
        plant.advance(Duration.ofSeconds(14));
        assertThat(first.others()).contains(SECOND);
        plant.advance(Duration.ofSeconds(16));
        assertThat(goneLines("node2")).hasSize(2);
        assertThat(first.news.getLast()).contains("its record stood still for 15 s");
        second.wake();
        assertThat(second.membership.mayServeExclusively()).isFalse();
        plant.advance(Duration.ofSeconds(5));
        assertThat(second.news).endsWith("excluded");
        assertThat(goneLines("node2")).hasSize(2);
    }

    @Test
    void noRouterIsDeclaredDeadForItsRecordWhileTheStoreTakesNoWrites() {
        plant.network.suspend(Store.ROUTERS);
        second.hang();
        plant.advance(Duration.ofSeconds(40));
        assertThat(first.others()).contains(SECOND);
        assertThat(first.membership.mayServeExclusively()).isFalse();
        second.wake();
        plant.network.resume(Store.ROUTERS);
        plant.advance(Duration.ofSeconds(10));
        assertThat(goneLines("node2")).isEmpty();
        assertThat(first.membership.mayServeExclusively()).isTrue();
    }

    @Test
    void aRouterHasTimeToWriteItsRecordWhenTheStoreTakesWritesAgain() {
        plant.network.suspend(Store.ROUTERS);
        second.hang();
        plant.advance(Duration.ofSeconds(20));
        plant.network.resume(Store.ROUTERS);
        plant.advance(Duration.ofSeconds(3));
        second.wake();
        plant.advance(Duration.ofSeconds(20));
        assertThat(goneLines("node2")).isEmpty();
    }

    @Test
    void aRouterIsDeclaredDeadSoonAfterTheStoreTakesWritesAgain() {
        second.hang();
        plant.advance(Duration.ofSeconds(1));
        plant.network.suspend(Store.ROUTERS);
        plant.advance(Duration.ofSeconds(9));
        plant.network.resume(Store.ROUTERS);
        plant.advance(Duration.ofSeconds(6));
        assertThat(goneLines("node2")).hasSize(2);
    }

    @Test
    void aPauseOfTheOthersDoesNotDelayTheVerdict() {
        second.hang();
        plant.advance(Duration.ofSeconds(8));
        Stream.of(first, third).forEach(Plant.Router::hang);
        plant.advance(Duration.ofSeconds(2));
        Stream.of(first, third).forEach(Plant.Router::wake);
        plant.advance(Duration.ofSeconds(7));
        assertThat(goneLines("node2")).hasSize(2);
    }

    @Test
    void anotherRouterGoesOnWhereTheOneThatClearsUpDies() {
        Stream.of(first, third).forEach(router -> router.clearsAtOnce = false);
        plant.network.cutOff(SECOND);
        plant.advance(Duration.ofSeconds(5));
        Plant.Router clearing = first.news.getLast().contains("clear up") ? first : third;
        Plant.Router other = clearing == first ? third : first;
        plant.network.cutOff(clearing.id);
        plant.advance(Duration.ofSeconds(6));
        assertThat(other.news).filteredOn(line -> line.startsWith("node2 gone")).hasSize(2);
        assertThat(other.news).anyMatch(line -> line.startsWith("node2 gone, clear up"));
        other.membership.cleared(SECOND);
        plant.settle();
        Plant.Router late = plant.start(4);
        assertThat(late.others()).containsExactly(other.id);
    }

    @Test
    void aStoreThatIsMadeAnewIsFilledAgain() {
        plant.network.wipe(Store.ROUTERS);
        for (Plant.Router router : List.of(first, second, third)) {
            plant.network.cutOff(router.id);
            plant.network.reconnect(router.id);
            plant.settle();
        }
        plant.advance(Duration.ofSeconds(10));
        assertThat(first.others()).containsExactlyInAnyOrder(SECOND, THIRD);
        assertThat(third.others()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(Stream.of(first, second, third).flatMap(router -> router.news.stream()))
                .doesNotContain("excluded");
    }

    @Test
    void afterRandomCutsAndPausesAllAgree() {
        for (long seed = 0; seed < 50; seed++) {
            agreeAfterFaults(seed);
        }
    }

    private static void agreeAfterFaults(long seed) {
        Random random = new Random(seed);
        Plant plant = new Plant();
        List<Plant.Router> routers = Stream.of(1L, 2L, 3L, 4L).map(plant::start).toList();
        for (int fault = 0; fault < 5; fault++) {
            Plant.Router victim = routers.get(random.nextInt(routers.size()));
            boolean isCut = random.nextBoolean();
            if (isCut) {
                plant.network.cutOff(victim.id);
            } else {
                victim.hang();
            }
            plant.advance(Duration.ofMillis(100 + random.nextInt(20_000)));
            if (isCut) {
                plant.network.reconnect(victim.id);
            } else {
                victim.wake();
            }
            plant.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
        plant.advance(Duration.ofSeconds(20));
        List<Plant.Router> living = routers.stream()
                .filter(router -> !router.news.contains("excluded"))
                .toList();
        for (Plant.Router router : living) {
            assertThat(router.others())
                    .as("seed " + seed + ", " + router.id)
                    .isEqualTo(Set.copyOf(living.stream()
                            .map(other -> other.id)
                            .filter(other -> !other.equals(router.id))
                            .toList()));
            assertThat(router.membership.mayServeExclusively())
                    .as("seed " + seed)
                    .isTrue();
            assertThat(router.news.stream().filter(line -> line.contains("gone")))
                    .as("seed " + seed)
                    .doesNotHaveDuplicates();
        }
        for (Plant.Router gone : routers) {
            long clearing = routers.stream()
                    .flatMap(router -> router.news.stream())
                    .filter(line -> line.startsWith("node" + gone.id.value() + " gone, clear up"))
                    .count();
            assertThat(clearing).as("seed " + seed).isEqualTo(living.contains(gone) ? 0 : 1);
        }
    }

    private List<String> goneLines(String node) {
        return Stream.of(first, second, third)
                .flatMap(router -> router.news.stream())
                .filter(line -> line.startsWith(node + " gone"))
                .toList();
    }
}
