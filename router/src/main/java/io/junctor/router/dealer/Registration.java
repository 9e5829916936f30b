package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. A procedure or pattern and who carries it out (sections "Registering and Unregistering" and "Shared
 * Registration"). Callees come, go and are chosen at a cost that grows with the logarithm of their number at most.
 */
final class Registration {
    final long id;
    final Uri procedure;
    final MatchPolicy match;
    final InvokePolicy invoke;

    private final RandomGenerator random;
    /** All callees, in no order. */
    private final List<Callee> callees = new ArrayList<>(1);
    /** All callees of a shared registration. */
    private final NavigableMap<Long, Callee> byOrder = new TreeMap<>();

    private long lastOrder;
    /** Whose turn it was, for round-robin. */
    private long lastChosen;

    Registration(long id, Uri procedure, MatchPolicy match, InvokePolicy invoke, RandomGenerator random) {
        this.id = id;
        this.procedure = procedure;
        this.match = match;
        this.invoke = invoke;
        this.random = random;
    }

    @InTurn
    boolean isShared() {
        return invoke != InvokePolicy.SINGLE;
    }

    @InTurn
    boolean isEmpty() {
        return callees.isEmpty();
    }

    @InTurn
    Callee add(Party party, boolean disclosesCaller, boolean keepsTimeout) {
        Callee callee = new Callee(party, this, ++lastOrder, disclosesCaller, keepsTimeout);
        callee.index = callees.size();
        callees.add(callee);
        if (isShared()) {
            byOrder.put(callee.order, callee);
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
        byOrder.remove(callee.order);
    }

    /** The callee of the next call; there is one. */
    @InTurn
    Callee choose() {
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

    /** Whom to ask after {@code callee} could not help (section "Call Re-Routing"): nobody of {@code tried}; null if all are. */
    @InTurn
    @Nullable
    Callee after(Callee callee, Set<Callee> tried) {
        return switch (invoke) {
            case SINGLE -> null;
            case FIRST -> value(byOrder.higherEntry(callee.order));
            case LAST -> value(byOrder.lowerEntry(callee.order));
            case RANDOM -> {
                List<Callee> rest =
                        callees.stream().filter(one -> !tried.contains(one)).toList();
                yield rest.isEmpty() ? null : rest.get(random.nextInt(rest.size()));
            }
            case ROUND_ROBIN -> nextUntried(callee, tried);
        };
    }

    @InTurn
    private @Nullable Callee nextUntried(Callee callee, Set<Callee> tried) {
        long order = callee.order;
        for (int i = callees.size(); i > 0; i--) {
            Callee next = following(order);
            if (!tried.contains(next)) {
                return next;
            }
            order = next.order;
        }
        return null;
    }

    /** The callee behind {@code order}; after the last comes the first. */
    @InTurn
    private Callee following(long order) {
        Map.Entry<Long, Callee> next = byOrder.higherEntry(order);
        return next != null ? next.getValue() : byOrder.firstEntry().getValue();
    }

    private static @Nullable Callee value(Map.@Nullable Entry<Long, Callee> entry) {
        return entry == null ? null : entry.getValue();
    }
}
