package io.junctor.router.realm;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Request;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers and logs requests that are refused before they are routed. The texts name the action and the URI. Confined to the realm's turn. */
final class RequestRefuser {
    /** The errors whose texts do not name the URI, so that it has to be added. */
    private static final Set<WampError> ABOUT_THE_URI = EnumSet.of(
            WampError.INVALID_URI,
            WampError.AUTHORIZATION_FAILED,
            WampError.OPTION_NOT_ALLOWED,
            WampError.DISCLOSE_ME_DISALLOWED);

    private RequestRefuser() {}

    /** Answers {@code request} with {@code ERROR}. */
    @InTurn
    static void answer(Session session, Request request, Refusal refusal) {
        PermissionQuery query = query(request);
        if (query != null && refusal.error() == WampError.NOT_AUTHORIZED) {
            session.deny(query, request.code(), request.request());
        } else {
            session.refuse(named(refusal, query), request.code(), request.request());
        }
    }

    /** Logs a publication that is refused without an answer. */
    @InTurn
    static void log(Session session, Publish publish, Refusal refusal) {
        PermissionQuery query = query(publish);
        if (query != null && refusal.error() == WampError.NOT_AUTHORIZED) {
            session.logDenial(query, query.refusal(), publish.code(), publish.request());
        } else {
            session.logRefusal(named(refusal, query), publish.code(), publish.request(), () -> "");
        }
    }

    private static Refusal named(Refusal refusal, @Nullable PermissionQuery query) {
        return query != null && ABOUT_THE_URI.contains(refusal.error()) ? refusal.about(query.text()) : refusal;
    }

    private static @Nullable PermissionQuery query(Request request) {
        return switch (request) {
            case Publish publish -> new PermissionQuery(Action.PUBLISH, publish.topic(), MatchPolicy.EXACT);
            case Call call -> new PermissionQuery(Action.CALL, call.procedure(), MatchPolicy.EXACT);
            case Subscribe subscribe ->
                new PermissionQuery(
                        Action.SUBSCRIBE, subscribe.topic(), subscribe.options().match());
            case Register register ->
                new PermissionQuery(
                        register.options().extensions().forceReregister() ? Action.REPLACE : Action.REGISTER,
                        register.procedure(),
                        register.options().match());
            case Unsubscribe unsubscribe -> null;
            case Unregister unregister -> null;
        };
    }
}
