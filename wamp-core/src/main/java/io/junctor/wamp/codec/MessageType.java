package io.junctor.wamp.codec;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
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
import io.junctor.wamp.value.ProtocolViolationException;
import org.jspecify.annotations.Nullable;

/** The message types with their type codes and allowed numbers of elements (section "Messages"). */
enum MessageType {
    HELLO(Hello.CODE, 3, 3),
    WELCOME(Welcome.CODE, 3, 3),
    ABORT(Abort.CODE, 3, 5),
    CHALLENGE(Challenge.CODE, 3, 3),
    AUTHENTICATE(Authenticate.CODE, 3, 3),
    GOODBYE(Goodbye.CODE, 3, 3),
    ERROR(ErrorMessage.CODE, 5, 7),
    PUBLISH(Publish.CODE, 4, 6),
    PUBLISHED(Published.CODE, 3, 3),
    SUBSCRIBE(Subscribe.CODE, 4, 4),
    SUBSCRIBED(Subscribed.CODE, 3, 3),
    UNSUBSCRIBE(Unsubscribe.CODE, 3, 3),
    UNSUBSCRIBED(Unsubscribed.CODE, 2, 3),
    EVENT(Event.CODE, 4, 6),
    CALL(Call.CODE, 4, 6),
    CANCEL(Cancel.CODE, 3, 3),
    RESULT(Result.CODE, 3, 5),
    REGISTER(Register.CODE, 4, 4),
    REGISTERED(Registered.CODE, 3, 3),
    UNREGISTER(Unregister.CODE, 3, 3),
    UNREGISTERED(Unregistered.CODE, 2, 3),
    INVOCATION(Invocation.CODE, 4, 6),
    INTERRUPT(Interrupt.CODE, 3, 3),
    YIELD(Yield.CODE, 3, 5);

    private static final @Nullable MessageType[] BY_CODE = new @Nullable MessageType[Yield.CODE + 1];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int least;
    private final int most;

    MessageType(int code, int least, int most) {
        this.code = code;
        this.least = least;
        this.most = most;
    }

    /** Returns the message type with {@code code}. */
    static MessageType of(long code) {
        MessageType type = code < 0 || code >= BY_CODE.length ? null : BY_CODE[(int) code];
        if (type == null) {
            throw new ProtocolViolationException("unknown message type " + code);
        }
        return type;
    }

    /** Creates the violation for a message of this type that has {@code count} elements, a number that is not allowed. */
    ProtocolViolationException wrongLength(int count) {
        String legal = least == most ? String.valueOf(least) : least + " to " + most;
        return new ProtocolViolationException("must have " + legal + " elements, not " + count);
    }
}
