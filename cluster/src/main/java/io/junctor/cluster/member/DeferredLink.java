package io.junctor.cluster.member;

import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.cluster.Cluster;
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
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The link of a realm that exists before the router has joined the cluster. Calls that can wait are passed on when the router joins; they are
 * few, because no client can join the realm before. The methods behave as {@link RealmLink} says.
 */
final class DeferredLink implements RealmLink {
    /** Replaced in the realm's turn. */
    private volatile RealmConfig realm;

    private final RealmPort port;
    private final long router;
    private final Consumer<DeferredLink> onClosed;
    /** Guarded by this. */
    private final List<Consumer<RealmLink>> waiting = new ArrayList<>();
    /** Set once, guarded by this for writing. */
    private volatile @Nullable RealmLink opened;

    /** Guarded by this. */
    private boolean closed;

    DeferredLink(RealmConfig realm, RealmPort port, long router, Consumer<DeferredLink> onClosed) {
        this.realm = realm;
        this.port = port;
        this.router = router;
        this.onClosed = onClosed;
    }

    RealmPort port() {
        return port;
    }

    /** Opens the link to {@code cluster}: passes on the calls that waited; all later calls go to the cluster. */
    synchronized void open(Cluster cluster) {
        RealmLink link = closed || opened != null ? null : cluster.link(realm, port);
        if (link != null) {
            waiting.forEach(told -> told.accept(link));
            waiting.clear();
            opened = link;
        }
    }

    private void tell(Consumer<RealmLink> told) {
        RealmLink link = opened;
        if (link == null) {
            link = openedOr(told);
        }
        if (link != null) {
            told.accept(link);
        }
    }

    private synchronized @Nullable RealmLink openedOr(Consumer<RealmLink> told) {
        if (opened == null && !closed) {
            waiting.add(told);
        }
        return opened;
    }

    @Override
    public long subscriptionId(Uri topic, MatchPolicy match) {
        return TextHash.id(realm.name(), match.wire(), topic.text());
    }

    @Override
    public void addInterest(Uri topic, MatchPolicy match) {
        tell(link -> link.addInterest(topic, match));
    }

    @Override
    public void removeInterest(Uri topic, MatchPolicy match) {
        tell(link -> link.removeInterest(topic, match));
    }

    @Override
    public void whenInterestKnown(Runnable action) {
        tell(link -> link.whenInterestKnown(action));
    }

    /** Before the link is open, the event goes to no other router. */
    @Override
    public void publish(SharedEvent event) {
        RealmLink link = opened;
        if (link != null) {
            link.publish(event);
        }
    }

    /** Before the link is open, no client can publish. */
    @Override
    public CompletionStage<Void> publishConfirmed(SharedEvent event) {
        RealmLink link = opened;
        return link == null ? CompletableFuture.completedFuture(null) : link.publishConfirmed(event);
    }

    @Override
    public boolean isWritable() {
        RealmLink link = opened;
        return link == null || link.isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        tell(link -> link.whenWritable(action));
    }

    @Override
    public EventLog history(HistoryTopic topic) {
        DeferredEventLog history = new DeferredEventLog();
        tell(link -> history.open(link.history(topic)));
        return history;
    }

    /** Before the link is open, no client can add a testament. */
    @Override
    public CompletionStage<Void> keepTestaments(long session, List<SharedEvent> testaments) {
        RealmLink link = opened;
        return link == null ? CompletableFuture.completedFuture(null) : link.keepTestaments(session, testaments);
    }

    @Override
    public long router() {
        return router;
    }

    @Override
    public void use(RealmConfig other) {
        realm = other;
        tell(link -> link.use(other));
    }

    @Override
    public void register(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        tell(link -> link.register(callee, replaces, claim));
    }

    @Override
    public void release(SharedCallee callee, Runnable released) {
        tell(link -> link.release(callee, released));
    }

    @Override
    public void whenCalleesKnown(Uri procedure, Runnable action) {
        tell(link -> link.whenCalleesKnown(procedure, action));
    }

    /** Before the link is open, no client can call or register. */
    @Override
    public boolean isExclusive() {
        RealmLink link = opened;
        return link != null && link.isExclusive();
    }

    @Override
    public void whenExclusive(Runnable action, Runnable otherwise) {
        tell(link -> link.whenExclusive(action, otherwise));
    }

    /** Before the link is open, no other router knows this one, so none can have declared it dead. */
    @Override
    public boolean isTrusted() {
        RealmLink link = opened;
        return link == null || link.isTrusted();
    }

    @Override
    public void whenTrusted(Runnable action) {
        tell(link -> link.whenTrusted(action));
    }

    /** Before the link is open, this router knows no callees of other routers. */
    @Override
    public boolean toCallee(long to, long session, FromRouter message, boolean mayGoElsewhere) {
        RealmLink link = opened;
        return link == null || link.toCallee(to, session, message, mayGoElsewhere);
    }

    /** Before the link is open, this router has received no calls from other routers. */
    @Override
    public boolean fromCallee(long to, long session, FromClient message) {
        RealmLink link = opened;
        return link == null || link.fromCallee(to, session, message);
    }

    @Override
    public void whenWritable(long to, Runnable action) {
        tell(link -> link.whenWritable(to, action));
    }

    @Override
    public void giveBack(long to, long session, ErrorMessage error) {
        tell(link -> link.giveBack(to, session, error));
    }

    @Override
    public void signal(long to, long session, LivenessSignal signal) {
        tell(link -> link.signal(to, session, signal));
    }

    /** Before the link is open, no other router can be asked. */
    @Override
    public CompletionStage<RouterAnswers> ask(MetaQuestion question) {
        RealmLink link = opened;
        return link == null
                ? CompletableFuture.completedFuture(new RouterAnswers(List.of(), false))
                : link.ask(question);
    }

    @Override
    public void flush() {
        RealmLink link = opened;
        if (link != null) {
            link.flush();
        }
    }

    @Override
    public void end() {
        close(RealmLink::end);
    }

    @Override
    public void close() {
        close(RealmLink::close);
    }

    private void close(Consumer<RealmLink> how) {
        RealmLink link;
        synchronized (this) {
            closed = true;
            waiting.clear();
            link = opened;
        }
        if (link != null) {
            how.accept(link);
        }
        onClosed.accept(this);
    }
}
