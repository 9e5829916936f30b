package io.junctor.cluster.call;

import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.WampMessages;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;

/** Writes and reads {@link CallItem}s. Thread-safe. */
final class CallItems {
    private static final int TO_CALLEE = 1;
    private static final int FROM_CALLEE = 2;
    private static final int SIGNAL = 3;
    private static final int GIVEN_BACK = 4;
    /** An INVOCATION without details. */
    private static final int INVOCATION = 5;
    /** A YIELD without options. */
    private static final int YIELD = 6;
    /** The kinds that follow are not of items. */
    static final int LAST_KIND = YIELD;

    private static final String SESSION = "session";
    private static final String REQUEST = "request";

    private CallItems() {}

    /**
     * Writes an item.
     *
     * @throws UnrepresentableException if the message has a value that its serialization cannot express
     */
    static void write(BodyWriter body, CallItem item) throws UnrepresentableException {
        switch (item) {
            case CallItem.ToCallee to
            when to.message() instanceof Invocation invocation
                    && invocation.details().equals(InvocationDetails.NONE) ->
                body.octet(INVOCATION)
                        .id(to.session())
                        .id(invocation.request())
                        .id(invocation.registration())
                        .payload(invocation.payload());
            case CallItem.ToCallee to ->
                WampMessages.write(body.octet(TO_CALLEE).id(to.session()), to.message());
            case CallItem.FromCallee from
            when from.message() instanceof Yield yield && yield.options().equals(ResultDetails.FINAL) ->
                body.octet(YIELD).id(from.session()).id(yield.request()).payload(yield.payload());
            case CallItem.FromCallee from ->
                WampMessages.write(body.octet(FROM_CALLEE).id(from.session()), from.message());
            case CallItem.GivenBack back ->
                WampMessages.write(body.octet(GIVEN_BACK).id(back.session()), back.error());
            case CallItem.Signaled signaled ->
                body.octet(SIGNAL)
                        .id(signaled.session())
                        .octet(signaled.signal().ordinal());
        }
    }

    /**
     * Reads an item whose kind was read.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    static CallItem read(int kind, BodyReader body) {
        long session = kind == SIGNAL ? body.wampIdOrNone(SESSION) : body.wampId(SESSION);
        return switch (kind) {
            case TO_CALLEE -> new CallItem.ToCallee(session, WampMessages.fromRouter(body), false);
            case FROM_CALLEE -> new CallItem.FromCallee(session, WampMessages.fromClient(body));
            case INVOCATION -> new CallItem.ToCallee(session, invocation(body), false);
            case YIELD -> new CallItem.FromCallee(session, yielded(body));
            case GIVEN_BACK -> new CallItem.GivenBack(session, error(WampMessages.fromClient(body)));
            case SIGNAL -> new CallItem.Signaled(session, signal(body.octet()));
            default -> throw new InvalidBodyException("an item of the unknown kind " + kind);
        };
    }

    private static Invocation invocation(BodyReader body) {
        long request = body.wampId(REQUEST);
        long registration = body.wampId("registration");
        return new Invocation(request, registration, InvocationDetails.NONE, body.payload());
    }

    private static Yield yielded(BodyReader body) {
        return new Yield(body.wampId(REQUEST), ResultDetails.FINAL, body.payload());
    }

    private static ErrorMessage error(FromClient message) {
        if (message instanceof ErrorMessage error) {
            return error;
        }
        throw new InvalidBodyException("an invocation is given back without an error");
    }

    private static LivenessSignal signal(int ordinal) {
        if (ordinal >= LivenessSignal.values().length) {
            throw new InvalidBodyException("the unknown signal " + ordinal);
        }
        return LivenessSignal.values()[ordinal];
    }
}
