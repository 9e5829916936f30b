package io.junctor.router.realm;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.MemoryPressure;
import io.junctor.router.transport.Acceptor;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Receiver;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Limits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Safe for use by many threads. The realms of a router and the connections that lead there. */
public final class Realms implements Acceptor {
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);

    private final Map<String, Realm> byName = new LinkedHashMap<>();
    private final Map<ListenerLimits, Codecs> codecsByLimits = new ConcurrentHashMap<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    /** Those whose transport did not take all at once; only they can stall or hold much. */
    private final Set<Link> slow = ConcurrentHashMap.newKeySet();

    private final Surroundings surroundings;
    private final Timers.Timer sweep;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closing;

    /** The realms of {@code config}; {@code workers} runs what may block. */
    public Realms(RouterConfig config, Counters counters, Timers timers, Executor workers) {
        long outboxBytes =
                Runtime.getRuntime().maxMemory() / 100 * config.limits().outboxHeapPercent();
        this.surroundings = new Surroundings(
                new SessionIds(), new SecureRandom(), counters, timers, workers, new MemoryPressure(outboxBytes));
        config.realms().forEach(realm -> byName.put(realm.name(), new Realm(realm, surroundings)));
        this.sweep = timers.every(SWEEP_PERIOD, this::sweep);
    }

    @Override
    public Receiver accept(Connection connection) {
        Link link = new Link(this, surroundings, connection, codecs(connection.limits()));
        links.add(link);
        link.start();
        if (closing) {
            link.shutDown();
        }
        return link;
    }

    /** How many sessions are open. */
    public int sessions() {
        return surroundings.sessionIds().size();
    }

    /** How many connections there are, with or without a session. */
    public int connections() {
        return links.size();
    }

    /** How many operations wait for a turn, in all realms. */
    public int waitingOperations() {
        return byName.values().stream().mapToInt(Realm::waiting).sum();
    }

    /** The bytes that wait for clients. */
    public long outboxBytes() {
        return links.stream().mapToLong(link -> link.outbox().heapBytes()).sum();
    }

    /** Says goodbye to all sessions (section "Session Closing"); nobody joins any more. Returns at once. */
    public void beginShutdown() {
        closing = true;
        try (Pass pass = Pass.open()) {
            byName.values().forEach(Realm::submitShutdown);
        }
        List.copyOf(links).forEach(Link::shutDown);
        completeIfEmpty();
    }

    /** Completes when no connection is left after {@link #beginShutdown}. */
    public CompletableFuture<Void> empty() {
        return empty;
    }

    /** Drops every connection that is still there. */
    public void dropAll() {
        sweep.cancel();
        List.copyOf(links).forEach(Link::drop);
    }

    boolean isClosing() {
        return closing;
    }

    void forget(Link link) {
        slow.remove(link);
        if (links.remove(link)) {
            completeIfEmpty();
        }
    }

    /** Looks at {@code link} from now on, until its transport has taken everything. */
    void watch(Link link) {
        slow.add(link);
    }

    private void completeIfEmpty() {
        if (closing && links.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Decides on a {@code HELLO} (section "Session Establishment"). */
    Admission admit(Hello hello) {
        Uri name = hello.realm();
        if (closing) {
            return new Admission.Refused(WampError.SYSTEM_SHUTDOWN, "the router shuts down");
        }
        if (name != null && !UriRules.LOOSE.isUri(name)) {
            return new Admission.Refused(WampError.INVALID_URI, "the realm is not a valid URI");
        }
        Realm realm = name == null ? null : byName.get(name.text());
        if (realm == null) {
            return new Admission.Refused(WampError.NO_SUCH_REALM, "there is no such realm");
        }
        return admit(hello, realm);
    }

    /** Section "Authentication": the first method of the client's list that the realm offers; no list means anonymous. */
    private static Admission admit(Hello hello, Realm realm) {
        List<String> offered = hello.details().authmethods();
        boolean anonymous = offered.isEmpty() || offered.contains("anonymous");
        String role = realm.config().anonymousRole();
        if (anonymous && role != null) {
            return new Admission.Admitted(realm, role);
        }
        if (anonymous) {
            return new Admission.Refused(WampError.AUTHENTICATION_REQUIRED, "this realm admits no anonymous sessions");
        }
        return new Admission.Refused(
                WampError.NO_MATCHING_AUTH_METHOD, "this realm offers none of the authmethods of HELLO");
    }

    private Codecs codecs(ListenerLimits limits) {
        return codecsByLimits.computeIfAbsent(
                limits, key -> new Codecs(new Limits(key.messageBytes(), key.depth(), Limits.DEFAULT.elements())));
    }

    private void sweep() {
        long now = surroundings.timers().nanos();
        long bytes = 0;
        for (Link link : slow) {
            link.stallWatch().look(now);
            bytes += link.outbox().heapBytes();
            release(link);
        }
        surroundings.pressure().measured(bytes, links.size());
    }

    /** Looks once more after it took the link out: it may have become slow again before, and found itself still in. */
    private void release(Link link) {
        if (link.outbox().writeOnItsWay() == 0
                && slow.remove(link)
                && link.outbox().writeOnItsWay() != 0) {
            slow.add(link);
        }
    }
}
