package io.junctor.wamp.codec;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Writes the elements of one message in the order that its message type defines, for every serialization. Confined to one thread. */
final class MessageWriter {
    private final WireWriter out;
    private final Payload payload;
    private final EncodedRoles announced;

    MessageWriter(WireWriter out, Payload payload, EncodedRoles announced) {
        this.out = out;
        this.payload = payload;
        this.announced = announced;
    }

    /** Encodes {@code message} with the payload that was passed to the constructor. */
    byte[] write(Message message) throws UnrepresentableException {
        switch (message) {
            case FromClient fromClient -> fromClient(fromClient);
            case FromRouter fromRouter -> fromRouter(fromRouter);
        }
        if (payload.isAbsent()) {
            return out.finish(payload.bytes(), 0, 0);
        }
        out.separator();
        return out.finish(payload.bytes(), payload.offset(), payload.length());
    }

    private void fromClient(FromClient message) throws UnrepresentableException {
        switch (message) {
            case Hello m -> type(m, 3).uri(m.realm()).dict(m.details().toDict());
            case Abort m -> abort(m);
            case Authenticate m -> type(m, 3).text(m.signature()).dict(m.extra());
            case Goodbye m -> goodbye(m);
            case ErrorMessage m -> error(m);
            case Publish m ->
                type(m, 4).id(m.request()).dict(m.options().toDict()).uri(m.topic());
            case Subscribe m ->
                type(m, 4).id(m.request()).dict(m.options().toDict()).uri(m.topic());
            case Unsubscribe m -> type(m, 3).id(m.request()).id(m.subscription());
            case Call m -> type(m, 4).id(m.request()).dict(m.options().toDict()).uri(m.procedure());
            case Cancel m -> type(m, 3).id(m.request()).dict(m.options().toDict());
            case Register m ->
                type(m, 4).id(m.request()).dict(m.options().toDict()).uri(m.procedure());
            case Unregister m -> type(m, 3).id(m.request()).id(m.registration());
            case Yield m -> type(m, 3).id(m.request()).dict(m.options().toDict());
        }
    }

    private void fromRouter(FromRouter message) throws UnrepresentableException {
        switch (message) {
            case Welcome m ->
                type(m, 3)
                        .id(m.session())
                        .dict(m.details().withRoles(announced.of(m.details().roles())));
            case Abort m -> abort(m);
            case Challenge m -> type(m, 3).text(m.method()).dict(m.extra());
            case Goodbye m -> goodbye(m);
            case ErrorMessage m -> error(m);
            case Published m -> type(m, 3).id(m.request()).id(m.publication());
            case Subscribed m -> type(m, 3).id(m.request()).id(m.subscription());
            case Unsubscribed m -> revocation(m, m.request(), m.revocation(), "subscription");
            case Event m ->
                type(m, 4)
                        .id(m.subscription())
                        .id(m.publication())
                        .dict(m.details().toDict());
            case Result m -> type(m, 3).id(m.request()).dict(m.details().toDict());
            case Registered m -> type(m, 3).id(m.request()).id(m.registration());
            case Unregistered m -> revocation(m, m.request(), m.revocation(), "registration");
            case Invocation m ->
                type(m, 4).id(m.request()).id(m.registration()).dict(m.details().toDict());
            case Interrupt m -> type(m, 3).id(m.request()).dict(m.options().toDict());
        }
    }

    private void abort(Abort m) throws UnrepresentableException {
        type(m, 3).dict(m.details().toDict()).uri(m.reason());
    }

    private void goodbye(Goodbye m) throws UnrepresentableException {
        type(m, 3).dict(m.details().toDict()).uri(m.reason());
    }

    private void error(ErrorMessage m) throws UnrepresentableException {
        type(m, 5)
                .id(m.requestType())
                .id(m.request())
                .dict(m.details().toDict())
                .uri(m.error());
    }

    private void revocation(FromRouter m, long request, @Nullable RevocationDetails revocation, String what)
            throws UnrepresentableException {
        if (revocation == null) {
            type(m, 2).id(request);
        } else {
            type(m, 3).id(request).dict(revocation.toDict(what));
        }
    }

    /** Starts the list with the type code. {@code elements} is the number of elements without the payload. */
    private MessageWriter type(Message message, int elements) {
        int ofPayload = switch (payload.argumentKinds()) {
            case ABSENT -> 0;
            case POSITIONAL -> 1;
            case KEYWORDS -> 2;
        };
        out.beginList(elements + ofPayload);
        out.integer(message.code());
        return this;
    }

    private MessageWriter id(long id) {
        out.separator();
        out.integer(id);
        return this;
    }

    private MessageWriter text(String text) throws UnrepresentableException {
        out.separator();
        out.text(text);
        return this;
    }

    private MessageWriter uri(@Nullable Uri uri) throws UnrepresentableException {
        out.separator();
        if (uri == null) {
            out.nil();
        } else {
            out.text(uri.text());
        }
        return this;
    }

    private MessageWriter dict(Dict dict) throws UnrepresentableException {
        out.separator();
        out.dict(dict.entries());
        return this;
    }
}
