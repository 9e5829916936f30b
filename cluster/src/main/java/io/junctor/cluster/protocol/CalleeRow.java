package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.List;

/** Writes the stored form of a callee, which its router alone does: who it is as HELLO, what it registered as REGISTER. */
public final class CalleeRow {
    static final int VERSION = 1;

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
        Identity identity = callee.common().identity();
        HelloDetails who = new HelloDetails(
                callee.roles(), List.of(), identity.authid(), identity.authrole(), Dict.EMPTY, null, Dict.EMPTY);
        WampMessages.write(body, new Hello(new Uri(realm), who));
        WampMessages.write(body, callee.register());
        return body.toBytes();
    }
}
