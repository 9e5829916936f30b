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
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.UnknownOptionValueException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the elements of one message in the order that its message type defines, for every serialization. Confined to one thread. */
final class MessageReader {
    private final WireReader in;
    private final WireFormat format;
    private final OptionsCache cache;
    private final UriCache uris;
    private final MessageType type;
    private int count = 1;
    private boolean hasEnded;
    /** The name of the argument with an invalid value, or null. */
    private @Nullable String invalidArgument;
    /** The option with an unknown value, or null. */
    private @Nullable UnknownOptionValueException unknownOption;

    /** Creates a reader and reads the type of the message. */
    MessageReader(WireReader in, WireFormat format, OptionsCache cache, UriCache uris) {
        this.in = in;
        this.format = format;
        this.cache = cache;
        this.uris = uris;
        in.begin();
        if (!in.next()) {
            throw new ProtocolViolationException("a message must not be an empty list");
        }
        this.type = MessageType.of(in.integer("the type of a message"));
    }

    FromClient fromClient() {
        FromClient message;
        try {
            message = switch (type) {
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
                case WELCOME, CHALLENGE, PUBLISHED, SUBSCRIBED, UNSUBSCRIBED, EVENT -> throw notSentBy("client");
                case RESULT, REGISTERED, UNREGISTERED, INVOCATION, INTERRUPT -> throw notSentBy("client");
            };
            end();
        } catch (ProtocolViolationException violation) {
            throw withMessageType(violation);
        }
        if (invalidArgument != null || unknownOption != null) {
            throw invalidRequest(message);
        }
        return message;
    }

    FromRouter fromRouter() {
        FromRouter message;
        try {
            message = switch (type) {
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
                case HELLO, AUTHENTICATE, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL -> throw notSentBy("router");
                case CANCEL, REGISTER, UNREGISTER, YIELD -> throw notSentBy("router");
            };
            end();
        } catch (ProtocolViolationException violation) {
            throw withMessageType(violation);
        }
        if (unknownOption != null) {
            throw withMessageType(unknownOption);
        }
        if (invalidArgument != null) {
            throw withMessageType(new ProtocolViolationException(invalidArgument + ": " + invalidArgumentText()));
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
        int requestType = Math.clamp(in.integer("REQUEST.Type"), 0, Integer.MAX_VALUE);
        return new ErrorMessage(requestType, request(), options("Details", ErrorDetails::of), uri("Error"), payload());
    }

    private Unsubscribed unsubscribed() {
        long request = requestOrNone();
        return new Unsubscribed(request, revocation(request, "subscription"));
    }

    private Unregistered unregistered() {
        long request = requestOrNone();
        return new Unregistered(request, revocation(request, "registration"));
    }

    /** Reads the details of a revocation; returns null if the message answers a request. */
    private @Nullable RevocationDetails revocation(long request, String what) {
        if (!optional()) {
            if (request == 0) {
                throw new ProtocolViolationException("Details are required if Request is 0");
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

    @SuppressWarnings("unchecked") // The cached options of a message type were created by the same function.
    private <T> T options(String what, Function<Dict, T> parse) {
        element();
        Object known = cache.find(type, in);
        if (known != null) {
            return (T) known;
        }
        int from = in.position();
        Dict dict = in.dict(what);
        try {
            T options = parse.apply(dict);
            cache.keep(type, options, in, from);
            return options;
        } catch (UnknownOptionValueException value) {
            unknownOption = value;
            return parse.apply(Dict.EMPTY);
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
        element();
        int from = in.position();
        in.skip();
        Uri known = uris.find(in.bytes(), from, in.position());
        if (known != null) {
            return known;
        }
        in.back(from);
        Uri uri = new Uri(in.text(what));
        uris.keep(uri, in.bytes(), from, in.position());
        return uri;
    }

    private String text(String what) {
        element();
        return in.text(what);
    }

    /**
     * Reads Arguments and ArgumentsKw as undecoded bytes. A null in place of either is treated as absent and not
     * forwarded.
     */
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
        if (invalidArgument != null) {
            return Payload.NONE;
        }
        return hasPositional ? slice(ArgumentKinds.KEYWORDS, from, in.position()) : keywordsOnly(fromKeywords);
    }

    private void skipArguments(int from) {
        in.skipArguments();
        if (in.invalidValue() != null) {
            invalidArgument = ArgumentLocator.positional(argumentsFrom(from), in.invalidAt());
        }
    }

    private void skipKeywords(int from) {
        in.skipKeywords();
        if (in.invalidValue() != null && invalidArgument == null) {
            invalidArgument = ArgumentLocator.keyword(argumentsFrom(from), in.invalidAt());
        }
    }

    private WireReader argumentsFrom(int from) {
        return format.reader(in.bytes(), from, in.position(), in.limits()).asArguments();
    }

    private Payload slice(ArgumentKinds shape, int from, int to) {
        if (invalidArgument != null) {
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
            throw type.wrongLength(count);
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
            throw type.wrongLength(count);
        }
        in.end();
    }

    private InvalidRequestException invalidRequest(FromClient message) {
        return unknownOption == null
                ? new InvalidRequestException(
                        message, WampError.INVALID_PAYLOAD, invalidArgument + ": ", invalidArgumentText())
                : new InvalidRequestException(message, WampError.INVALID_ARGUMENT, "", unknownOption.problem());
    }

    private String invalidArgumentText() {
        return in.invalidValue() + " at byte " + in.invalidAt();
    }

    private ProtocolViolationException notSentBy(String sender) {
        return new ProtocolViolationException("a " + sender + " must not send this message");
    }

    private ProtocolViolationException withMessageType(ProtocolViolationException violation) {
        return new ProtocolViolationException(type + ": " + violation.getMessage());
    }
}
