package io.junctor.cluster.protocol;

import io.junctor.router.cluster.MetaQuestion;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Encodes and decodes questions to other routers about the meta API: the caller as HELLO, the question as CALL, an answer as RESULT. Thread-safe. */
public final class Questions {
    private static final Roles CALLER = new Roles(Map.of(Role.CALLER, Set.of()));

    private Questions() {}

    /**
     * Writes a question about a realm.
     *
     * @throws UnrepresentableException if the identity has a value that cannot be encoded
     */
    public static void write(BodyWriter body, String realm, MetaQuestion question) throws UnrepresentableException {
        Identity identity = question.identity();
        HelloDetails who = new HelloDetails(
                CALLER, List.of(), identity.authid(), identity.authrole(), Dict.EMPTY, null, Dict.EMPTY);
        body.id(question.session());
        WampMessages.write(body, new Hello(new Uri(realm), who));
        WampMessages.write(body, new Call(1, CallMessageOptions.DEFAULT, question.procedure(), question.arguments()));
    }

    /** A question, and the realm that it is about. */
    public record About(String realm, MetaQuestion question) {}

    /**
     * Reads a question.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static About read(BodyReader body) {
        long session = body.id();
        FromClient who = WampMessages.fromClient(body);
        FromClient what = WampMessages.fromClient(body);
        if (who instanceof Hello hello && what instanceof Call call && hello.realm() != null) {
            Identity identity =
                    new Identity(hello.details().authid(), hello.details().authrole(), null, null);
            return new About(
                    hello.realm().text(), new MetaQuestion(call.procedure(), session, identity, call.payload()));
        }
        throw new InvalidBodyException("a question that is no CALL of a session");
    }

    /**
     * Writes the arguments of an answer.
     *
     * @throws UnrepresentableException never: arguments stay as they are encoded
     */
    public static void writeAnswer(BodyWriter body, Payload arguments) throws UnrepresentableException {
        WampMessages.write(body, new Result(1, ResultDetails.FINAL, arguments));
    }

    /**
     * Reads the arguments of an answer.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static Payload readAnswer(BodyReader body) {
        FromRouter message = WampMessages.fromRouter(body);
        if (message instanceof Result result) {
            return result.payload();
        }
        throw new InvalidBodyException("an answer that is no RESULT");
    }
}
