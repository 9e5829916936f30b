package io.junctor.router.broker;

import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RouterAnswers;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Finds out whether a session is the first or was the last subscriber on all routers, so that exactly one router announces that a
 * subscription was created or deleted. The session's router asks the other routers whether they have subscribers. Each question has a
 * number, which is higher than all numbers that its router has seen. If several routers ask about a creation at the same time, the router
 * with the lowest number announces it. If several ask about a deletion, the router with the highest number announces it, because the others
 * still had subscribers when they were asked before. If a router learns of a new subscriber before it has announced the deletion, neither
 * the deletion nor a creation is announced. Confined to the realm's turn.
 */
final class SubscriptionTransitions {
    private static final String HOLDS = "junctor.subscription.holds";
    private static final Uri HOLDS_URI = new Uri(HOLDS);
    private static final String CREATES = "create";
    private static final String DELETES = "delete";
    /** The number in the answer of a router with subscribers. */
    private static final long HOLDS_IT = 0;

    /** A creation or deletion of a subscription about which other routers have not answered yet. */
    private static final class OpenTransition {
        final boolean creates;
        final long number;
        /** The later changes to the subscription, which wait until the question about its creation is decided. */
        final Queue<Runnable> behind = new ArrayDeque<>(0);

        OpenTransition(boolean creates, long number) {
            this.creates = creates;
            this.number = number;
        }
    }

    private final RealmLink link;
    private final SubscriptionTable table;
    private final Turnstile turnstile;
    private final ArgumentsCodec codec;
    private final String router;
    private final Long2ObjectHashMap<OpenTransition> openById = new Long2ObjectHashMap<>();
    /** The highest number of a question that was asked or heard. */
    private long highest = HOLDS_IT;

    SubscriptionTransitions(RealmLink link, SubscriptionTable table, Turnstile turnstile, ArgumentsCodec codec) {
        this.link = link;
        this.table = table;
        this.turnstile = turnstile;
        this.codec = codec;
        this.router = Long.toHexString(link.router());
    }

    /** The procedure that answers the questions of other routers, by URI. */
    Map<String, MetaProcedure> byUri() {
        return Map.of(HOLDS, (asker, arguments) -> answer(arguments));
    }

    /**
     * Announces that a session has subscribed.
     *
     * @param isFirst whether it is the only subscriber of this router
     * @param create announces that the subscription was created; runs first, and only if this router has to announce it
     * @param subscribe announces that the session has subscribed
     */
    @InTurn
    void onSubscribed(Session session, long id, boolean isFirst, Runnable create, Runnable subscribe) {
        OpenTransition open = openById.get(id);
        if (open != null && open.creates) {
            open.behind.add(() -> onSubscribed(session, id, isFirst, create, subscribe));
        } else if (open == null && isFirst) {
            ask(session, id, true, isHeld -> {
                if (!isHeld) {
                    create.run();
                }
                subscribe.run();
            });
        } else {
            // If the deletion was not announced yet, the subscription has never been deleted for observers.
            openById.remove(id);
            subscribe.run();
        }
    }

    /**
     * Announces that a session is no longer subscribed.
     *
     * @param isLast whether this router has no subscriber left
     * @param unsubscribe announces that the session is no longer subscribed
     * @param delete announces that the subscription was deleted; runs last, and only if this router has to announce it
     */
    @InTurn
    void onUnsubscribed(Session session, long id, boolean isLast, Runnable unsubscribe, Runnable delete) {
        OpenTransition open = openById.get(id);
        if (open != null && open.creates) {
            open.behind.add(() -> onUnsubscribed(session, id, isLast, unsubscribe, delete));
            return;
        }
        unsubscribe.run();
        if (isLast) {
            ask(session, id, false, isHeld -> {
                if (!isHeld) {
                    delete.run();
                }
            });
        }
    }

    /** Continues when the other routers have answered. */
    private interface Decision {
        @InTurn
        void take(boolean isHeldElsewhere);
    }

    @InTurn
    private void ask(Session session, long id, boolean creates, Decision decision) {
        OpenTransition open = new OpenTransition(creates, ++highest);
        openById.put(id, open);
        Arguments arguments = Arguments.of(id, open.number, creates ? CREATES : DELETES);
        link.ask(new MetaQuestion(HOLDS_URI, session.id(), session.identity(), codec.encode(arguments)))
                .thenAccept(answers -> Pass.run(() -> turnstile.run(() -> decide(id, open, answers, decision))));
    }

    @InTurn
    private void decide(long id, OpenTransition open, RouterAnswers answers, Decision decision) {
        if (openById.get(id) != open) {
            return;
        }
        openById.remove(id);
        decision.take(answers.found().stream().anyMatch(answer -> prevails(answer, open)));
        Queue<Runnable> behind = new ArrayDeque<>(open.behind);
        for (Runnable next = behind.poll(); next != null; next = behind.poll()) {
            next.run();
        }
    }

    /** Whether the router that answers has subscribers, or has to make the announcement instead of this router. */
    private boolean prevails(Payload answer, OpenTransition open) {
        List<?> values = codec.decode(answer).positional();
        if (values.size() == 2 && values.get(0) instanceof Long number && values.get(1) instanceof String other) {
            int order = number == open.number ? other.compareTo(router) : Long.compare(number, open.number);
            return number == HOLDS_IT || (open.creates ? order < 0 : order > 0);
        }
        return false;
    }

    /**
     * Answers with a number and the id of this router if this router has subscribers or asks a question itself; otherwise answers without
     * values.
     */
    @InTurn
    private MetaAnswer answer(MetaArguments arguments) {
        long id = arguments.id(0);
        highest = Math.max(highest, arguments.id(1));
        boolean creates = arguments.text(2).equals(CREATES);
        OpenTransition open = openById.get(id);
        if (open == null) {
            Subscription subscription = table.get(id);
            boolean holds = subscription != null && subscription.subscribers.size() > 0;
            return holds ? MetaAnswer.of(HOLDS_IT, router) : MetaAnswer.of();
        }
        if (open.creates == creates) {
            return MetaAnswer.of(open.number, router);
        }
        if (creates) {
            openById.remove(id);
        }
        return MetaAnswer.of(HOLDS_IT, router);
    }
}
