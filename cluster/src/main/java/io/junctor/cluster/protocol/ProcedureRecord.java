package io.junctor.cluster.protocol;

import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shared record of a procedure or pattern, which routers change by compare-and-set.
 *
 * @param invoke how a callee is selected
 * @param leastPending whether the callee with the fewest open invocations is selected
 * @param registration the registration id
 * @param routers the routers with callees; a procedure that is not shared has one router
 * @param sinceMillis when the first callee was registered, by the clock of its router
 */
public record ProcedureRecord(
        InvokePolicy invoke, boolean leastPending, long registration, Set<Long> routers, long sinceMillis) {
    private static final int VERSION = 1;
    /** Shares equal sets of routers, because many procedures have the same routers. */
    private static final Interner<Set<Long>> ROUTERS = new Interner<>();

    /** Copies the routers. */
    public ProcedureRecord {
        routers = ROUTERS.of(Set.copyOf(routers));
    }

    /** The record of a new registration with one callee. */
    public static ProcedureRecord of(Register register, long registration, long router, long sinceMillis) {
        RegisterMessageOptions options = register.options();
        return new ProcedureRecord(
                options.invoke(), options.extensions().leastPending(), registration, Set.of(router), sinceMillis);
    }

    /** Whether several sessions may be callees. */
    public boolean isShared() {
        return invoke != InvokePolicy.SINGLE;
    }

    /** Whether a further session may register with these options. */
    public boolean admits(RegisterMessageOptions options) {
        return isShared()
                && invoke == options.invoke()
                && leastPending == options.extensions().leastPending();
    }

    /** This record with one more router. */
    public ProcedureRecord with(long router) {
        Set<Long> all = new TreeSet<>(routers);
        all.add(router);
        return new ProcedureRecord(invoke, leastPending, registration, all, sinceMillis);
    }

    /** This record without a router. */
    public ProcedureRecord without(long router) {
        Set<Long> left = new TreeSet<>(routers);
        left.remove(router);
        return new ProcedureRecord(invoke, leastPending, registration, left, sinceMillis);
    }

    /** The bytes to store; for a procedure that is not shared, {@link CalleeEncoder} writes its callee behind them. */
    public byte[] toBytes() {
        BodyWriter body = new BodyWriter();
        write(body);
        return body.toBytes();
    }

    void write(BodyWriter body) {
        body.octet(VERSION)
                .text(invoke.wire())
                .octet(leastPending ? 1 : 0)
                .id(registration)
                .number(routers.size());
        new TreeSet<>(routers).forEach(body::id);
        body.id(sinceMillis);
    }

    /**
     * Decodes a record that {@link #toBytes} encoded.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static ProcedureRecord of(byte[] stored) {
        return read(new BodyReader(stored));
    }

    /**
     * Reads a record that {@link #toBytes} encoded; {@code body} may contain its callee behind it.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static ProcedureRecord read(BodyReader body) {
        int version = body.octet();
        InvokePolicy invoke = InvokePolicy.ofWire(body.text());
        if (version != VERSION || invoke == null) {
            throw new InvalidBodyException("a procedure of version " + version + " with an unknown invocation policy");
        }
        boolean leastPending = body.octet() != 0;
        long registration = body.id();
        Set<Long> routers = new TreeSet<>();
        for (int left = body.number(); left > 0; left--) {
            routers.add(body.id());
        }
        return new ProcedureRecord(invoke, leastPending, registration, routers, body.id());
    }
}
