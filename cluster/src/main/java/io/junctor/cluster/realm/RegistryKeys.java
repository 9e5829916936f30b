package io.junctor.cluster.realm;

import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Uri;

/**
 * The keys of a realm in the registry: {@code REALM.p.PROCEDURE} for what the routers agreed on about a procedure, {@code
 * REALM.c.ROUTER.PROCEDURE.SESSION} for a callee. Immutable.
 */
final class RegistryKeys {
    private final String records;
    private final String rows;

    RegistryKeys(String realm) {
        String scope = TextHash.token(realm);
        this.records = scope + ".p.";
        this.rows = scope + ".c.";
    }

    /** The key of the procedure or pattern that a session registers. */
    String record(Register register) {
        return records + procedure(register);
    }

    /** The key of a procedure that is registered by its URI. */
    String record(Uri procedure) {
        return record(new Register(1, RegisterMessageOptions.DEFAULT, procedure));
    }

    /** The key of a callee. */
    String row(SharedCallee callee) {
        return rows + Long.toHexString(callee.router()) + "." + procedure(callee.register()) + "." + callee.session();
    }

    /** The key of the procedure or pattern of a callee, by the key of the callee; empty if that has another form. */
    static String recordOf(String row) {
        String[] tokens = row.split("\\.", -1);
        return tokens.length == 5 ? tokens[0] + ".p." + tokens[3] : "";
    }

    boolean isRecord(String key) {
        return key.startsWith(records);
    }

    boolean isRow(String key) {
        return key.startsWith(rows);
    }

    /** Whether it is the key of a record, of whichever realm. */
    static boolean isAnyRecord(String key) {
        return key.startsWith(".p.", key.indexOf('.'));
    }

    /** The pattern of the keys of all callees of a router, in all realms. */
    static String rowsOf(long router) {
        return "*.c." + Long.toHexString(router) + ".>";
    }

    private static String procedure(Register register) {
        return TextHash.token(
                register.options().match().wire() + " " + register.procedure().text());
    }
}
