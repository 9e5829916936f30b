package io.junctor.cli.bench.session;

import java.util.List;

/**
 * Immutable. Which session is on which router.
 *
 * @param targets the routers, at least one; at least two where {@code apart}
 * @param apart whether callers and publishers are on the first router and their partners on the others; else all take the routers in turn
 */
public record Placement(List<Target> targets, boolean apart) {
    public Placement {
        targets = List.copyOf(targets);
    }

    /** The router of a caller, a publisher or an idle session. */
    public Target ofSender(int number) {
        return apart ? targets.getFirst() : targets.get(number % targets.size());
    }

    /** The router of a callee or a subscriber. */
    public Target ofPartner(int number) {
        return apart ? targets.get(1 + number % (targets.size() - 1)) : targets.get(number % targets.size());
    }

    /** What all routers have in common: the realm, the serializer. */
    public Target any() {
        return targets.getFirst();
    }

    public boolean isCompressed() {
        return any().compressed();
    }
}
