package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.List;

/** Writes and reads the stored form of a callee, which its router alone writes: who it is as HELLO, what it registered as REGISTER. */
public final class CalleeRow {
    private static final int VERSION = 1;

    private CalleeRow() {}

    /**
     * The bytes to store for a callee of a realm.
     *
     * @throws Unrepresentable if an option of REGISTER cannot be expressed
     */
    public static byte[] toBytes(String realm, SharedCallee callee) throws Unrepresentable {
        BodyWriter body = new BodyWriter()
                .octet(VERSION)
                .id(callee.router())
                .id(callee.session())
                .id(callee.registration());
        Identity identity = callee.identity();
        HelloDetails who = new HelloDetails(
                callee.roles(), List.of(), identity.authid(), identity.authrole(), Dict.EMPTY, null, Dict.EMPTY);
        WampMessages.write(body, new Hello(new Uri(realm), who));
        WampMessages.write(body, callee.register());
        return body.toBytes();
    }

    /**
     * Reads what {@link #toBytes} made.
     *
     * @throws InvalidBody if it is something else, or of another realm
     */
    public static SharedCallee of(String realm, byte[] stored) {
        BodyReader body = new BodyReader(stored);
        int version = body.octet();
        if (version != VERSION) {
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
            Identity identity = new Identity(details.authid(), details.authrole(), null, null);
            return new SharedCallee(router, session, identity, details.roles(), registration, register);
        }
        throw new InvalidBody("a callee that is not of realm " + realm);
    }
}
