package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.turn.Turnstile.Operation;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class PassTest {
    private final List<String> flushed = new ArrayList<>();

    @Test
    void flushesOnceAtTheEndInTheOrderInWhichThingsBecameDirty() {
        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> flushed.add("a"));
            pass.atEnd(() -> flushed.add("b"));
            assertThat(flushed).isEmpty();
        }
        assertThat(flushed).containsExactly("a", "b");
    }

    @Test
    void onlyTheOutermostPassFlushes() {
        try (Pass outer = Pass.open()) {
            try (Pass inner = Pass.open()) {
                assertThat(inner).isSameAs(outer).isSameAs(Pass.current());
                inner.atEnd(() -> flushed.add("a"));
            }
            assertThat(flushed).isEmpty();
        }
        assertThat(flushed).containsExactly("a");
    }

    @Test
    void whatBecomesDirtyWhileFlushingIsFlushedToo() {
        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> {
                flushed.add("a");
                Pass.current().atEnd(() -> flushed.add("c"));
            });
            pass.atEnd(() -> flushed.add("b"));
        }
        assertThat(flushed).containsExactly("a", "b", "c");
    }

    @Test
    void passOpenedWhileFlushingLeavesTheFlushingToTheOuterOne() {
        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> {
                try (Pass inner = Pass.open()) {
                    inner.atEnd(() -> flushed.add("inner"));
                }
                flushed.add("outer");
            });
        }
        assertThat(flushed).containsExactly("outer", "inner");
    }

    @Test
    void faultStopsNeitherTheOtherFlushesNorThePassesToCome() {
        IllegalStateException fault = new IllegalStateException("planted");
        assertThatThrownBy(() -> {
                    try (Pass pass = Pass.open()) {
                        pass.atEnd(() -> {
                            throw fault;
                        });
                        pass.atEnd(() -> flushed.add("a"));
                    }
                })
                .isSameAs(fault);
        assertThat(flushed).containsExactly("a");

        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> flushed.add("b"));
        }
        assertThat(flushed).containsExactly("a", "b");
    }

    @Test
    void thereIsNoCurrentPassOutsideOfOne() {
        assertThatThrownBy(Pass::current).isInstanceOf(AssertionError.class);
    }

    @Test
    void moreThanItsShareIsHandedToTheHomesAsOneTaskEach() {
        List<Runnable> left = new ArrayList<>();
        List<Runnable> right = new ArrayList<>();
        Executor leftHome = left::add;
        Executor rightHome = right::add;
        List<String> flushed = new ArrayList<>();

        try (Pass pass = Pass.open()) {
            for (int i = 0; i < Pass.OWN_SHARE; i++) {
                pass.atEnd(() -> flushed.add("left"), leftHome);
            }
            pass.atEnd(() -> flushed.add("right"), rightHome);
            pass.atEnd(() -> flushed.add("anywhere"));
        }

        assertThat(flushed).containsExactly("anywhere");
        assertThat(left).hasSize(1);
        assertThat(right).hasSize(1);
        left.getFirst().run();
        right.getFirst().run();
        assertThat(flushed).hasSize(Pass.OWN_SHARE + 2).endsWith("right");
    }

    @Test
    void itsShareAndWhatHasOneHomeOnlyIsFlushedHere() {
        List<String> flushed = new ArrayList<>();
        Executor never = task -> flushed.add("handed over");

        try (Pass pass = Pass.open()) {
            for (int i = 0; i < 2 * Pass.OWN_SHARE; i++) {
                pass.atEnd(() -> flushed.add("here"), never);
            }
        }

        assertThat(flushed).hasSize(2 * Pass.OWN_SHARE).containsOnly("here");
    }

    @Test
    void ownHomeIsNotHandedItsShare() {
        List<Runnable> handedHere = new ArrayList<>();
        List<Runnable> handedThere = new ArrayList<>();
        Executor here = handedHere::add;
        Executor there = handedThere::add;

        try (Pass pass = Pass.openAt(here)) {
            for (int i = 0; i < Pass.OWN_SHARE; i++) {
                pass.atEnd(() -> flushed.add("here"), here);
            }
            pass.atEnd(() -> flushed.add("there"), there);
        }

        assertThat(flushed).hasSize(Pass.OWN_SHARE).containsOnly("here");
        assertThat(handedHere).isEmpty();
        assertThat(handedThere).hasSize(1);
    }

    @Test
    void nextPassOfTheThreadIsAtHomeNowhere() {
        List<Runnable> handed = new ArrayList<>();
        Executor home = handed::add;
        Executor other = task -> flushed.add("elsewhere");
        Pass.openAt(home).close();

        try (Pass pass = Pass.open()) {
            for (int i = 0; i < Pass.OWN_SHARE; i++) {
                pass.atEnd(() -> flushed.add("here"), home);
            }
            pass.atEnd(() -> flushed.add("there"), other);
        }

        assertThat(flushed).containsExactly("elsewhere");
        assertThat(handed).hasSize(1);
    }

    @Test
    void aPassIsSpentByDeliveriesAndTheNextIsNot() {
        try (Pass pass = Pass.open()) {
            pass.spend(Pass.STEPS - 1);
            assertThat(pass.isSpent()).isFalse();
            pass.spend(1);
            assertThat(pass.isSpent()).isTrue();
        }
        try (Pass next = Pass.open()) {
            assertThat(next.isSpent()).isFalse();
        }
    }

    @Test
    void ofManyFlushesOfItsOwnASelectorDoesAShareAtATime() {
        List<Runnable> tasks = new ArrayList<>();
        Executor here = tasks::add;
        int all = 2 * Pass.OWN_SHARE + 1;
        try (Pass pass = Pass.openAt(here)) {
            for (int i = 0; i < all; i++) {
                pass.atEnd(() -> flushed.add("own"), here);
            }
        }
        assertThat(flushed).hasSize(Pass.OWN_SHARE);
        tasks.removeFirst().run();
        assertThat(flushed).hasSize(2 * Pass.OWN_SHARE);
        tasks.removeFirst().run();
        assertThat(flushed).hasSize(all);
        assertThat(tasks).isEmpty();
    }

    /** A thread that reads from sockets lives longer than a realm. */
    @Test
    void aThreadHoldsNoTurnstileOfItsLastPass() {
        WeakReference<Turnstile> turnstile = usedInAPass();
        System.gc();
        assertThat(turnstile.get()).isNull();
    }

    private WeakReference<Turnstile> usedInAPass() {
        Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(1, 1), Runnable::run, fault -> {});
        try (Pass pass = Pass.open()) {
            turnstile.runInPass(Operation.of(new NotedSource(), 1, () -> flushed.add("ran")));
        }
        assertThat(flushed).containsExactly("ran");
        return new WeakReference<>(turnstile);
    }
}
