package io.junctor.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.turn.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the listeners of a router and replaces them while the router runs. Thread-safe.
 *
 * <p>When the settings of a listener change, a new listener takes over its address. The old listener is <i>retired</i>: its connections
 * stay until they end. At most {@link #MOST_RETIRED} retired listeners exist; if there are more, the oldest closes its connections.
 */
final class Listeners {
    /** The most retired listeners; the number is small because each of them has its own threads. */
    static final int MOST_RETIRED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);
    /** The time that the clients of a closed listener may take to read the messages that are already queued for them. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A listener without an address. It closes when it has no sockets, and at {@code untilNanos} at the latest unless it {@code isLasting}. */
    private record RetiredListener(Listener listener, boolean isLasting, long untilNanos) {}

    private final Router router;
    private final Timer sweep;

    @GuardedBy("this")
    private List<Listener> open = List.of();

    @GuardedBy("this")
    private final List<RetiredListener> retired = new ArrayList<>();

    private Listeners(Router router) {
        this.router = router;
        this.sweep = router.transportContext().timers().every(SWEEP_PERIOD, this::sweep);
    }

    /** Opens the listeners of the configuration of {@code router}; if one fails, none is open. */
    static Listeners open(Router router) throws ListenException {
        Listeners listeners = new Listeners(router);
        try {
            listeners.change(router.config().listeners());
        } catch (ListenException failure) {
            listeners.close();
            throw failure;
        }
        return listeners;
    }

    /** Returns the open listeners in the order of the configuration. */
    synchronized List<Listener> all() {
        return open;
    }

    /**
     * Opens the listeners of {@code next} that are not open, and retires or closes the open listeners that are not in {@code next}. If one
     * cannot be opened, nothing changes.
     */
    synchronized void change(List<ListenerConfig> next) throws ListenException {
        List<Listener> before = new ArrayList<>(open);
        List<Listener> after = new ArrayList<>();
        List<Listener> opened = new ArrayList<>();
        List<Listener> replaced = new ArrayList<>();
        for (ListenerConfig config : next) {
            Listener known = take(before, config);
            if (known == null) {
                try {
                    known = open(config, before, replaced);
                } catch (ListenException failure) {
                    undo(opened, replaced);
                    throw failure.ofListener(after.size() + 1, next.size());
                }
                opened.add(known);
            }
            after.add(known);
        }
        open = List.copyOf(after);
        for (Listener old : replaced) {
            retire(old);
        }
        before.removeAll(replaced);
        for (Listener old : before) {
            end(old);
        }
    }

    private static @Nullable Listener take(List<Listener> known, ListenerConfig config) {
        for (Listener listener : known) {
            if (listener.configured().equals(config)) {
                known.remove(listener);
                return listener;
            }
        }
        return null;
    }

    /** Opens a listener, after the listeners that use its address have released it. */
    private Listener open(ListenerConfig config, List<Listener> others, List<Listener> replaced)
            throws ListenException {
        for (Listener other : others) {
            if (other.config().address().sharesSocket(config.address()) && !replaced.contains(other)) {
                other.release();
                replaced.add(other);
            }
        }
        return ListenerBinding.bind(config, router.transportContext(), this::realms);
    }

    private List<String> realms() {
        return router.config().all().map(RealmConfig::name).toList();
    }

    @GuardedBy("this")
    private void undo(List<Listener> opened, List<Listener> replaced) {
        opened.forEach(Listener::close);
        List<Listener> back = new ArrayList<>(open);
        for (Listener old : replaced) {
            back.remove(old);
            retire(old);
            try {
                back.add(ListenerBinding.bind(old.configured(), router.transportContext(), this::realms));
            } catch (ListenException failure) {
                LOG.error("the listener before cannot be opened again either: {}", failure.getMessage());
            }
        }
        open = List.copyOf(back);
    }

    @GuardedBy("this")
    private void retire(Listener listener) {
        retired.add(new RetiredListener(listener, true, 0));
        List<RetiredListener> lasting =
                retired.stream().filter(RetiredListener::isLasting).toList();
        if (lasting.size() > MOST_RETIRED) {
            retired.remove(lasting.getFirst());
            end(lasting.getFirst().listener());
        }
    }

    /** Closes the connections of a listener with close code 1001. */
    @GuardedBy("this")
    private void end(Listener listener) {
        listener.release();
        listener.disconnect();
        long now = router.transportContext().timers().nanos();
        retired.add(new RetiredListener(listener, false, now + GRACE.toNanos()));
    }

    private void sweep() {
        long now = router.transportContext().timers().nanos();
        List<Listener> over = new ArrayList<>();
        synchronized (this) {
            retired.removeIf(one -> {
                boolean isOver = one.listener.sockets() == 0 || (!one.isLasting && one.untilNanos - now <= 0);
                if (isOver) {
                    over.add(one.listener);
                }
                return isOver;
            });
        }
        over.forEach(Listener::close);
    }

    /** From now on {@code /health} answers that the router shuts down; clients can still connect. */
    synchronized void announceClosing() {
        open.forEach(Listener::announceClosing);
    }

    /** Releases the addresses, so that another process can bind them; open connections stay. */
    synchronized void release() {
        open.forEach(Listener::release);
    }

    /** Returns whether a socket is open whose opening handshake or next request has not arrived yet. */
    synchronized boolean hasUnusedSockets() {
        return open.stream().anyMatch(Listener::hasUnusedSockets);
    }

    synchronized void stopAccepting() {
        open.forEach(Listener::stopAccepting);
    }

    synchronized void close() {
        sweep.cancel();
        open.forEach(Listener::close);
        retired.forEach(one -> one.listener.close());
    }
}
