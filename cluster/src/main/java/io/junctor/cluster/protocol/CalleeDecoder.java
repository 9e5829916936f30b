package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Decodes the stored callees of a realm. Callees with equal parts, such as roles, share one object for the parts. Thread-safe. */
public final class CalleeDecoder {
    /** Stands for the identity of a callee, which only its own router needs. */
    private static final Identity NOBODY = new Identity(null, null, null, null);

    private final String realm;
    private final Interner<SharedCallee.Common> common = new Interner<>();
    private final Interner<Uri> procedures = new Interner<>();

    /** Creates a decoder for callees of {@code realm}. */
    public CalleeDecoder(String realm) {
        this.realm = realm;
    }

    /**
     * Reads a callee.
     *
     * @throws InvalidBodyException if the bytes have another form, or are a callee of another realm
     */
    public SharedCallee read(byte[] stored) {
        return read(new BodyReader(stored));
    }

    /**
     * Reads a callee that stands behind its record; null if nothing stands there.
     *
     * @throws InvalidBodyException if the bytes have another form, or are a callee of another realm
     */
    public @Nullable SharedCallee readHolder(BodyReader body) {
        return body.isAtEnd() ? null : read(body);
    }

    private SharedCallee read(BodyReader body) {
        int version = body.octet();
        if (version != CalleeEncoder.VERSION) {
            throw new InvalidBodyException("a callee of version " + version);
        }
        long router = body.id();
        long session = body.id();
        long registration = body.id();
        FromClient who = WampMessages.fromClient(body);
        FromClient what = WampMessages.fromClient(body);
        if (who instanceof Hello hello
                && what instanceof Register register
                && hello.realm() != null
                && hello.realm().text().equals(realm)) {
            SharedCallee.Common same = common.of(
                    new SharedCallee.Common(router, NOBODY, hello.details().roles(), register.options()));
            return new SharedCallee(
                    same, session, registration, register.request(), procedures.of(register.procedure()));
        }
        throw new InvalidBodyException("a callee that is not of realm " + realm);
    }
}
