package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmLimits.Holdings;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.meta.InvalidArgumentException;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stores the testaments of sessions: publications that the router makes when the session ends (section "Testaments"). Confined to the
 * realm's turn.
 */
final class Testaments {

    /** Makes publications. */
    @FunctionalInterface
    interface PublicationFactory {
        /** Makes the publication of the payload to {@code topic} as if {@code session} published it. */
        @InTurn
        Publication make(
                Session session,
                Uri topic,
                Payload payload,
                PublishMessageOptions options,
                SenderDisclosure disclosure);
    }

    /**
     * The factories of the publications that are made for a session when it ends.
     *
     * @param testaments makes its testaments
     * @param leave makes the event {@code wamp.session.on_leave}, or returns null if the realm does not offer it
     */
    record PublicationFactories(PublicationFactory testaments, Function<Session, @Nullable Publication> leave) {}

    /** Makes publications for a session that has ended. */
    @FunctionalInterface
    interface Publisher {
        /** Publishes, and retains the event if {@code retain}. */
        @InTurn
        void publish(Publication publication, boolean retain);
    }

    /** The scope of a testament. All testaments are published at the end of the session, in the order of these scopes. */
    private enum Scope {
        DETACHED,
        DESTROYED
    }

    private record Testament(Scope scope, Uri topic, Payload payload, PublishMessageOptions options) {
        long heldBytes() {
            return Publication.OVERHEAD_BYTES
                    + payload.heldBytes()
                    + HeapEstimate.of(topic.text())
                    + HeapEstimate.of(options);
        }
    }

    private final PublicationFactories makers;
    private final Publisher publisher;
    private final ArgumentsCodec codec;
    private Holdings limits;
    private final RetentionBudget.Account account;
    /** Leads to other routers, which publish the testaments if this router fails; null if the realm is on this router only. */
    private final @Nullable RealmLink link;

    private final Long2ObjectHashMap<List<Testament>> bySession = new Long2ObjectHashMap<>();

    Testaments(
            PublicationFactories makers,
            Publisher publisher,
            ArgumentsCodec codec,
            Holdings limits,
            RetentionBudget.Account account,
            @Nullable RealmLink link) {
        this.makers = makers;
        this.link = link;
        this.account = account;
        this.publisher = publisher;
        this.codec = codec;
        this.limits = limits;
    }

    /** Uses other limits for testaments that are added from now on. */
    @InTurn
    void use(Holdings others) {
        limits = others;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of("wamp.session.add_testament", this::add, "wamp.session.flush_testaments", this::flush);
    }

    /** Asks other routers to announce, if this router fails, that the session has left. Called when a session has joined. */
    @InTurn
    void onJoined(Session session) {
        if (link != null) {
            link.keepTestaments(session.id(), shared(session, List.of()));
        }
    }

    /** Removes the testaments of a session that has ended; returns one publication for each, in order. */
    @InTurn
    List<Runnable> take(Session session) {
        List<Testament> testaments = bySession.remove(session.id());
        if (link != null) {
            link.keepTestaments(session.id(), List.of());
        }
        if (testaments == null) {
            return List.of();
        }
        account.add(-bytes(testaments));
        return inOrder(testaments).stream()
                .<Runnable>map(testament -> () -> publish(session, testament))
                .toList();
    }

    @InTurn
    private void publish(Session session, Testament testament) {
        Publication publication = publication(session, testament);
        if (publication != null) {
            publisher.publish(publication, testament.options.retain());
        }
    }

    /** The publication, or null if the session must not make it now. */
    @InTurn
    private @Nullable Publication publication(Session session, Testament testament) {
        return judge(session, testament) instanceof Verdict.Allowed allowed
                ? makers.testaments.make(
                        session, testament.topic, testament.payload, testament.options, allowed.disclosure())
                : null;
    }

    /** Answers when other routers have the testaments of a session, so that they can publish them if this router fails. */
    @InTurn
    private MetaAnswer kept(Session session, List<Testament> testaments) {
        if (link == null) {
            return MetaAnswer.of();
        }
        return new MetaAnswer.Later(link.keepTestaments(session.id(), shared(session, testaments))
                .handle((done, failure) -> () -> failure == null ? MetaAnswer.of() : notKept(failure)));
    }

    /** The events that another router publishes if this router fails: the testaments, and the event that the session has left. */
    @InTurn
    private List<SharedEvent> shared(Session session, List<Testament> testaments) {
        List<SharedEvent> shared = new ArrayList<>(testaments.size() + 1);
        for (Testament testament : inOrder(testaments)) {
            Publication publication = publication(session, testament);
            if (publication != null) {
                shared.add(publication.shared(testament.options.retain() ? 1 : 0));
            }
        }
        Publication left = makers.leave.apply(session);
        if (left != null) {
            shared.add(left.shared(0));
        }
        return shared;
    }

    private static MetaAnswer.Ready notKept(Throwable failure) {
        Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
        return new MetaAnswer.Refused(Refusal.of(WampError.NETWORK_FAILURE, String.valueOf(cause.getMessage())));
    }

    private static List<Testament> inOrder(List<Testament> testaments) {
        return testaments.stream()
                .sorted(Comparator.comparing(Testament::scope))
                .toList();
    }

    @InTurn
    private MetaAnswer add(Session caller, MetaArguments arguments) {
        Testament testament = new Testament(
                scope(arguments), arguments.uri(0), arguments.nestedPayload(1, codec), options(arguments));
        List<Testament> testaments = bySession.computeIfAbsent(caller.id(), id -> new ArrayList<>(1));
        Refusal refusal = judge(caller, testament).refusal();
        if (refusal == null && isFull(testaments, testament)) {
            refusal = tooMany();
        }
        if (refusal == null && !account.admits(testament.heldBytes())) {
            refusal = Publication.NOT_KEPT;
        }
        if (refusal != null) {
            return refusal.error() == WampError.NOT_AUTHORIZED
                    ? new MetaAnswer.Denied(new PermissionQuery(Action.PUBLISH, testament.topic, MatchPolicy.EXACT))
                    : new MetaAnswer.Refused(refusal);
        }
        testaments.add(testament);
        account.add(testament.heldBytes());
        return kept(caller, testaments);
    }

    @InTurn
    private MetaAnswer flush(Session caller, MetaArguments arguments) {
        Scope scope = scope(arguments);
        List<Testament> testaments = bySession.get(caller.id());
        if (testaments == null) {
            return MetaAnswer.of();
        }
        long before = bytes(testaments);
        testaments.removeIf(testament -> testament.scope == scope);
        account.add(bytes(testaments) - before);
        return kept(caller, testaments);
    }

    private static Verdict.Decision judge(Session session, Testament testament) {
        SessionPermissions rights = session.rights();
        Refusal tooLong = rights.uris().overLimit(testament.options.audience().longest());
        Refusal refusal = tooLong == null ? rights.refusal(testament.options) : tooLong;
        return refusal != null
                ? new Verdict.Refused(refusal)
                : rights.judge(new PermissionQuery(Action.PUBLISH, testament.topic, MatchPolicy.EXACT))
                        .disclosing(testament.options.discloseMe());
    }

    private Refusal tooMany() {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "with this testament, the session has more than " + limits.testaments() + " testaments or "
                        + limits.testamentBytes() + " bytes of them, the limits (testaments, testament_bytes)");
    }

    private boolean isFull(List<Testament> testaments, Testament more) {
        return testaments.size() >= limits.testaments()
                || bytes(testaments) + more.heldBytes() > limits.testamentBytes();
    }

    private static long bytes(List<Testament> testaments) {
        return testaments.stream().mapToLong(Testament::heldBytes).sum();
    }

    private static Scope scope(MetaArguments arguments) {
        String text = Objects.requireNonNullElse(arguments.optionalText("scope"), "destroyed");
        for (Scope scope : Scope.values()) {
            if (scope.name().toLowerCase(Locale.ROOT).equals(text)) {
                return scope;
            }
        }
        throw new InvalidArgumentException("the keyword argument scope must be destroyed or detached");
    }

    private static PublishMessageOptions options(MetaArguments arguments) {
        try {
            return PublishMessageOptions.of(arguments.dict("publish_options")).withoutExtra();
        } catch (ProtocolViolationException problem) {
            throw new InvalidArgumentException("the keyword argument publish_options must be options of PUBLISH");
        }
    }
}
