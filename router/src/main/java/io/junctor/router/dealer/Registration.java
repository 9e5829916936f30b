package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.meta.PatternEntry;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
 * Belongs to the turn. A procedure or pattern and who carries it out (sections "Registering and Unregistering" and "Shared
 * Registration"). Callees come, go and are chosen at a cost that grows with the logarithm of their number at most, unless
 * the first one chosen cannot take the call.
 */
final class Registration extends PatternEntry {
    private static final Comparator<Callee> BY_LOAD = Comparator.<Callee>comparingInt(callee -> callee.open)
            .thenComparingLong(callee -> callee.rank)
            .thenComparingLong(callee -> callee.order);

    final InvokePolicy invoke;
    /** Calls that wait until one of the callees has fewer open invocations. */
    final WaitingCalls waiting = new WaitingCalls();

    private final RandomGenerator random;
    /** All callees, in no order. */
    private final List<Callee> callees = new ArrayList<>(1);
    /** All callees of a shared registration. */
    private final NavigableMap<Long, Callee> byOrder = new TreeMap<>();
    /** All callees, those with the fewest open invocations first, where calls are balanced. */
    private final @Nullable NavigableSet<Callee> byLoad;

    private long lastOrder;
    /** Whose turn it was, for round-robin. */
    private long lastChosen;

    private long lastRank;
    /** How many callees have a bound of open invocations. */
    private int limitedCallees;

    Registration(long id, Register register, Instant created, RandomGenerator random) {
        super(id, register.procedure(), register.options().match(), created);
        RegisterMessageOptions options = register.options();
        this.invoke = options.invoke();
        this.random = random;
        this.byLoad = balances(options) ? new TreeSet<>(BY_LOAD) : null;
    }

    /** Whether such a registration gives calls to the callee with the fewest open invocations. */
    static boolean balances(RegisterMessageOptions options) {
        InvokePolicy invoke = options.invoke();
        return options.extensions().leastPending()
                && (invoke == InvokePolicy.ROUND_ROBIN || invoke == InvokePolicy.RANDOM);
    }

    /** Whether a callee with these options may join it. */
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

    /** Whether {@code callee} has not left it. */
    @InTurn
    boolean holds(Callee callee) {
        return callee.index >= 0;
    }

    @InTurn
    int size() {
        return callees.size();
    }

    /** All callees, those of a shared registration in the order in which they came. */
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
        byOrder.remove(callee.order);
        if (byLoad != null) {
            byLoad.remove(callee);
        }
        callee.index = -1;
    }

    /** {@code callee} has one more open invocation, or one less. */
    @InTurn
    void count(Callee callee, int change) {
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

    /** The callee of the next call, which may have as many open invocations as it wants; there is one. */
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

    /** Whom to ask after {@code callee} could not help: nobody of {@code tried} and nobody who is full; null if nobody is left. */
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

    /** Whether somebody who is not in {@code tried} may take a call later. */
    @InTurn
    boolean hasMoreThan(Set<SessionCalls> tried) {
        return limitedCallees > 0
                && callees.stream().anyMatch(callee -> callee.concurrency != 0 && !tried.contains(callee.sessionCalls));
    }

    /** Those behind {@code order} first; before it there is somebody only where calls waited. */
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

    /** The callee behind {@code order}; after the last comes the first. */
    @InTurn
    private Callee following(long order) {
        Map.Entry<Long, Callee> next = byOrder.higherEntry(order);
        return next != null ? next.getValue() : byOrder.firstEntry().getValue();
    }

    /** Of callees with as many open invocations, the one goes first that was chosen least lately, or any. */
    @InTurn
    private long nextRank() {
        return invoke == InvokePolicy.RANDOM ? random.nextLong() : ++lastRank;
    }
}
