package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
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

    final InvokePolicy invoke;
    /** Calls that wait until a callee is free. */
    final WaitingCalls waiting = new WaitingCalls();

    final CallStatistics statistics = new CallStatistics();
    /** How many callees were removed whose end was not told yet. */
    int untold;

    private final RandomGenerator random;
    /** All callees, in no order. */
    private final List<Callee> callees = new ArrayList<>(1);
    /** All callees of a shared registration; empty for another one. */
    private final NavigableMap<Long, Callee> byOrder;
    /** All callees, those with the fewest open invocations first; null unless calls are balanced by load. */
    private final @Nullable NavigableSet<Callee> byLoad;

    private long lastOrder;
    /** The order of the callee that round-robin selected last. */
    private long lastChosen;

    private long lastRank;
    /** The number of open invocations of all callees, also of those that were removed. */
    private long open;
    /** The number of callees with a limit of open invocations. */
    private int limitedCallees;

    Registration(long id, Register register, Instant created, RandomGenerator random) {
        super(id, register.procedure(), register.options().match(), created);
        RegisterMessageOptions options = register.options();
        this.invoke = options.invoke();
        this.random = random;
        this.byOrder = invoke == InvokePolicy.SINGLE ? Collections.emptyNavigableMap() : new TreeMap<>();
        this.byLoad = balances(options) ? new TreeSet<>(BY_LOAD) : null;
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

    /** Whether a session may join as callee with these options. */
    @InTurn
    boolean isSharedAs(RegisterMessageOptions options) {
        return isShared() && invoke == options.invoke() && balances(options) == (byLoad != null);
    }

    @InTurn
    boolean isShared() {
        return invoke != InvokePolicy.SINGLE;
    }

    @InTurn
    boolean isEmpty() {
        return callees.isEmpty();
    }

    /** Whether {@code callee} was not removed. */
    @InTurn
    boolean holds(Callee callee) {
        return callee.index >= 0;
    }

    @InTurn
    int size() {
        return callees.size();
    }

    /** The number of open invocations. */
    @InTurn
    long openInvocations() {
        return open;
    }

    /** All callees; in a shared registration in the order in which they registered. */
    @InTurn
    Collection<Callee> callees() {
        return isShared() ? byOrder.values() : callees;
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

    @InTurn
    Callee add(SessionCalls sessionCalls, RegisterMessageOptions options) {
        Callee callee = new Callee(sessionCalls, this, ++lastOrder, options);
        callee.index = callees.size();
        callees.add(callee);
        limitedCallees += callee.concurrency == 0 ? 0 : 1;
        if (isShared()) {
            byOrder.put(callee.order, callee);
        }
        if (byLoad != null) {
            callee.rank = nextRank();
            byLoad.add(callee);
        }
        return callee;
    }

    @InTurn
    void remove(Callee callee) {
        Callee last = callees.removeLast();
        if (last != callee) {
            last.index = callee.index;
            callees.set(last.index, last);
        }
        limitedCallees -= callee.concurrency == 0 ? 0 : 1;
        if (isShared()) {
            byOrder.remove(callee.order);
        }
        if (byLoad != null) {
            byLoad.remove(callee);
        }
        callee.index = -1;
    }

    /** Changes the number of open invocations of {@code callee} by 1 or -1. */
    @InTurn
    void count(Callee callee, int change) {
        open += change;
        if (byLoad == null || !holds(callee)) {
            callee.open += change;
            return;
        }
        byLoad.remove(callee);
        callee.open += change;
        if (change > 0 || invoke == InvokePolicy.RANDOM) {
            callee.rank = nextRank();
        }
        byLoad.add(callee);
    }

    /**
     * Selects the callee of the next call by the invocation policy; there is at least one callee. The callee may have
     * reached its limit.
     */
    @InTurn
    Callee choose() {
        if (byLoad != null) {
            return byLoad.first();
        }
        return switch (invoke) {
            case SINGLE -> callees.getFirst();
            case FIRST -> byOrder.firstEntry().getValue();
            case LAST -> byOrder.lastEntry().getValue();
            case RANDOM -> callees.get(random.nextInt(callees.size()));
            case ROUND_ROBIN -> {
                Callee next = following(lastChosen);
                lastChosen = next.order;
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
    Callee after(Callee callee, Set<SessionCalls> tried) {
        if (byLoad != null) {
            return firstAble(byLoad, tried);
        }
        return switch (invoke) {
            case SINGLE -> null;
            case FIRST -> firstAble(byOrder, callee.order, tried);
            case LAST -> firstAble(byOrder.descendingMap(), callee.order, tried);
            case RANDOM -> {
                List<Callee> rest =
                        callees.stream().filter(one -> isAble(one, tried)).toList();
                yield rest.isEmpty() ? null : rest.get(random.nextInt(rest.size()));
            }
            case ROUND_ROBIN -> nextAble(callee, tried);
        };
    }

    /** Whether a callee that is not in {@code tried} may accept a call later. */
    @InTurn
    boolean hasMoreThan(Set<SessionCalls> tried) {
        return limitedCallees > 0
                && callees.stream().anyMatch(callee -> callee.concurrency != 0 && !tried.contains(callee.sessionCalls));
    }

    /** Searches after {@code order} first. Callees before it are searched only if calls wait in queues. */
    @InTurn
    private @Nullable Callee firstAble(NavigableMap<Long, Callee> ordered, long order, Set<SessionCalls> tried) {
        Callee behind = firstAble(ordered.tailMap(order, false).values(), tried);
        return behind == null && limitedCallees > 0
                ? firstAble(ordered.headMap(order, true).values(), tried)
                : behind;
    }

    @InTurn
    private static @Nullable Callee firstAble(Collection<Callee> callees, Set<SessionCalls> tried) {
        for (Callee callee : callees) {
            if (isAble(callee, tried)) {
                return callee;
            }
        }
        return null;
    }

    @InTurn
    private @Nullable Callee nextAble(Callee callee, Set<SessionCalls> tried) {
        long order = callee.order;
        for (int i = callees.size(); i > 0; i--) {
            Callee next = following(order);
            if (isAble(next, tried)) {
                lastChosen = limitedCallees > 0 ? next.order : lastChosen;
                return next;
            }
            order = next.order;
        }
        return null;
    }

    @InTurn
    private static boolean isAble(Callee callee, Set<SessionCalls> tried) {
        return !callee.isFull() && !tried.contains(callee.sessionCalls);
    }

    /** The callee that follows {@code order}; the first callee follows the last one. */
    @InTurn
    private Callee following(long order) {
        Map.Entry<Long, Callee> next = byOrder.higherEntry(order);
        return next != null ? next.getValue() : byOrder.firstEntry().getValue();
    }

    /**
     * The rank of a callee among those with the same number of open invocations: selected least recently first, or
     * random.
     */
    @InTurn
    private long nextRank() {
        return invoke == InvokePolicy.RANDOM ? random.nextLong() : ++lastRank;
    }
}
