package io.junctor.router.realm;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. The session meta API (section "Session Meta API"). */
final class SessionProcedures {
    private static final Refusal NO_SESSION =
            Refusal.of(WampError.NO_SUCH_SESSION, "there is no other session with this id in this realm");
    private static final Refusal BAD_REASON =
            Refusal.of(WampError.INVALID_URI, "the keyword argument reason must be a URI");

    private final Realm realm;

    SessionProcedures(Realm realm) {
        this.realm = realm;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.session.count",
                        (caller, arguments) ->
                                MetaAnswer.of((long) ids(arguments).size()),
                "wamp.session.list", (caller, arguments) -> MetaAnswer.of(ids(arguments)),
                "wamp.session.get", (caller, arguments) -> get(arguments),
                "wamp.session.kill", this::kill,
                "wamp.session.kill_by_authid", this::killByAuthid,
                "wamp.session.kill_by_authrole", this::killByAuthrole,
                "wamp.session.kill_all", this::killAll);
    }

    /** What others are told of a session. */
    static Map<String, @Nullable Object> describe(Session session) {
        Identity identity = session.identity();
        return new Dict.Builder()
                .put("session", session.id())
                .put("authid", identity.authid())
                .put("authrole", identity.authrole())
                .put("authmethod", identity.authmethod())
                .put("authprovider", identity.authprovider())
                .build()
                .entries();
    }

    @InTurn
    private MetaAnswer get(MetaArguments arguments) {
        Member member = realm.member(arguments.id(0));
        return member == null ? new MetaAnswer.Refused(NO_SESSION) : MetaAnswer.of(describe(member.session()));
    }

    @InTurn
    private MetaAnswer kill(Session caller, MetaArguments arguments) {
        Member target = realm.member(arguments.id(0));
        if (target == null || target.session() == caller) {
            return new MetaAnswer.Refused(NO_SESSION);
        }
        return killing(List.of(target), null, arguments, true);
    }

    @InTurn
    private MetaAnswer killByAuthid(Session caller, MetaArguments arguments) {
        String authid = arguments.text(0);
        List<Member> targets = others(caller, identity -> authid.equals(identity.authid()));
        List<Long> ids = targets.stream().map(target -> target.session().id()).toList();
        return killing(targets, ids, arguments, true);
    }

    @InTurn
    private MetaAnswer killByAuthrole(Session caller, MetaArguments arguments) {
        String authrole = arguments.text(0);
        List<Member> targets = others(caller, identity -> authrole.equals(identity.authrole()));
        return killing(targets, (long) targets.size(), arguments, true);
    }

    /** Section "Session Meta API": of all sessions killed at once nobody is told. */
    @InTurn
    private MetaAnswer killAll(Session caller, MetaArguments arguments) {
        List<Member> targets = others(caller, identity -> true);
        return killing(targets, (long) targets.size(), arguments, false);
    }

    @InTurn
    private MetaAnswer killing(List<Member> targets, @Nullable Object answer, MetaArguments arguments, boolean told) {
        Uri reason = new Uri(Objects.requireNonNullElse(
                arguments.optionalText("reason"), WampError.KILLED.uri().text()));
        String message = arguments.optionalText("message");
        if (!UriRules.LOOSE.isUri(reason)) {
            return new MetaAnswer.Refused(BAD_REASON);
        }
        Goodbye goodbye = new Goodbye(message == null ? CloseDetails.NONE : CloseDetails.message(message), reason);
        Runnable kill = () -> realm.kill(targets, goodbye, told);
        return answer == null ? MetaAnswer.done(kill) : MetaAnswer.of(answer, kill);
    }

    @InTurn
    private List<Long> ids(MetaArguments arguments) {
        List<String> roles = arguments.optionalTexts(0);
        return realm.members().stream()
                .map(Member::session)
                .filter(session -> roles == null
                        || roles.contains(String.valueOf(session.identity().authrole())))
                .map(Session::id)
                .toList();
    }

    @InTurn
    private List<Member> others(Session caller, Predicate<Identity> which) {
        return realm.members().stream()
                .filter(member -> member.session() != caller
                        && which.test(member.session().identity()))
                .toList();
    }
}
