package io.junctor.cluster.realm;

import io.junctor.cluster.call.CallCounts;
import io.junctor.cluster.call.CallLane;
import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.event.EventLane;
import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.registry.SharedRegistry;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.RegistrationClaim;
import io.junctor.router.cluster.RouterAnswers;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A realm of this router, linked with the realms of the same name on other routers. The methods behave as {@link RealmLink} says. */
final class SharedRealm implements RealmLink {
    /** The objects that all realms of a router share. */
    record OfRouter(
            QuestionLane questions,
            TestamentStore testaments,
            ExclusiveRight right,
            SharedRegistry.OfRouter registry,
            RulesComparison rules,
            LongAdder droppedMessages,
            CallCounts calls,
            AtomicBoolean excluded) {}

    private static final Logger LOG = LoggerFactory.getLogger(SharedRealm.class);

    private final String name;
    private final Engine engine;
    private final long router;
    private final RealmPort port;
    private final EventLane events;
    private final CallLane calls;
    private final SharedRegistry registry;
    private final EngineLoss loss;
    private final RetainedStore retained;
    private final List<SharedHistory> histories = new CopyOnWriteArrayList<>();
    private final OfRouter shared;
    private final Consumer<SharedRealm> onClosed;

    SharedRealm(
            Engine engine,
            Timers timers,
            RealmConfig realm,
            RealmPort port,
            OfRouter shared,
            Consumer<SharedRealm> onClosed) {
        this.name = realm.name();
        this.port = port;
        this.shared = shared;
        this.onClosed = onClosed;
        this.engine = engine;
        this.router = engine.router().value();
        this.events = new EventLane(engine, timers, name, port, shared.droppedMessages());
        this.calls = new CallLane(engine, timers, name, port, shared.calls());
        this.registry = new SharedRegistry(engine, timers, name, port, shared.registry(), calls::reachable);
        this.loss = new EngineLoss(engine, timers, name, realm.sharing().engineLost(), port, shared.right());
        this.retained = new RetainedStore(engine, timers, name, port);
    }

    @Override
    public long subscriptionId(Uri topic, MatchPolicy match) {
        return TextHash.id(name, match.wire(), topic.text());
    }

    @Override
    public void addInterest(Uri topic, MatchPolicy match) {
        events.addInterest(topic, match);
    }

    @Override
    public void removeInterest(Uri topic, MatchPolicy match) {
        events.removeInterest(topic, match);
    }

    @Override
    public void whenInterestKnown(Runnable action) {
        events.whenInterestKnown(action);
    }

    @Override
    public void publish(SharedEvent event) {
        if (!shared.excluded().get()) {
            events.publish(event);
            retained.add(event);
        }
    }

    @Override
    public CompletionStage<Void> publishConfirmed(SharedEvent event) {
        if (shared.excluded().get()) {
            return CompletableFuture.failedFuture(
                    new EngineException("the other routers have declared this one dead", false));
        }
        CompletionStage<Void> stored = retained.addConfirmed(event);
        if (engine.peers().isEmpty()) {
            events.publish(event);
            return stored;
        }
        CompletionStage<Void> sent = events.publishConfirmed(event);
        return event.isRetained() ? sent.thenCombine(stored, (taken, kept) -> null) : sent;
    }

    @Override
    public boolean isWritable() {
        return events.isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        events.whenWritable(action);
    }

    @Override
    public EventLog history(HistoryTopic topic) {
        SharedHistory history = new SharedHistory(engine.journal(), name, topic);
        histories.add(history);
        return history;
    }

    @Override
    public CompletionStage<Void> keepTestaments(long session, List<SharedEvent> testaments) {
        return shared.testaments.keep(name, session, testaments);
    }

    @Override
    public long router() {
        return router;
    }

    @Override
    public void use(RealmConfig realm) {
        shared.rules().put(RealmRules.of(realm));
    }

    @Override
    public void register(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        registry.register(callee, replaces, claim);
    }

    @Override
    public void release(SharedCallee callee, Runnable released) {
        registry.release(callee, released);
    }

    @Override
    public void whenCalleesKnown(Uri procedure, Runnable action) {
        registry.whenCalleesKnown(procedure, action);
    }

    @Override
    public boolean isExclusive() {
        return loss.servesAlone() || shared.right.isHeld();
    }

    @Override
    public void whenExclusive(Runnable action, Runnable otherwise) {
        if (loss.servesAlone()) {
            action.run();
        } else {
            shared.right.whenHeld(action, otherwise);
        }
    }

    /** Also true if this router has no connection or was declared dead, because then its announcements do not reach the others. */
    @Override
    public boolean isTrusted() {
        return !engine.isConnected() || shared.excluded().get() || shared.right.isHeld();
    }

    @Override
    public void whenTrusted(Runnable action) {
        shared.testaments.whenTrusted(action);
    }

    @Override
    public boolean toCallee(long to, long session, FromRouter message, boolean mayGoElsewhere) {
        return calls.toCallee(to, session, message, mayGoElsewhere);
    }

    @Override
    public boolean fromCallee(long to, long session, FromClient message) {
        return calls.fromCallee(to, session, message);
    }

    @Override
    public void whenWritable(long to, Runnable action) {
        calls.whenWritable(to, action);
    }

    @Override
    public void giveBack(long to, long session, ErrorMessage error) {
        calls.giveBack(to, session, error);
    }

    @Override
    public void signal(long to, long session, LivenessSignal signal) {
        calls.signal(to, session, signal);
    }

    @Override
    public CompletionStage<RouterAnswers> ask(MetaQuestion question) {
        return shared.questions.ask(name, question);
    }

    @Override
    public void flush() {
        events.flush();
        retained.flush();
        calls.flush();
    }

    @Override
    public void end() {
        close();
        var unused = shared.questions().isElsewhereAbsent(name).thenAccept(isAbsent -> {
            if (isAbsent) {
                purge();
            }
        });
    }

    private void purge() {
        Stream<CompletionStage<Void>> removed =
                Stream.concat(Stream.of(retained.purge()), histories.stream().map(SharedHistory::purge));
        var unused = CompletableFuture.allOf(
                        removed.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("realm {}: what it kept stays stored: {}", name, failure.getMessage());
                    }
                });
    }

    @Override
    public void close() {
        events.close();
        calls.close();
        registry.close();
        retained.close();
        onClosed.accept(this);
    }

    /** Handles the restored connection to other routers. */
    void onConnected() {
        loss.onConnected();
        registry.onConnected();
        port.reconnected();
    }

    /** Handles the lost connection to other routers. */
    void onDisconnected() {
        loss.onDisconnected(registry::serveAlone);
        retained.onDisconnected();
    }

    /** Compares the stored registry with the callees of this router. */
    void audit() {
        registry.audit();
    }

    /** Admits the callees of a router that was gone and is back. */
    void readmit(long other) {
        registry.readmit(other);
    }

    /** Handles the end of a router: the invocations that wait for it are given back. */
    void onGone(long other) {
        calls.gone(other);
    }

    /** How many messages about calls wait to be sent to other routers. */
    long waitingCalls() {
        return calls.size();
    }

    /** How many changes of the registry this router did not know when the engine checked last. */
    long registryLag() {
        return registry.behind();
    }

    /** How many calls of this router are open at callees of other routers. */
    int openCalls() {
        return port.openCalls();
    }

    /** Whether this realm knows all callees of other routers and all retained events. */
    boolean isCaughtUp() {
        return registry.isCaughtUp() && retained.isCaughtUp();
    }
}
