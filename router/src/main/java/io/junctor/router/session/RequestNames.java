package io.junctor.router.session;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;

/** The names, for logs, of the messages that the router answers with {@code ERROR}. Stateless. */
final class RequestNames {
    private RequestNames() {}

    /** The name of the message with this code. */
    static String of(int code) {
        return switch (code) {
            case Publish.CODE -> "PUBLISH";
            case Subscribe.CODE -> "SUBSCRIBE";
            case Unsubscribe.CODE -> "UNSUBSCRIBE";
            case Call.CODE -> "CALL";
            case Register.CODE -> "REGISTER";
            case Unregister.CODE -> "UNREGISTER";
            case Yield.CODE -> "YIELD";
            default -> "message " + code;
        };
    }
}
