package io.junctor.cluster.protocol;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.List;

/** Encodes a callee for the store: its session as HELLO, its registration as REGISTER. Only the router of the callee stores it. */
public final class CalleeEncoder {
    static final int VERSION = 1;

    private CalleeEncoder() {}

    /**
     * The bytes to store for a callee of a realm.
     *
     * @throws UnrepresentableException if an option of REGISTER cannot be expressed
     */
    public static byte[] toBytes(String realm, SharedCallee callee) throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        write(body, realm, callee);
        return body.toBytes();
    }

    /**
     * The bytes to store for a procedure that is not shared: its record, and behind it its only callee, the holder.
     *
     * @throws UnrepresentableException if an option of REGISTER cannot be expressed
     */
    public static byte[] toBytes(String realm, ProcedureRecord record, SharedCallee holder)
            throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        record.write(body);
        write(body, realm, holder);
        return body.toBytes();
    }

    private static void write(BodyWriter body, String realm, SharedCallee callee) throws UnrepresentableException {
        body.octet(VERSION).id(callee.router()).id(callee.session()).id(callee.registration());
        Identity identity = callee.common().identity();
        HelloDetails who = new HelloDetails(
                callee.roles(), List.of(), identity.authid(), identity.authrole(), Dict.EMPTY, null, Dict.EMPTY);
        WampMessages.write(body, new Hello(new Uri(realm), who));
        WampMessages.write(body, callee.register());
    }
}
