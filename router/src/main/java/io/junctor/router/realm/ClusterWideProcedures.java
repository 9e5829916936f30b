package io.junctor.router.realm;

import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RouterAnswers;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The procedures of the meta API about sessions and subscriptions, of which each router knows only those of its own clients. They ask the
 * realm on all routers and combine the answers. If a router did not answer, the RESULT has the keyword argument {@code incomplete: true}.
 * Confined to the realm's turn.
 */
final class ClusterWideProcedures {
    /** The method of combining the answers of two routers. */
    private enum MergeMethod {
        /** Adds two counts. */
        SUM((one, other) -> one instanceof Long some && other instanceof Long more ? (Object) (some + more) : one),
        /** Merges two lists, or two dictionaries of lists. */
        ALL(MergeMethod::all),
        /** Takes the first answer, because at most one router has the entry, or all routers with the entry give the same answer. */
        FIRST((one, other) -> one),
        /** Takes the first answer, because each router carries out the call and returns nothing. */
        EACH((one, other) -> one);

        private final BinaryOperator<Object> union;

        MergeMethod(BinaryOperator<Object> union) {
            this.union = union;
        }

        @Nullable
        Object of(@Nullable Object one, @Nullable Object other) {
            return one == null ? other : other == null ? one : union.apply(one, other);
        }

        private static Object all(Object one, Object other) {
            if (one instanceof List<?> list && other instanceof List<?> more) {
                Set<@Nullable Object> all = new LinkedHashSet<>(list);
                all.addAll(more);
                return new ArrayList<>(all);
            }
            if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> more) {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                map.forEach((key, value) -> all.put(String.valueOf(key), ALL.of(value, more.get(key))));
                return all;
            }
            return one;
        }
    }

    private static final Map<String, MergeMethod> UNION_BY_URI = Map.ofEntries(
            Map.entry("wamp.session.count", MergeMethod.SUM),
            Map.entry("wamp.session.list", MergeMethod.ALL),
            Map.entry("wamp.session.get", MergeMethod.FIRST),
            Map.entry("wamp.session.kill", MergeMethod.FIRST),
            Map.entry("wamp.session.kill_by_authid", MergeMethod.ALL),
            Map.entry("wamp.session.kill_by_authrole", MergeMethod.SUM),
            Map.entry("wamp.session.kill_all", MergeMethod.SUM),
            Map.entry("wamp.subscription.list", MergeMethod.ALL),
            Map.entry("wamp.subscription.lookup", MergeMethod.FIRST),
            Map.entry("wamp.subscription.match", MergeMethod.ALL),
            Map.entry("wamp.subscription.get", MergeMethod.FIRST),
            Map.entry("wamp.subscription.list_subscribers", MergeMethod.ALL),
            Map.entry("wamp.subscription.count_subscribers", MergeMethod.SUM),
            Map.entry("wamp.subscription.remove_subscriber", MergeMethod.FIRST),
            Map.entry("wamp.authorization.invalidate", MergeMethod.EACH));
    private static final Set<Uri> NOT_HERE =
            Set.of(WampError.NO_SUCH_SESSION.uri(), WampError.NO_SUCH_SUBSCRIPTION.uri());
    private static final Map<String, @Nullable Object> INCOMPLETE = Map.of("incomplete", true);

    private final RealmLink link;
    private final ArgumentsCodec codec;

    ClusterWideProcedures(RealmLink link, ArgumentsCodec codec) {
        this.link = link;
        this.codec = codec;
    }

    /** For each procedure of {@code own} that has to ask other routers, a procedure that asks them. */
    Map<String, MetaProcedure> byUri(Map<String, MetaProcedure> own) {
        Map<String, MetaProcedure> asking = new HashMap<>();
        own.forEach((uri, procedure) -> {
            MergeMethod union = UNION_BY_URI.get(uri);
            if (union != null) {
                asking.put(uri, (caller, arguments) -> call(new Uri(uri), union, procedure, caller, arguments));
            }
        });
        return asking;
    }

    @InTurn
    private MetaAnswer call(Uri uri, MergeMethod union, MetaProcedure own, Session caller, MetaArguments arguments) {
        MetaAnswer here = own.call(caller, arguments);
        if (isFinal(union, here)) {
            return here;
        }
        Supplier<MetaAnswer.Ready> copied = copied(here);
        MetaQuestion question = new MetaQuestion(uri, caller.id(), caller.identity(), codec.encode(arguments.values()));
        return new MetaAnswer.Later(
                link.ask(question).thenApply(answers -> () -> united(union, copied.get(), answers)));
    }

    /** Whether the local answer is complete, because the entry that the call is about is on this router, or because the request is refused. */
    private static boolean isFinal(MergeMethod union, MetaAnswer here) {
        return switch (here) {
            case MetaAnswer.Refused refused ->
                !NOT_HERE.contains(refused.refusal().error().uri());
            case MetaAnswer.Denied denied -> true;
            case MetaAnswer.Values values -> union == MergeMethod.FIRST && !isNull(values.arguments());
            case MetaAnswer.Later later -> true;
            case MetaAnswer.Listing listing -> false;
        };
    }

    private static boolean isNull(Arguments result) {
        return !result.positional().isEmpty() && result.positional().getFirst() == null;
    }

    @InTurn
    private static Supplier<MetaAnswer.Ready> copied(MetaAnswer here) {
        return switch (here) {
            case MetaAnswer.Ready ready -> () -> ready;
            case MetaAnswer.Listing listing -> listing.copy().get();
            case MetaAnswer.Later later -> throw new IllegalStateException("an answer that waits for others already");
        };
    }

    /** Combines the answers of all routers. May run outside of the turn. */
    @SuppressWarnings("NullAway") // The null annotations of records are not in their class files.
    private MetaAnswer.Ready united(MergeMethod union, MetaAnswer.Ready here, RouterAnswers answers) {
        MetaAnswer.Values own = here instanceof MetaAnswer.Values values ? values : null;
        if (own == null && answers.found().isEmpty()) {
            return here;
        }
        Object result = own == null ? null : first(own.arguments());
        boolean isEmpty = own == null || own.arguments().positional().isEmpty();
        for (Payload found : answers.found()) {
            Arguments other = codec.decode(found);
            isEmpty &= other.positional().isEmpty();
            result = union.of(result, first(other));
        }
        List<@Nullable Object> positional = new ArrayList<>();
        if (!isEmpty) {
            positional.add(result);
        }
        return new MetaAnswer.Values(
                new Arguments(positional, answers.isComplete() ? Map.of() : INCOMPLETE),
                own == null ? () -> {} : own.after());
    }

    private static @Nullable Object first(Arguments arguments) {
        return arguments.positional().isEmpty() ? null : arguments.positional().getFirst();
    }
}
