package io.junctor.router.connection;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.SubscribeMessageOptions;

/**
 * Leaves out what a message says in options that the router does not know: decoded, such a dictionary takes thirty times the memory of its
 * bytes, as long as the message waits or its call is open.
 */
public final class KnownOptions {
    private KnownOptions() {}

    /** The message with the options that the router knows: itself, where it has no others. */
    public static FromClient of(FromClient message) {
        return switch (message) {
            case Publish publish -> of(publish);
            case Call call -> of(call);
            case Subscribe subscribe -> of(subscribe);
            case Register register -> of(register);
            case Cancel cancel -> of(cancel);
            case Yield yield -> of(yield);
            case ErrorMessage error -> of(error);
            // Of these the session keeps nothing.
            case Hello hello -> hello;
            case Abort abort -> abort;
            case Authenticate authenticate -> authenticate;
            case Goodbye goodbye -> goodbye;
            case Unsubscribe unsubscribe -> unsubscribe;
            case Unregister unregister -> unregister;
        };
    }

    private static Publish of(Publish publish) {
        PublishMessageOptions known = publish.options().withoutExtra();
        return known == publish.options()
                ? publish
                : new Publish(publish.request(), known, publish.topic(), publish.payload());
    }

    private static Call of(Call call) {
        CallMessageOptions known = call.options().withoutExtra();
        return known == call.options() ? call : new Call(call.request(), known, call.procedure(), call.payload());
    }

    private static Subscribe of(Subscribe subscribe) {
        SubscribeMessageOptions known = subscribe.options().withoutExtra();
        return known == subscribe.options() ? subscribe : new Subscribe(subscribe.request(), known, subscribe.topic());
    }

    private static Register of(Register register) {
        RegisterMessageOptions known = register.options().withoutExtra();
        return known == register.options() ? register : new Register(register.request(), known, register.procedure());
    }

    private static Cancel of(Cancel cancel) {
        CancelOptions known = cancel.options().withoutExtra();
        return known == cancel.options() ? cancel : new Cancel(cancel.request(), known);
    }

    private static Yield of(Yield yield) {
        ResultDetails known = yield.options().withoutExtra();
        return known == yield.options() ? yield : new Yield(yield.request(), known, yield.payload());
    }

    private static ErrorMessage of(ErrorMessage error) {
        ErrorDetails known = error.details().withoutExtra();
        return known == error.details()
                ? error
                : new ErrorMessage(error.requestType(), error.request(), known, error.error(), error.payload());
    }
}
