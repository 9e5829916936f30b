package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Watcher;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Holds back what a router is told about the registry, while its requests are answered. Thread-safe. */
final class HeldNews {
    /** Guarded by this. */
    private final List<Runnable> held = new ArrayList<>();
    /** Guarded by this. */
    private boolean holds;

    /** The engine whose watchers of the registry wait as this says. */
    Engine of(Engine engine) {
        return proxy(Engine.class, engine, (proxy, method, arguments) -> {
            Object result = method.invoke(engine, arguments);
            boolean isRegistry = method.getName().equals("records") && arguments[0] == Store.REGISTRY;
            return isRegistry ? records((Records) Objects.requireNonNull(result)) : result;
        });
    }

    synchronized void hold() {
        holds = true;
    }

    /** Tells what was held back, in its order. */
    synchronized void release() {
        holds = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** Loses what was held back. */
    synchronized void lose() {
        holds = false;
        held.clear();
    }

    private Records records(Records records) {
        return proxy(Records.class, records, (proxy, method, arguments) -> {
            if (method.getName().equals("watch")) {
                return records.watch(new Held((Watcher) arguments[0]));
            }
            return method.invoke(records, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, T target, InvocationHandler handler) {
        InvocationHandler direct = (proxy, method, arguments) -> {
            try {
                return handler.invoke(target, method, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, direct));
    }

    private synchronized void tell(Runnable news) {
        if (holds) {
            held.add(news);
        } else {
            news.run();
        }
    }

    private final class Held implements Watcher {
        private final Watcher watcher;

        Held(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void onEntry(Entry entry) {
            tell(() -> watcher.onEntry(entry));
        }

        @Override
        public void onDeleted(String key, long revision) {
            tell(() -> watcher.onDeleted(key, revision));
        }

        @Override
        public void onMadeAnew() {
            tell(watcher::onMadeAnew);
        }

        @Override
        public void onCaughtUp(long revision) {
            tell(() -> watcher.onCaughtUp(revision));
        }
    }
}
