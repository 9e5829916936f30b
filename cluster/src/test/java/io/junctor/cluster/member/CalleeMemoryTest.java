package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Watcher;
import io.junctor.router.config.RealmConfig;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router keeps of a callee of another router that is not called; a fifth less with compact object headers, as routers have them. */
class CalleeMemoryTest {
    private static final int CALLEES = 5_000;
    private static final int COLLECTIONS = 4;
    private static final long MOST_BYTES = 500;

    private final Members members = new Members();

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one session with many procedures",
                "many sessions with a procedure each",
                "many sessions with the same procedure"
            })
    void aCalleeOfAnotherRouterTakesLittleMemory(String callees) {
        Members.Started holder = members.start(1);
        register(holder, callees);
        begin(2);
        // What a first router leaves with the holder, and classes, are no part of it.
        long before = usedBytes();
        begin(3);
        long bytes = (usedBytes() - before) / CALLEES;
        assertThat(bytes).isBetween(100L, MOST_BYTES);
    }

    private void begin(int id) {
        Members.Started router = members.begin(id, copying(members.network), RealmConfig.open(Members.REALM));
        members.advanceUntil(() -> router.member().problem() == null);
        // Answered when the router has taken all callees.
        router.join().register("com.example.last" + id);
    }

    private static void register(Members.Started holder, String callees) {
        Peer one = holder.join();
        for (int i = 0; i < CALLEES; i++) {
            boolean isSame = callees.endsWith("the same procedure");
            Peer callee = callees.startsWith("one session") ? one : holder.join();
            RegisterMessageOptions options = new RegisterMessageOptions(
                    MatchPolicy.EXACT,
                    isSame ? InvokePolicy.ROUND_ROBIN : InvokePolicy.SINGLE,
                    false,
                    false,
                    List.of(),
                    Dict.EMPTY);
            String procedure = "com.example.procedure" + (isSame ? "" : i);
            callee.send(new Register(callee.nextRequest(), options, new Uri(procedure)));
            callee.expect(Registered.class);
        }
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Of the network in memory, a router shares the keys with the store; here it has its own, as over a real one. */
    private static EngineProvider copying(EngineProvider network) {
        return id -> copying(Engine.class, network.open(id));
    }

    private static <T> T copying(Class<T> type, T target) {
        Class<?>[] types = {type};
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals("watch")) {
                arguments = new Object[] {new CopyingWatcher((Watcher) arguments[0])};
            }
            try {
                Object result = method.invoke(target, arguments);
                return result instanceof Records records ? copying(Records.class, records) : result;
            } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
            }
        }));
    }

    private record CopyingWatcher(Watcher watcher) implements Watcher {
        @Override
        public Collection<String> keys() {
            return watcher.keys();
        }

        @Override
        public void onEntry(Entry entry) {
            watcher.onEntry(new Entry(
                    new String(entry.key().toCharArray()),
                    entry.revision(),
                    entry.value().clone()));
        }

        @Override
        public void onDeleted(String key, long revision) {
            watcher.onDeleted(key, revision);
        }

        @Override
        public void onMadeAnew() {
            watcher.onMadeAnew();
        }

        @Override
        public void onCaughtUp(long revision) {
            watcher.onCaughtUp(revision);
        }
    }
}
