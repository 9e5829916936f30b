package io.junctor.router.broker;

import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmLink;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A link whose test sees what other routers would see, and decides when they know the interest. For one thread. */
final class RecordedLink implements RealmLink {
    private final List<String> interest = new ArrayList<>();
    private final Deque<Runnable> echoes = new ArrayDeque<>();
    private final Deque<SharedEvent> waiting = new ArrayDeque<>();
    private final Deque<SharedEvent> sent = new ArrayDeque<>();

    /** The topics and patterns that this router wants. */
    List<String> interest() {
        return interest;
    }

    /** Answers all that wait for the other routers to know the interest. */
    void answerEcho() {
        while (!echoes.isEmpty()) {
            echoes.remove().run();
        }
    }

    /** The event with this topic that was sent. */
    SharedEvent published(Uri topic) {
        return sent.stream()
                .filter(event -> event.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public long subscriptionId(Uri topic, MatchPolicy match) {
        return 1 + topic.text().hashCode() % 1_000L + 1_000_000L * (1 + match.ordinal());
    }

    @Override
    public void addInterest(Uri topic, MatchPolicy match) {
        interest.add(topic.text() + " " + match.wire());
    }

    @Override
    public void removeInterest(Uri topic, MatchPolicy match) {
        interest.remove(topic.text() + " " + match.wire());
    }

    @Override
    public void whenInterestKnown(Runnable action) {
        echoes.add(action);
    }

    @Override
    public void publish(SharedEvent event) {
        waiting.add(event);
    }

    @Override
    public CompletionStage<Void> publishConfirmed(SharedEvent event) {
        publish(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void whenWritable(Runnable action) {
        throw new AssertionError("it always takes more");
    }

    @Override
    public EventLog history(HistoryTopic topic) {
        throw new AssertionError("the realm keeps no history");
    }

    @Override
    public CompletionStage<Void> keepTestaments(long session, List<SharedEvent> testaments) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long router() {
        return 1;
    }

    @Override
    public void register(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        throw new AssertionError("a broker registers nothing");
    }

    @Override
    public void release(SharedCallee callee, Runnable released) {
        throw new AssertionError("a broker registers nothing");
    }

    @Override
    public void whenCalleesKnown(Uri procedure, Runnable action) {
        throw new AssertionError("a broker calls nothing");
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public void whenExclusive(Runnable action, Runnable otherwise) {
        action.run();
    }

    @Override
    public boolean isTrusted() {
        return true;
    }

    @Override
    public void whenTrusted(Runnable action) {
        action.run();
    }

    @Override
    public boolean toCallee(long router, long session, FromRouter message, boolean mayGoElsewhere) {
        throw new AssertionError("a broker calls nothing");
    }

    @Override
    public boolean fromCallee(long router, long session, FromClient message) {
        throw new AssertionError("a broker calls nothing");
    }

    @Override
    public void whenWritable(long router, Runnable action) {
        throw new AssertionError("a broker calls nothing");
    }

    @Override
    public void use(RealmConfig realm) {}

    @Override
    public void giveBack(long router, long session, ErrorMessage error) {}

    @Override
    public void signal(long router, long session, LivenessSignal signal) {
        throw new AssertionError("a broker probes nothing");
    }

    @Override
    public CompletionStage<RouterAnswers> ask(MetaQuestion question) {
        return CompletableFuture.completedFuture(new RouterAnswers(List.of(), true));
    }

    @Override
    public void flush() {
        sent.addAll(waiting);
        waiting.clear();
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
}
