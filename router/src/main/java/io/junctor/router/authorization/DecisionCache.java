package io.junctor.router.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Caches the verdicts of the rules on the requests of one session, so that repeated use of a URI costs one map look-up per message.
 * Confined to the reading thread.
 */
public final class DecisionCache {
    /** The maximum memory that the cache uses, in bytes; when it is full, all entries are removed. */
    static final int MEMORY_BYTES = 1 << 16;

    /** The bytes of an entry without the characters of its URI: the objects for entry, query, URI, string and verdict. */
    private static final int OVERHEAD_BYTES = 176;

    private final SessionPermissions permissions;
    private final Consumer<PermissionQuery> onDenied;
    /** The cached verdicts. An immutable map while it is empty, because an idle session needs no table. */
    private Map<PermissionQuery, Verdict> verdicts = Map.of();

    private int usedBytes;

    /** An empty cache; it calls {@code onDenied} when it finds that the rules deny a request. */
    public DecisionCache(SessionPermissions permissions, Consumer<PermissionQuery> onDenied) {
        this.permissions = permissions;
        this.onDenied = onDenied;
    }

    /** Returns the same as {@link SessionPermissions#judgeByRules}. */
    public Verdict find(PermissionQuery query) {
        Verdict verdict = verdicts.get(query);
        return verdict == null ? judge(query) : verdict;
    }

    /** The memory that the cached verdicts use, in bytes. */
    int usedBytes() {
        return usedBytes;
    }

    private Verdict judge(PermissionQuery query) {
        if (permissions.uris().isTooLong(query.uri())) {
            return permissions.judgeByRules(query);
        }
        // A string with characters outside of Latin-1 takes two bytes per character.
        int bytes = OVERHEAD_BYTES + 2 * query.uri().text().length();
        if (usedBytes + bytes > MEMORY_BYTES) {
            verdicts = Map.of();
            usedBytes = 0;
        }
        Verdict verdict = permissions.judgeByRules(query);
        if (bytes <= MEMORY_BYTES) {
            if (verdicts.isEmpty()) {
                verdicts = new HashMap<>();
            }
            verdicts.put(query, verdict);
            usedBytes += bytes;
        }
        if (verdict instanceof Verdict.Refused refused && refused.isDenied()) {
            onDenied.accept(query);
        }
        return verdict;
    }
}
