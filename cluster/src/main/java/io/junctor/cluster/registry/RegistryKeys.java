package io.junctor.cluster.registry;

import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a realm in the registry: {@code REALM.p.PROCEDURE} for the record of a procedure, {@code REALM.c.ROUTER.PROCEDURE.SESSION} for the
 * row of a callee of a shared procedure. Immutable.
 */
public final class RegistryKeys {
    /** The pattern of the keys of all records, in all realms. */
    static final String RECORDS = "*.p.>";

    private final String records;
    private final String rows;

    /** The keys of the realm with the name {@code realm}. */
    public RegistryKeys(String realm) {
        String scope = TextHash.token(realm);
        this.records = scope + ".p.";
        this.rows = scope + ".c.";
    }

    /** The key of the procedure or pattern that a session registers. */
    public String record(Register register) {
        return records + procedure(register.options().match(), register.procedure());
    }

    /** The key of the procedure or pattern of a callee. */
    String record(SharedCallee callee) {
        return records + procedure(callee.options().match(), callee.procedure());
    }

    /** The key of a procedure that is registered by its URI. */
    String record(Uri procedure) {
        return records + procedure(MatchPolicy.EXACT, procedure);
    }

    /** The key of a callee of a shared procedure. */
    public String row(SharedCallee callee) {
        return rows + Long.toHexString(callee.router()) + "."
                + procedure(callee.options().match(), callee.procedure()) + "." + callee.session();
    }

    /**
     * Identifies a registered callee: the key of its row, or for the only callee of a procedure that is not shared, the key of the record with
     * the registration.
     */
    String id(SharedCallee callee) {
        return isHolder(callee) ? record(callee) + "." + callee.registration() : row(callee);
    }

    /** Whether it is the only callee of its procedure, which stands in the record of the procedure. */
    static boolean isHolder(SharedCallee callee) {
        return callee.options().invoke() == InvokePolicy.SINGLE;
    }

    /** The key of a procedure or pattern. */
    String record(TextHash.Token procedure) {
        return records + procedure.text();
    }

    /** The key of a callee of a procedure or pattern. */
    String row(TextHash.Token procedure, SharedCallee callee) {
        return rows + Long.toHexString(callee.router()) + "." + procedure.text() + "." + callee.session();
    }

    /** The procedure or pattern of a key for which {@link #isRecord} or {@link #isRow} holds; null if the key names none. */
    static TextHash.@Nullable Token procedure(String key) {
        int behindKind = key.indexOf('.', key.indexOf('.') + 1) + 1;
        boolean isRow = key.charAt(behindKind - 2) == 'c';
        int from = isRow ? key.indexOf('.', behindKind) + 1 : behindKind;
        int to = isRow ? key.lastIndexOf('.') : key.length();
        return from <= to ? TextHash.Token.of(key.substring(from, to)) : null;
    }

    /** The session of the key of a callee; 0 if the key names none. */
    static long session(String row) {
        try {
            return Long.parseLong(row.substring(row.lastIndexOf('.') + 1));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Whether a key is that of a record of this realm. */
    boolean isRecord(String key) {
        return key.startsWith(records) && procedure(key) != null;
    }

    /** Whether a key is that of a callee of this realm. */
    boolean isRow(String key) {
        return key.startsWith(rows) && procedure(key) != null;
    }

    /** The pattern of the keys of all callees of a router, in all realms. */
    static String rowsOf(long router) {
        return "*.c." + Long.toHexString(router) + ".>";
    }

    private static String procedure(MatchPolicy match, Uri procedure) {
        return TextHash.token(match.wire() + " " + procedure.text());
    }
}
