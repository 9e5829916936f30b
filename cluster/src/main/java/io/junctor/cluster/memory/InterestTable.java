package io.junctor.cluster.memory;

import io.junctor.cluster.engine.SubjectSyntax;
import java.util.HashMap;
import java.util.Map;

/** The patterns of the interests of a router or a lane. Guarded by a lock of the owner of the table. */
final class InterestTable {
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> wildcards = new HashMap<>();

    void add(String pattern) {
        table(pattern).merge(pattern, 1, Integer::sum);
    }

    void remove(String pattern) {
        table(pattern).computeIfPresent(pattern, (same, count) -> count == 1 ? null : count - 1);
    }

    void clear() {
        exact.clear();
        wildcards.clear();
    }

    void copyFrom(InterestTable other) {
        clear();
        exact.putAll(other.exact);
        wildcards.putAll(other.wildcards);
    }

    int size() {
        return exact.size() + wildcards.size();
    }

    boolean matches(String subject) {
        if (exact.containsKey(subject)) {
            return true;
        }
        for (String pattern : wildcards.keySet()) {
            if (SubjectSyntax.matches(pattern, subject)) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Integer> table(String pattern) {
        return SubjectSyntax.isWildcard(pattern) ? wildcards : exact;
    }
}
