package io.junctor.router.realm;

import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The procedures of the session meta API (section "Session Meta API"). Confined to the realm's turn. */
final class SessionProcedures {
    private static final Refusal BAD_REASON =
            Refusal.of(WampError.INVALID_URI, "the keyword argument reason must be a URI");

    private final Realm realm;
    private final IdTable<JoinedSession> sessions;

    /** Creates the procedures of {@code realm} about its open {@code sessions}. */
    SessionProcedures(Realm realm, IdTable<JoinedSession> sessions) {
        this.realm = realm;
        this.sessions = sessions;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.session.count", (caller, arguments) -> count(arguments),
                "wamp.session.list", (caller, arguments) -> list(arguments),
                "wamp.session.get", this::get,
                "wamp.session.kill", this::kill,
                "wamp.session.kill_by_authid", this::killByAuthid,
                "wamp.session.kill_by_authrole", this::killByAuthrole,
                "wamp.session.kill_all", this::killAll);
    }

    /** The details of a session that other sessions may see. */
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
    private MetaAnswer get(Session caller, MetaArguments arguments) {
        JoinedSession member = sessions.get(arguments.id(0));
        if (member == null) {
            return noSession(arguments.id(0));
        }
        RoleConfig role =
                realm.config().roles().get(String.valueOf(caller.identity().authrole()));
        return MetaAnswer.of(
                role != null && role.seesTransports() ? describeWithTransport(member) : describe(member.session()));
    }

    /** The details of a session that only sessions of a role with {@code session_transport: show} may see. */
    private static Map<String, @Nullable Object> describeWithTransport(JoinedSession member) {
        Connection transport = member.connection().transport();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("peer", transport.peer());
        details.put("protocol", transport.transport().label());
        details.put("serializer", transport.serializer().name().toLowerCase(Locale.ROOT));
        Map<String, @Nullable Object> all = new LinkedHashMap<>(describe(member.session()));
        all.put("transport", details);
        all.put("agent", member.agent());
        return all;
    }

    /** The error for a call about a session that does not exist. */
    static MetaAnswer noSession(long id) {
        return new MetaAnswer.Refused(Refusal.of(
                WampError.NO_SUCH_SESSION, "there is no other session with the id " + id + " in this realm"));
    }

    @InTurn
    private MetaAnswer count(MetaArguments arguments) {
        List<String> roles = arguments.optionalTexts(0);
        return roles == null
                ? MetaAnswer.of((long) sessions.size())
                : aboutAll(members -> MetaAnswer.of((long) ids(members, roles).size()));
    }

    @InTurn
    private MetaAnswer list(MetaArguments arguments) {
        List<String> roles = arguments.optionalTexts(0);
        return aboutAll(members -> MetaAnswer.of(ids(members, roles)));
    }

    @InTurn
    private MetaAnswer kill(Session caller, MetaArguments arguments) {
        JoinedSession target = sessions.get(arguments.id(0));
        Goodbye goodbye = goodbye(arguments);
        if (goodbye == null) {
            return new MetaAnswer.Refused(BAD_REASON);
        }
        return target == null || target.session() == caller
                ? noSession(arguments.id(0))
                : MetaAnswer.done(() -> realm.kill(caller, List.of(target), goodbye, true));
    }

    @InTurn
    private MetaAnswer killByAuthid(Session caller, MetaArguments arguments) {
        String authid = arguments.text(0);
        return killOthers(
                caller,
                arguments,
                member -> member.session() != caller
                        && authid.equals(member.session().identity().authid()),
                SessionProcedures::idsOf,
                true);
    }

    @InTurn
    private MetaAnswer killByAuthrole(Session caller, MetaArguments arguments) {
        String authrole = arguments.text(0);
        return killOthers(
                caller,
                arguments,
                member -> member.session() != caller
                        && authrole.equals(member.session().identity().authrole()),
                targets -> (long) targets.size(),
                true);
    }

    /** Kills all sessions except the caller. {@code wamp.session.on_leave} is not published for them (section "Session Meta API"). */
    @InTurn
    private MetaAnswer killAll(Session caller, MetaArguments arguments) {
        return killOthers(
                caller, arguments, member -> member.session() != caller, targets -> (long) targets.size(), false);
    }

    @InTurn
    private MetaAnswer killOthers(
            Session caller,
            MetaArguments arguments,
            Predicate<JoinedSession> filter,
            Function<List<JoinedSession>, Object> answer,
            boolean published) {
        Goodbye goodbye = goodbye(arguments);
        return goodbye == null
                ? new MetaAnswer.Refused(BAD_REASON)
                : aboutAll(members -> {
                    List<JoinedSession> targets =
                            members.stream().filter(filter).toList();
                    return MetaAnswer.of(answer.apply(targets), () -> realm.kill(caller, targets, goodbye, published));
                });
    }

    /** The {@code GOODBYE} of killed sessions, or null if the reason is not a URI. */
    private static @Nullable Goodbye goodbye(MetaArguments arguments) {
        Uri reason = Objects.requireNonNullElse(arguments.optionalUri("reason"), WampError.KILLED.uri());
        String message = arguments.optionalText("message");
        return UriRules.LOOSE.isUri(reason)
                ? new Goodbye(message == null ? CloseDetails.NONE : CloseDetails.message(message), reason)
                : null;
    }

    /** An answer about the sessions that are open now. It may be made outside of the turn, from immutable properties of the sessions. */
    @InTurn
    private MetaAnswer aboutAll(Function<List<JoinedSession>, MetaAnswer.Ready> maker) {
        return MetaAnswer.about(sessions.size(), () -> {
            List<JoinedSession> members = sessions.copy();
            return () -> maker.apply(members);
        });
    }

    private static List<Long> ids(List<JoinedSession> members, @Nullable List<String> roles) {
        // A tree set, because roles with equal hash codes would make a hash set slow.
        Set<String> wanted = roles == null ? Set.of() : new TreeSet<>(roles);
        return idsOf(members.stream()
                .filter(member -> roles == null
                        || wanted.contains(
                                String.valueOf(member.session().identity().authrole())))
                .toList());
    }

    private static List<Long> idsOf(List<JoinedSession> members) {
        return members.stream().map(member -> member.session().id()).toList();
    }
}
