package io.junctor.cli.bench.session;

import java.util.List;

/**
 * The assignment of sessions to routers. Immutable.
 *
 * @param targets the routers, at least one; at least two if {@code apart}
 * @param apart whether callers and publishers are on the first router and their partners on the others; if false, sessions are spread over
 * all routers
 */
public record SessionPlacement(List<TargetRouter> targets, boolean apart) {
    public SessionPlacement {
        targets = List.copyOf(targets);
    }

    /** Returns the router of a caller, a publisher or an idle session. */
    public TargetRouter ofSender(int number) {
        return apart ? targets.getFirst() : targets.get(number % targets.size());
    }

    /** Returns the router of a callee or a subscriber. */
    public TargetRouter ofPartner(int number) {
        return apart ? targets.get(1 + number % (targets.size() - 1)) : targets.get(number % targets.size());
    }

    /** Returns any of the routers, for the settings that are the same for all: the realm, the serializer. */
    public TargetRouter any() {
        return targets.getFirst();
    }

    public boolean isCompressed() {
        return any().compressed();
    }
}
