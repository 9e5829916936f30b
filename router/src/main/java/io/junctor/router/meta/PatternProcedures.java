package io.junctor.router.meta;

import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The procedures that the subscription and the registration meta API have in common. A session sees the entries that it holds and the
 * entries that it may hold or call. Entries of {@code wamp.*} topics are hidden.
 */
public final class PatternProcedures<E extends PatternEntry> {
    private final PatternTable<E> table;
    private final Function<Session, Set<Long>> heldIds;

    /** Creates procedures about the entries of {@code table}; {@code heldIds} returns the ids of the entries that a session holds. */
    public PatternProcedures(PatternTable<E> table, Function<Session, Set<Long>> heldIds) {
        this.table = table;
        this.heldIds = heldIds;
    }

    /** The ids of all visible entries, by match policy. */
    @InTurn
    public MetaAnswer list(Session caller) {
        return MetaAnswer.about(table.size(), () -> {
            List<E> all = table.all();
            Set<Long> held = Set.copyOf(heldIds.apply(caller));
            return () -> MetaAnswer.of(idsByMatch(all, held, caller.rights()));
        });
    }

    /** The id of the entry with this URI or pattern and match policy, or null. */
    @InTurn
    public MetaAnswer lookup(Session caller, MetaArguments arguments) {
        E found = table.get(arguments.uri(0), arguments.optionalMatch(1));
        return idOf(found == null || !isVisible(caller, found) ? null : found);
    }

    /** The description of the entry with this id. */
    @InTurn
    public MetaAnswer get(Session caller, MetaArguments arguments) {
        return about(caller, arguments, found -> MetaAnswer.of(found.describe()));
    }

    /** The answer about the entry with the id in the first argument, or an error if the caller does not see it. */
    @InTurn
    public MetaAnswer about(Session caller, MetaArguments arguments, Function<E, MetaAnswer> answer) {
        long id = arguments.id(0);
        E found = table.get(id);
        if (found != null && found.uri().isReserved()) {
            return new MetaAnswer.Refused(reserved(found));
        }
        return found == null || !isVisible(caller, found)
                ? new MetaAnswer.Refused(table.notFound(id))
                : answer.apply(found);
    }

    /** Whether {@code caller} can see {@code entry} in the meta API. */
    @InTurn
    public boolean isVisible(Session caller, E entry) {
        return !entry.uri().isReserved()
                && (heldIds.apply(caller).contains(entry.id())
                        || caller.rights().mayNow(entry.permissionQuery()));
    }

    /** The error for a request about a subscription to a topic of the router. */
    public static Refusal reserved(PatternEntry entry) {
        return Refusal.of(WampError.NOT_AUTHORIZED, entry.uri().text() + " belongs to the router");
    }

    /** The first argument of {@code match}: a URI, not a pattern. */
    @InTurn
    public static Uri uriToMatch(Session caller, MetaArguments arguments) {
        Uri uri = arguments.uri(0);
        if (!caller.rights().isPattern(uri, MatchPolicy.EXACT)) {
            throw new InvalidArgumentException("argument 1 must be a URI");
        }
        return uri;
    }

    /** Answers with the id of {@code entry}, or with null if {@code entry} is null. */
    public static MetaAnswer idOf(@Nullable PatternEntry entry) {
        return MetaAnswer.of(entry == null ? null : (Object) entry.id());
    }

    /** The ids of {@code entries} by match policy. May run outside of the turn. */
    private static Map<String, List<Long>> idsByMatch(
            List<? extends PatternEntry> entries, Set<Long> held, SessionPermissions permissions) {
        Map<String, List<Long>> idsByMatch = new LinkedHashMap<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            idsByMatch.put(match.wire(), new ArrayList<>());
        }
        for (PatternEntry entry : entries) {
            List<Long> ids = idsByMatch.get(entry.match().wire());
            if (ids != null
                    && !entry.uri().isReserved()
                    && (held.contains(entry.id()) || permissions.mayNow(entry.permissionQuery()))) {
                ids.add(entry.id());
            }
        }
        return idsByMatch;
    }
}
