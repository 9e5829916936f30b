package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CalleeRow} writes for callees of a realm. What they have in common, such as their roles, they share. Thread-safe. */
public final class CalleeRows {
    private final String realm;
    private final Distinct<Roles> roles = new Distinct<>();
    private final Distinct<String> authroles = new Distinct<>();
    private final Distinct<RegisterMessageOptions> options = new Distinct<>();
    private final Distinct<Uri> procedures = new Distinct<>();

    /** For callees of {@code realm}. */
    public CalleeRows(String realm) {
        this.realm = realm;
    }

    /**
     * Reads a callee.
     *
     * @throws InvalidBody if it is something else, or of another realm
     */
    public SharedCallee read(byte[] stored) {
        BodyReader body = new BodyReader(stored);
        int version = body.octet();
        if (version != CalleeRow.VERSION) {
            throw new InvalidBody("a callee of version " + version);
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
            HelloDetails details = hello.details();
            Identity identity = new Identity(details.authid(), authrole(details.authrole()), null, null);
            return new SharedCallee(
                    router, session, identity, roles.of(details.roles()), registration, shared(register));
        }
        throw new InvalidBody("a callee that is not of realm " + realm);
    }

    private @Nullable String authrole(@Nullable String read) {
        return read == null ? null : authroles.of(read);
    }

    private Register shared(Register read) {
        return new Register(read.request(), options.of(read.options()), procedures.of(read.procedure()));
    }
}
