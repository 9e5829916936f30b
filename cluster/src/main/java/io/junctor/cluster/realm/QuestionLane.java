package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.Questions;
import io.junctor.cluster.protocol.UnreadableMessages;
import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.RouterAnswers;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all other routers about their part of a realm, and answers their questions. A router without the realm answers, too, so each router of
 * the cluster has to answer. Thread-safe.
 */
final class QuestionLane {
    private static final Logger LOG = LoggerFactory.getLogger(QuestionLane.class);
    private static final String SCOPE = "questions";
    private static final String TO_ALL = "all";
    /** How many questions may be under way at a time, which limits how many answers may arrive at a time. */
    private static final int MOST_UNDER_WAY = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int QUESTION = 1;
    private static final int ANSWER = 2;
    /** The kind of a question whether a router has a realm. */
    private static final int PRESENCE = 3;

    /** A question whose answers are collected. */
    private static final class Open {
        final CompletableFuture<RouterAnswers> answers = new CompletableFuture<>();
        /** Guarded by this, as is the next field. */
        private final Set<RouterId> missing;

        private final List<Payload> found = new ArrayList<>();
        final byte[] question;

        Open(Set<RouterId> routers, byte[] question) {
            this.question = question;
            this.missing = new HashSet<>(routers);
        }

        synchronized void add(RouterId from, @Nullable Payload answer) {
            if (missing.remove(from) && answer != null) {
                found.add(answer);
            }
        }

        /** Ends the question if all routers have answered, or if {@code late} says that the time for answers is over. */
        void end(boolean late) {
            RouterAnswers all = null;
            synchronized (this) {
                if (missing.isEmpty() || late) {
                    all = new RouterAnswers(found, missing.isEmpty());
                }
            }
            if (all != null) {
                answers.complete(all);
            }
        }
    }

    private final Engine engine;
    private final Timers timers;
    private final Lane lane;
    /** Confined to {@link #onMessages}, which one thread at a time calls. */
    private final UnreadableMessages unreadable;

    private final Map<String, RealmPort> portByRealm = new ConcurrentHashMap<>();
    private final Map<Long, Open> openById = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    /** Guarded by this, as is the next field. */
    private final Queue<Open> waiting = new ArrayDeque<>();

    private int underWay;

    QuestionLane(Engine engine, Timers timers) {
        this.engine = engine;
        this.timers = timers;
        this.lane = engine.lane(Traffic.CONTROL, SCOPE, this::onMessages);
        this.unreadable = new UnreadableMessages("questions", timers::nanos, lane::countUnreadable);
        lane.subscribe(TO_ALL);
        lane.subscribe(engine.router().toString());
    }

    /** Answers questions about a realm from now on. */
    void add(String realm, RealmPort port) {
        portByRealm.put(realm, port);
    }

    /** Answers no more questions about a realm, because it has ended. */
    void remove(String realm) {
        portByRealm.remove(realm);
    }

    /** The port of the realm of this name, or null if this router has no such realm. */
    @Nullable
    RealmPort port(String realm) {
        return portByRealm.get(realm);
    }

    CompletionStage<RouterAnswers> ask(String realm, MetaQuestion question) {
        long id = lastId.incrementAndGet();
        BodyWriter body = new BodyWriter().octet(QUESTION).id(id);
        try {
            Questions.write(body, realm, question);
        } catch (UnrepresentableException problem) {
            LOG.warn("realm {}: cannot ask other routers: {}", realm, problem.getMessage());
            return CompletableFuture.completedFuture(new RouterAnswers(List.of(), false));
        }
        return ask(id, body);
    }

    /**
     * Asks whether other routers have a realm of this name. Completes after 2 seconds at the latest, with true if certainly no other router has
     * one.
     */
    CompletionStage<Boolean> isElsewhereAbsent(String realm) {
        long id = lastId.incrementAndGet();
        return ask(id, new BodyWriter().octet(PRESENCE).id(id).text(realm))
                .thenApply(answers -> answers.isComplete() && answers.found().isEmpty());
    }

    private CompletionStage<RouterAnswers> ask(long id, BodyWriter body) {
        Open open = new Open(engine.peers(), body.toBytes());
        openById.put(id, open);
        Timers.Timer patience = timers.after(PATIENCE, () -> open.end(true));
        var unused = open.answers.whenComplete((answers, failure) -> {
            patience.cancel();
            openById.remove(id);
        });
        open.end(false);
        if (!open.answers.isDone()) {
            begin(open);
        }
        return open.answers;
    }

    /** Sends a question, or lets it wait until another one has ended. */
    private void begin(Open open) {
        boolean isDue;
        synchronized (this) {
            isDue = underWay < MOST_UNDER_WAY;
            if (isDue) {
                underWay++;
            } else {
                waiting.add(open);
            }
        }
        if (isDue) {
            send(open);
        }
    }

    private void send(Open open) {
        var unused = open.answers.whenComplete((answers, failure) -> {
            Open next = next();
            if (next != null) {
                send(next);
            }
        });
        lane.publish(TO_ALL, open.question, () -> open.end(true));
    }

    /** Called when a question has ended. Returns the next waiting question that has not ended meanwhile, which takes the place of the ended one. */
    private synchronized @Nullable Open next() {
        Open next = waiting.poll();
        while (next != null && next.answers.isDone()) {
            next = waiting.poll();
        }
        if (next == null) {
            underWay--;
        }
        return next;
    }

    /** How many questions wait to be sent. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void onMessages(List<Message> messages) {
        for (Message message : messages) {
            try {
                take(message);
            } catch (InvalidBodyException invalid) {
                unreadable.onDropped(message.from(), invalid);
            }
        }
    }

    private void take(Message message) {
        BodyReader body = new BodyReader(message.body());
        int kind = body.octet();
        long id = body.id();
        switch (kind) {
            case QUESTION -> answer(message.from(), id, Questions.read(body));
            case PRESENCE -> answerPresence(message.from(), id, body.text());
            case ANSWER -> onAnswer(message.from(), id, body.octet() == 0 ? null : Questions.readAnswer(body));
            default -> throw new InvalidBodyException("the unknown kind " + kind);
        }
    }

    private void answer(RouterId asking, long id, Questions.About about) {
        RealmPort port = portByRealm.get(about.realm());
        if (port == null) {
            reply(asking, id, null);
        } else {
            port.answer(about.question(), arguments -> reply(asking, id, arguments));
        }
    }

    /** Answers whether this router has a realm: a payload without arguments stands for yes. */
    private void answerPresence(RouterId asking, long id, String realm) {
        reply(asking, id, portByRealm.containsKey(realm) ? Payload.NONE : null);
    }

    private void reply(RouterId asking, long id, @Nullable Payload arguments) {
        BodyWriter body = new BodyWriter().octet(ANSWER).id(id).octet(arguments == null ? 0 : 1);
        try {
            if (arguments != null) {
                Questions.writeAnswer(body, arguments);
            }
            lane.publish(asking.toString(), body.toBytes());
        } catch (UnrepresentableException problem) {
            LOG.warn("router {} gets no answer: {}", asking, problem.getMessage());
        }
    }

    private void onAnswer(RouterId from, long id, @Nullable Payload answer) {
        Open open = openById.get(id);
        if (open != null) {
            open.add(from, answer);
            open.end(false);
        }
    }
}
