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
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.UnknownOptionValue;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message: which elements follow each other in which type, for all serializations. Confined to one thread.
 */
final class MessageReader {
    private final WireReader in;
    private final WireFormat format;
    private final OptionsCache recent;
    private final MessageType layout;
    private int count = 1;
    private boolean hasEnded;
    /** The argument with a fault that costs the request only, or null. */
    private @Nullable String faulty;
    /** The option with a value that costs the request only, or null. */
    private @Nullable UnknownOptionValue unknown;

    /** Reads the type of the message. */
    MessageReader(WireReader in, WireFormat format, OptionsCache recent) {
        this.in = in;
        this.format = format;
        this.recent = recent;
        in.begin();
        if (!in.next()) {
            throw new ProtocolViolation("a message must not be an empty list");
        }
        this.layout = MessageType.of(in.integer("the type of a message"));
    }

    FromClient fromClient() {
        FromClient message;
        try {
            message = switch (layout) {
                case HELLO -> new Hello(realm(), options("Details", HelloDetails::of));
                case ABORT -> abort();
                case AUTHENTICATE -> new Authenticate(text("Signature"), dict("Extra"));
                case GOODBYE -> goodbye();
                case ERROR -> error();
                case PUBLISH ->
                    new Publish(request(), options("Options", PublishMessageOptions::of), uri("Topic"), payload());
                case SUBSCRIBE ->
                    new Subscribe(request(), options("Options", SubscribeMessageOptions::of), uri("Topic"));
                case UNSUBSCRIBE -> new Unsubscribe(request(), id("Subscription"));
                case CALL ->
                    new Call(request(), options("Options", CallMessageOptions::of), uri("Procedure"), payload());
                case CANCEL -> new Cancel(request(), options("Options", CancelOptions::of));
                case REGISTER ->
                    new Register(request(), options("Options", RegisterMessageOptions::of), uri("Procedure"));
                case UNREGISTER -> new Unregister(request(), id("Registration"));
                case YIELD -> new Yield(request(), options("Options", ResultDetails::of), payload());
                case WELCOME, CHALLENGE, PUBLISHED, SUBSCRIBED, UNSUBSCRIBED, EVENT -> throw notForA("client");
                case RESULT, REGISTERED, UNREGISTERED, INVOCATION, INTERRUPT -> throw notForA("client");
            };
            end();
        } catch (ProtocolViolation violation) {
            throw named(violation);
        }
        if (faulty != null || unknown != null) {
            throw invalid(message);
        }
        return message;
    }

    FromRouter fromRouter() {
        FromRouter message;
        try {
            message = switch (layout) {
                case WELCOME -> new Welcome(id("Session"), WelcomeDetails.of(dict("Details")));
                case ABORT -> abort();
                case CHALLENGE -> new Challenge(text("AuthMethod"), dict("Extra"));
                case GOODBYE -> goodbye();
                case ERROR -> error();
                case PUBLISHED -> new Published(request(), id("Publication"));
                case SUBSCRIBED -> new Subscribed(request(), id("Subscription"));
                case UNSUBSCRIBED -> unsubscribed();
                case EVENT ->
                    new Event(id("Subscription"), id("Publication"), options("Details", EventDetails::of), payload());
                case RESULT -> new Result(request(), options("Details", ResultDetails::of), payload());
                case REGISTERED -> new Registered(request(), id("Registration"));
                case UNREGISTERED -> unregistered();
                case INVOCATION ->
                    new Invocation(request(), id("Registration"), options("Details", InvocationDetails::of), payload());
                case INTERRUPT -> new Interrupt(request(), options("Options", InterruptOptions::of));
                case HELLO, AUTHENTICATE, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL -> throw notForA("router");
                case CANCEL, REGISTER, UNREGISTER, YIELD -> throw notForA("router");
            };
            end();
        } catch (ProtocolViolation violation) {
            throw named(violation);
        }
        if (unknown != null) {
            throw named(unknown);
        }
        if (faulty != null) {
            throw named(new ProtocolViolation(faulty + ": " + fault()));
        }
        return message;
    }

    private @Nullable Uri realm() {
        element();
        return in.nil() ? null : new Uri(in.text("Realm"));
    }

    private Abort abort() {
        return new Abort(CloseDetails.of(details()), uri("Reason"), payload());
    }

    private Goodbye goodbye() {
        return new Goodbye(CloseDetails.of(details()), uri("Reason"));
    }

    private ErrorMessage error() {
        element();
        int type = Math.clamp(in.integer("REQUEST.Type"), 0, Integer.MAX_VALUE);
        return new ErrorMessage(type, request(), options("Details", ErrorDetails::of), uri("Error"), payload());
    }

    private Unsubscribed unsubscribed() {
        long request = requestOrNone();
        return new Unsubscribed(request, revocation(request, "subscription"));
    }

    private Unregistered unregistered() {
        long request = requestOrNone();
        return new Unregistered(request, revocation(request, "registration"));
    }

    /** Details count only where no request is answered. */
    private @Nullable RevocationDetails revocation(long request, String what) {
        if (!optional()) {
            if (request == 0) {
                throw new ProtocolViolation("Request 0 needs Details");
            }
            return null;
        }
        Dict details = in.dict("Details");
        return request == 0 ? RevocationDetails.of(details, what) : null;
    }

    private long request() {
        return id("Request");
    }

    private long requestOrNone() {
        element();
        return in.id("Request", 0);
    }

    private long id(String what) {
        element();
        return in.id(what, Ids.MIN);
    }

    @SuppressWarnings("unchecked") // What was kept for a layout was made by the same function.
    private <T> T options(String what, Function<Dict, T> reading) {
        element();
        Object known = recent.find(layout, in);
        if (known != null) {
            return (T) known;
        }
        int from = in.position();
        Dict dict = in.dict(what);
        try {
            T options = reading.apply(dict);
            recent.keep(layout, options, in, from);
            return options;
        } catch (UnknownOptionValue value) {
            unknown = value;
            return reading.apply(Dict.EMPTY);
        }
    }

    private Dict details() {
        return dict("Details");
    }

    private Dict dict(String what) {
        element();
        return in.dict(what);
    }

    private Uri uri(String what) {
        return new Uri(text(what));
    }

    private String text(String what) {
        element();
        return in.text(what);
    }

    /** The rest of the message as bytes; null in place of either element is read as absent and not passed on. */
    private Payload payload() {
        if (!optional()) {
            return Payload.NONE;
        }
        int from = in.position();
        boolean hasPositional = !in.nil();
        if (hasPositional) {
            skipArguments(from);
        }
        int to = in.position();
        if (!optional()) {
            return slice(hasPositional ? ArgumentKinds.POSITIONAL : ArgumentKinds.ABSENT, from, to);
        }
        int fromKeywords = in.position();
        if (in.nil()) {
            return slice(hasPositional ? ArgumentKinds.POSITIONAL : ArgumentKinds.ABSENT, from, to);
        }
        skipKeywords(fromKeywords);
        if (faulty != null) {
            return Payload.NONE;
        }
        return hasPositional ? slice(ArgumentKinds.KEYWORDS, from, in.position()) : keywordsOnly(fromKeywords);
    }

    private void skipArguments(int from) {
        in.skipArguments();
        if (in.fault() != null) {
            faulty = ArgumentLocator.positional(again(from), in.faultAt());
        }
    }

    private void skipKeywords(int from) {
        in.skipKeywords();
        if (in.fault() != null && faulty == null) {
            faulty = ArgumentLocator.keyword(again(from), in.faultAt());
        }
    }

    private WireReader again(int from) {
        return format.reader(in.bytes(), from, in.position(), in.limits()).tolerant();
    }

    private Payload slice(ArgumentKinds shape, int from, int to) {
        if (faulty != null) {
            return Payload.NONE;
        }
        return Payload.of(format.serializer(), shape, in.bytes(), from, to - from)
                .compact();
    }

    private Payload keywordsOnly(int from) {
        byte[] bytes = format.writer(2, CodecLimits.DEFAULT).keywordsOnly(in.bytes(), from, in.position() - from);
        return Payload.of(format.serializer(), ArgumentKinds.KEYWORDS, bytes, 0, bytes.length);
    }

    private void element() {
        if (!in.next()) {
            hasEnded = true;
            throw layout.wrongLength(count);
        }
        count++;
    }

    private boolean optional() {
        hasEnded = hasEnded || !in.next();
        count += hasEnded ? 0 : 1;
        return !hasEnded;
    }

    private void end() {
        if (optional()) {
            do {
                in.skip();
            } while (optional());
            throw layout.wrongLength(count);
        }
        in.end();
    }

    private InvalidRequest invalid(FromClient message) {
        return unknown == null
                ? new InvalidRequest(message, WampError.INVALID_PAYLOAD, faulty + ": ", fault())
                : new InvalidRequest(message, WampError.INVALID_ARGUMENT, "", unknown.problem());
    }

    private String fault() {
        return in.fault() + " at byte " + in.faultAt();
    }

    private ProtocolViolation notForA(String sender) {
        return new ProtocolViolation("is no message for a " + sender + " to send");
    }

    private ProtocolViolation named(ProtocolViolation violation) {
        return new ProtocolViolation(layout + ": " + violation.getMessage());
    }
}
