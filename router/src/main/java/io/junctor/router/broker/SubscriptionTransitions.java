package io.junctor.router.broker;

import io.junctor.router.cluster.Answers;
import io.junctor.router.cluster.Question;
import io.junctor.router.cluster.RealmLink;
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
 * Finds out whether a session is the first subscriber of all routers, or was the last one: its router asks the others whether they have
 * subscribers. Questions have numbers, each above all that its router has heard. Of several routers that ask about a beginning at the same
 * time, the one with the lowest number tells it; of those that ask about an end, the one with the highest, as the others had subscribers
 * when it was asked. A router that hears of a new subscriber before it has told the end of the subscription tells nothing, nor does the
 * other. Confined to the realm's turn.
 */
final class SubscriptionTransitions {
    private static final String HOLDS = "junctor.subscription.holds";
    private static final Uri HOLDS_URI = new Uri(HOLDS);
    private static final String CREATES = "create";
    private static final String DELETES = "delete";
    /** The number in the answer of a router with subscribers. */
    private static final long HOLDS_IT = 0;

    /** A question that is not decided yet. */
    private static final class Open {
        final boolean creates;
        final long number;
        /** What has happened to the subscription since, if it is to be created. */
        final Queue<Runnable> behind = new ArrayDeque<>(0);

        Open(boolean creates, long number) {
            this.creates = creates;
            this.number = number;
        }
    }

    private final RealmLink link;
    private final SubscriptionTable table;
    private final Turnstile turnstile;
    private final ArgumentsCodec codec;
    private final String router;
    private final Long2ObjectHashMap<Open> openById = new Long2ObjectHashMap<>();
    /** The highest number of a question that was asked or heard. */
    private long highest = HOLDS_IT;

    SubscriptionTransitions(RealmLink link, SubscriptionTable table, Turnstile turnstile, ArgumentsCodec codec) {
        this.link = link;
        this.table = table;
        this.turnstile = turnstile;
        this.codec = codec;
        this.router = Long.toHexString(link.router());
    }

    /** What other routers ask, by its URI. */
    Map<String, MetaProcedure> byUri() {
        return Map.of(HOLDS, (asker, arguments) -> answer(arguments));
    }

    /**
     * A session has subscribed.
     *
     * @param isFirst whether it is the only subscriber of this router
     * @param create tells that the subscription was created; runs first, if it does
     * @param subscribe tells that the session has subscribed
     */
    @InTurn
    void onSubscribed(Session session, long id, boolean isFirst, Runnable create, Runnable subscribe) {
        Open open = openById.get(id);
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
            // If its end was not told yet, the subscription has never ended.
            openById.remove(id);
            subscribe.run();
        }
    }

    /**
     * A session is no longer subscribed.
     *
     * @param isLast whether this router has no subscriber left
     * @param unsubscribe tells it
     * @param delete tells that the subscription has ended; runs last, if it does
     */
    @InTurn
    void onUnsubscribed(Session session, long id, boolean isLast, Runnable unsubscribe, Runnable delete) {
        Open open = openById.get(id);
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

    /** Goes on when the other routers have answered. */
    private interface Decision {
        @InTurn
        void take(boolean isHeldElsewhere);
    }

    @InTurn
    private void ask(Session session, long id, boolean creates, Decision decision) {
        Open open = new Open(creates, ++highest);
        openById.put(id, open);
        Arguments arguments = Arguments.of(id, open.number, creates ? CREATES : DELETES);
        link.ask(new Question(HOLDS_URI, session.id(), session.identity(), codec.encode(arguments)))
                .thenAccept(answers -> Pass.run(() -> turnstile.run(() -> decide(id, open, answers, decision))));
    }

    @InTurn
    private void decide(long id, Open open, Answers answers, Decision decision) {
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

    /** Whether the router that answers has subscribers, or is the one that tells. */
    private boolean prevails(Payload answer, Open open) {
        List<?> values = codec.decode(answer).positional();
        if (values.size() == 2 && values.get(0) instanceof Long number && values.get(1) instanceof String other) {
            int order = number == open.number ? other.compareTo(router) : Long.compare(number, open.number);
            return number == HOLDS_IT || (open.creates ? order < 0 : order > 0);
        }
        return false;
    }

    /** Answers with a number and this router if it has subscribers or asks itself, else with nothing. */
    @InTurn
    private MetaAnswer answer(MetaArguments arguments) {
        long id = arguments.id(0);
        highest = Math.max(highest, arguments.id(1));
        boolean creates = arguments.text(2).equals(CREATES);
        Open open = openById.get(id);
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
