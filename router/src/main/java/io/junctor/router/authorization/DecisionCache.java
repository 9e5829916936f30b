package io.junctor.router.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Used by one thread, that reads from one session. What its rules say to what it asked for before: a session that uses the same URIs again
 * pays one look into a map.
 */
public final class DecisionCache {
    /** The most bytes of memory that remembered verdicts take; over it the memory starts anew. */
    static final int MEMORY_BYTES = 1 << 16;

    /** What a remembered verdict takes besides the characters of its URI: entry, question, URI, string and verdict. */
    private static final int OVERHEAD_BYTES = 176;

    private final SessionPermissions rights;
    private final Consumer<PermissionQuery> denied;
    private final Map<PermissionQuery, Verdict> known = new HashMap<>();
    private int knownBytes;

    /** Nothing yet; {@code denied} is told what the rules deny when it is found. */
    public DecisionCache(SessionPermissions rights, Consumer<PermissionQuery> denied) {
        this.rights = rights;
        this.denied = denied;
    }

    /** As {@link SessionPermissions#judgeByRules}. */
    public Verdict find(PermissionQuery question) {
        if (rights.uris().isTooLong(question.uri())) {
            return rights.judgeByRules(question.action(), question.uri(), question.match());
        }
        Verdict verdict = known.get(question);
        return verdict == null ? judge(question) : verdict;
    }

    /** How many bytes of memory the remembered verdicts take. */
    int knownBytes() {
        return knownBytes;
    }

    private Verdict judge(PermissionQuery question) {
        // Characters outside of Latin-1 take two bytes.
        int bytes = OVERHEAD_BYTES + 2 * question.uri().text().length();
        if (knownBytes + bytes > MEMORY_BYTES) {
            known.clear();
            knownBytes = 0;
        }
        Verdict verdict = rights.judgeByRules(question.action(), question.uri(), question.match());
        if (bytes <= MEMORY_BYTES) {
            known.put(question, verdict);
            knownBytes += bytes;
        }
        if (verdict.refusal() == SessionPermissions.NOT_AUTHORIZED) {
            denied.accept(question);
        }
        return verdict;
    }
}
