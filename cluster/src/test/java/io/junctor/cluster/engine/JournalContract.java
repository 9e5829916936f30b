package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the journal of every engine promises. */
public abstract class JournalContract extends EngineContract {
    private static final Duration LONG = Duration.ofHours(1);

    /** Lets time pass. */
    protected abstract void pass(Duration time) throws InterruptedException;

    @Test
    void whatAnyRouterAppendedIsReadInOneOrderOnAll() {
        List<Engine> routers = routers(3);
        List<CompletionStage<Written>> appends = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            appends.add(routers.get(i % 3).journal().append("a.b", bytes(i % 3 + ":" + i / 3), LONG));
        }
        appends.forEach(EngineContract::accepted);
        List<String> all = read(routers.getFirst(), "a.b");
        assertThat(all).hasSize(60).doesNotHaveDuplicates();
        for (int router = 0; router < 3; router++) {
            String own = router + ":";
            assertThat(read(routers.get(router), "a.b")).isEqualTo(all);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add(own + i);
            }
            assertThat(all.stream().filter(text -> text.startsWith(own))).isEqualTo(expected);
        }
    }

    @Test
    void aReadSeesWhatWasAcceptedBefore() {
        List<Engine> routers = routers(2);
        for (int i = 1; i <= 50; i++) {
            accepted(routers.get(0).journal().append("a", bytes("" + i), LONG));
            assertThat(read(routers.get(1), "a")).hasSize(i).endsWith("" + i);
        }
    }

    @Test
    void revisionsGrow() {
        Journal journal = routers(1).getFirst().journal();
        long first = accepted(journal.append("a", bytes("1"), LONG));
        long other = accepted(journal.append("b", bytes("2"), LONG));
        long second = accepted(journal.append("a", bytes("3"), LONG));
        assertThat(get(journal.read("a"))).extracting(Entry::revision).containsExactly(first, second);
        assertThat(get(journal.read("a"))).extracting(Entry::key).containsExactly("a", "a");
        assertThat(other).isBetween(first, second);
    }

    @Test
    void keysAreApartAndMayBeUnknown() {
        Engine engine = routers(1).getFirst();
        accepted(engine.journal().append("a.b", bytes("1"), LONG));
        accepted(engine.journal().append("a.c", bytes(""), LONG));
        assertThat(read(engine, "a.b")).containsExactly("1");
        assertThat(read(engine, "a.c")).containsExactly("");
        assertThat(read(engine, "a.d")).isEmpty();
    }

    @Test
    void theOldestEntriesOfAKeyAreRemoved() {
        Engine engine = routers(1).getFirst();
        Journal journal = engine.journal();
        List<Long> revisions = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            revisions.add(accepted(journal.append("a", bytes("" + i), LONG)));
            accepted(journal.append("b", bytes("" + i), LONG));
        }
        get(journal.keepLast("a", 4));
        assertThat(read(engine, "a")).containsExactly("7", "8", "9", "10");
        get(journal.keepLast("a", 20));
        get(journal.removeBefore("a", revisions.get(8)));
        assertThat(read(engine, "a")).containsExactly("9", "10");
        get(journal.removeBefore("unknown", 5));
        assertThat(read(engine, "b")).hasSize(10);
        accepted(journal.append("a", bytes("11"), LONG));
        assertThat(read(engine, "a")).containsExactly("9", "10", "11");
    }

    @Test
    void anEntryGoesWhenItIsTooOld() throws InterruptedException {
        Engine engine = routers(1).getFirst();
        accepted(engine.journal().append("a", bytes("young"), Duration.ofMillis(900)));
        accepted(engine.journal().append("a", bytes("old"), LONG));
        assertThat(read(engine, "a")).containsExactly("young", "old");
        pass(Duration.ofSeconds(3));
        assertThat(read(engine, "a")).containsExactly("old");
    }

    @Test
    void wrongKeysAreRefused() {
        Journal journal = routers(1).getFirst().journal();
        for (String wrong : List.of("", "a..b", "*", "a.>", "a b")) {
            assertThatThrownBy(() -> journal.append(wrong, bytes("x"), LONG))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.read(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> read(Engine engine, String key) {
        return get(engine.journal().read(key)).stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
