package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.match.LongMap;
import io.junctor.router.meta.PatternEntry;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Dict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A registered procedure or pattern with its callees (sections "Registering and Unregistering" and "Shared
 * Registration"). Adding, removing and selecting a callee takes at most logarithmic time, unless the first selected
 * callee cannot accept the call. Confined to the realm's turn.
 */
final class Registration extends PatternEntry {
    private static final Comparator<Callee> BY_LOAD = Comparator.<Callee>comparingInt(callee -> callee.open)
            .thenComparingLong(callee -> callee.rank)
            .thenComparingLong(callee -> callee.order);

    /** The indexes by which callees are found if there may be several. */
    private static final class CalleeIndex {
        /** All callees, in no order. */
        final List<Callee> callees = new ArrayList<>(1);

        final NavigableMap<Long, Callee> byOrder = new TreeMap<>();
        final LongMap<Callee> bySession = new LongMap<>();
        /** All callees, those with the fewest open invocations first; null unless calls are balanced by load. */
        final @Nullable NavigableSet<Callee> byLoad;

        final RandomGenerator random;
        long lastRank;

        CalleeIndex(boolean balances, RandomGenerator random) {
            this.byLoad = balances ? new TreeSet<>(BY_LOAD) : null;
            this.random = random;
        }

        private void add(Callee callee) {
            callees.add(callee);
            byOrder.put(callee.order, callee);
            bySession.put(callee.session(), callee);
        }
    }

    final InvokePolicy invoke;
    /** The number of removed callees whose removal is not announced yet. */
    int untold;

    /** The calls of the registration. Null before the first call, because many registrations of other routers are never called on this router. */
    private @Nullable RegistrationCalls calls;
    /** The indexes of several callees. Null if the registration is not shared and this router knows of at most one callee. */
    private @Nullable CalleeIndex several;
    /** The only callee if {@link #several} is null; null if there is no callee. */
    private @Nullable Callee only;

    private long lastOrder;
    /** The number of callees with a limit of open invocations. */
    private int limitedCallees;

    Registration(long id, Register register, Instant created, RandomGenerator random) {
        super(id, register.procedure(), register.options().match(), created);
        RegisterMessageOptions options = register.options();
        this.invoke = options.invoke();
        this.several = invoke == InvokePolicy.SINGLE ? null : new CalleeIndex(balances(options), random);
    }

    /** The calls of the registration, for changes; created if there are none. */
    @InTurn
    RegistrationCalls calls() {
        if (calls == null) {
            calls = new RegistrationCalls();
        }
        return calls;
    }

    /** The calls of the registration, for reading only. */
    @InTurn
    RegistrationCalls figures() {
        return calls == null ? new RegistrationCalls() : calls;
    }

    /** The first waiting call that may go to {@code callee}, or null. */
    @InTurn
    @Nullable
    PendingCall firstWaitingFor(Callee callee) {
        return calls == null ? null : calls.firstFor(callee);
    }

    /** The calls that wait until a callee is free, in order. */
    @InTurn
    List<PendingCall> waiting() {
        return calls == null ? List.of() : calls.waiting();
    }

    /** The callee that is this session, or null. */
    @InTurn
    @Nullable
    Callee callee(long session) {
        if (several != null) {
            return several.bySession.get(session);
        }
        return only != null && only.session() == session ? only : null;
    }

    /** The options that all its callees have in common. */
    RegisterMessageOptions options() {
        return new RegisterMessageOptions(match(), invoke, false, false, List.of(), Dict.EMPTY);
    }

    /** Whether calls go to the callee with the fewest open invocations. */
    static boolean balances(RegisterMessageOptions options) {
        InvokePolicy invoke = options.invoke();
        return options.extensions().leastPending()
                && (invoke == InvokePolicy.ROUND_ROBIN || invoke == InvokePolicy.RANDOM);
    }

    /** Whether a session may become a further callee with these options. */
    @InTurn
    boolean isSharedAs(RegisterMessageOptions options) {
        return isShared()
                && several != null
                && invoke == options.invoke()
                && balances(options) == (several.byLoad != null);
    }

    @InTurn
    boolean isShared() {
        return invoke != InvokePolicy.SINGLE;
    }

    @InTurn
    boolean isEmpty() {
        return size() == 0;
    }

    /** Whether {@code callee} was not removed. */
    @InTurn
    boolean holds(Callee callee) {
        return callee.index >= 0;
    }

    @InTurn
    int size() {
        if (several != null) {
            return several.callees.size();
        }
        return only == null ? 0 : 1;
    }

    /** All callees; in a shared registration in the order in which they registered. */
    @InTurn
    Collection<Callee> callees() {
        if (several != null) {
            return several.byOrder.values();
        }
        return only == null ? List.of() : List.of(only);
    }

    @Override
    public PermissionQuery permissionQuery() {
        return new PermissionQuery(Action.CALL, uri(), match());
    }

    @Override
    public Map<String, Object> describe() {
        Map<String, Object> description = super.describe();
        description.put("invoke", invoke.wire());
        return description;
    }

    /** Adds a session of this router. */
    @InTurn
    Callee add(SessionCalls sessionCalls, RegisterMessageOptions options) {
        Callee callee = new Callee.LocalCallee(this, ++lastOrder, sessionCalls, options);
        sessionCalls.registrations.put(id(), callee);
        add(callee);
        return callee;
    }

    /** Adds a session of another router. */
    @InTurn
    Callee add(SharedCallee elsewhere, RemoteDealers dealers) {
        Callee callee = new Callee.RemoteCallee(this, ++lastOrder, elsewhere, dealers);
        add(callee);
        return callee;
    }

    @InTurn
    private void add(Callee callee) {
        callee.index = size();
        limitedCallees += callee.concurrency() == 0 ? 0 : 1;
        if (several == null && only != null) {
            several = new CalleeIndex(false, new SplittableRandom(0));
            several.add(only);
            only = null;
        }
        if (several == null) {
            only = callee;
            return;
        }
        several.add(callee);
        if (several.byLoad != null) {
            callee.rank = nextRank(several);
            several.byLoad.add(callee);
        }
    }

    @InTurn
    void remove(Callee callee) {
        limitedCallees -= callee.concurrency() == 0 ? 0 : 1;
        SessionCalls known = callee.knownCalls();
        if (known != null) {
            known.registrations.remove(id());
        }
        if (several == null) {
            only = null;
        } else {
            Callee last = several.callees.removeLast();
            if (last != callee) {
                last.index = callee.index;
                several.callees.set(last.index, last);
            }
            several.byOrder.remove(callee.order);
            several.bySession.remove(callee.session());
            if (several.byLoad != null) {
                several.byLoad.remove(callee);
            }
        }
        callee.index = -1;
    }

    /** Changes the number of open invocations of {@code callee} by 1 or -1. */
    @InTurn
    void count(Callee callee, int change) {
        calls().open += change;
        if (several == null || several.byLoad == null || !holds(callee)) {
            callee.open += change;
            return;
        }
        several.byLoad.remove(callee);
        callee.open += change;
        if (change > 0 || invoke == InvokePolicy.RANDOM) {
            callee.rank = nextRank(several);
        }
        several.byLoad.add(callee);
    }

    /**
     * Selects the callee of the next call by the invocation policy; there is at least one callee. The callee may have
     * reached its limit.
     */
    @InTurn
    Callee choose() {
        if (several == null) {
            return Objects.requireNonNull(only);
        }
        if (several.byLoad != null) {
            return several.byLoad.first();
        }
        return switch (invoke) {
            case SINGLE, FIRST -> several.byOrder.firstEntry().getValue();
            case LAST -> several.byOrder.lastEntry().getValue();
            case RANDOM -> several.callees.get(several.random.nextInt(several.callees.size()));
            case ROUND_ROBIN -> {
                Callee next = following(several, calls().lastChosen);
                calls().lastChosen = next.order;
                yield next;
            }
        };
    }

    /**
     * Selects another callee after {@code callee} did not accept the call: none of {@code tried} and none at its limit.
     * Returns null if no callee is left.
     */
    @InTurn
    @Nullable
    Callee after(Callee callee, Set<Long> tried) {
        if (several == null) {
            return null;
        }
        if (several.byLoad != null) {
            return firstAble(several.byLoad, tried);
        }
        return switch (invoke) {
            case SINGLE -> null;
            case FIRST -> firstAble(several.byOrder, callee.order, tried);
            case LAST -> firstAble(several.byOrder.descendingMap(), callee.order, tried);
            case RANDOM -> {
                List<Callee> rest = several.callees.stream()
                        .filter(one -> isAble(one, tried))
                        .toList();
                yield rest.isEmpty() ? null : rest.get(several.random.nextInt(rest.size()));
            }
            case ROUND_ROBIN -> nextAble(several, callee, tried);
        };
    }

    /** Whether a callee that is not in {@code tried} may accept a call later. */
    @InTurn
    boolean hasMoreThan(Set<Long> tried) {
        return limitedCallees > 0
                && callees().stream()
                        .anyMatch(callee -> callee.concurrency() != 0 && !tried.contains(callee.session()));
    }

    /** Searches after {@code order} first. Callees before it are searched only if calls wait in queues. */
    @InTurn
    private @Nullable Callee firstAble(NavigableMap<Long, Callee> ordered, long order, Set<Long> tried) {
        Callee behind = firstAble(ordered.tailMap(order, false).values(), tried);
        return behind == null && limitedCallees > 0
                ? firstAble(ordered.headMap(order, true).values(), tried)
                : behind;
    }

    @InTurn
    private static @Nullable Callee firstAble(Collection<Callee> callees, Set<Long> tried) {
        for (Callee callee : callees) {
            if (isAble(callee, tried)) {
                return callee;
            }
        }
        return null;
    }

    @InTurn
    private @Nullable Callee nextAble(CalleeIndex several, Callee callee, Set<Long> tried) {
        long order = callee.order;
        for (int i = several.callees.size(); i > 0; i--) {
            Callee next = following(several, order);
            if (isAble(next, tried)) {
                calls().lastChosen = limitedCallees > 0 ? next.order : calls().lastChosen;
                return next;
            }
            order = next.order;
        }
        return null;
    }

    @InTurn
    private static boolean isAble(Callee callee, Set<Long> tried) {
        return !callee.isFull() && !tried.contains(callee.session());
    }

    /** The callee that follows {@code order}; after the last callee comes the first. */
    @InTurn
    private static Callee following(CalleeIndex several, long order) {
        Map.Entry<Long, Callee> next = several.byOrder.higherEntry(order);
        return next != null ? next.getValue() : several.byOrder.firstEntry().getValue();
    }

    /** The rank of a callee among callees with the same number of open invocations: by the time of the last selection, or random. */
    @InTurn
    private long nextRank(CalleeIndex several) {
        return invoke == InvokePolicy.RANDOM ? several.random.nextLong() : ++several.lastRank;
    }
}
