package io.junctor.router.config.yaml;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmLimits.Holdings;
import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.config.RealmLimits.Queues;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.config.yaml.Key.Defaulted;
import java.util.List;

/** Limits of each session of a realm, and of the realm's mailbox. */
final class RealmLimitsShape {
    private static final RealmLimits DEFAULT = RealmLimits.DEFAULT;
    private static final WholeNumber COUNT = new WholeNumber(1, 1_000_000);

    private static final Defaulted<Integer> OUTBOX_BYTES =
            new Defaulted<>("outbox_bytes", new Size(1 << 10, 1 << 30), DEFAULT.outboxBytes());
    private static final Defaulted<Integer> OUTBOX_MESSAGES =
            new Defaulted<>("outbox_messages", COUNT, DEFAULT.outboxMessages());
    private static final Defaulted<SlowSubscriber> SLOW_SUBSCRIBER =
            new Defaulted<>("slow_subscriber", Word.of(SlowSubscriber.class), DEFAULT.slowSubscriber());
    private static final Defaulted<Integer> MAILBOX = new Defaulted<>("mailbox", COUNT, DEFAULT.mailbox());
    private static final Defaulted<Integer> MAILBOX_PER_SESSION =
            new Defaulted<>("mailbox_per_session", COUNT, DEFAULT.mailboxPerSession());
    private static final Defaulted<Integer> MAILBOX_BYTES = new Defaulted<>(
            "mailbox_bytes", new Size(1 << 10, 1 << 30), DEFAULT.queues().mailboxBytes());
    private static final Defaulted<Integer> MAILBOX_BYTES_PER_SESSION = new Defaulted<>(
            "mailbox_bytes_per_session",
            new Size(1 << 10, 1 << 30),
            DEFAULT.queues().mailboxBytesPerSession());
    private static final Defaulted<Integer> WAITING_CALLS =
            new Defaulted<>("waiting_calls", COUNT, DEFAULT.waitingCalls());
    private static final Defaulted<Integer> PENDING_CALLS =
            new Defaulted<>("pending_calls", COUNT, DEFAULT.pendingCalls());
    private static final Defaulted<Integer> SUBSCRIPTIONS =
            new Defaulted<>("subscriptions", COUNT, DEFAULT.subscriptions());
    private static final Defaulted<Integer> REGISTRATIONS =
            new Defaulted<>("registrations", COUNT, DEFAULT.registrations());
    private static final Defaulted<Integer> TESTAMENTS =
            new Defaulted<>("testaments", COUNT, DEFAULT.holdings().testaments());
    private static final Defaulted<Integer> TESTAMENT_BYTES = new Defaulted<>(
            "testament_bytes", new Size(1 << 10, 1 << 30), DEFAULT.holdings().testamentBytes());
    private static final Defaulted<Integer> RETAINED_EVENTS =
            new Defaulted<>("retained_events", COUNT, DEFAULT.kept().retainedEvents());
    private static final Defaulted<Integer> RETAINED_EVENTS_PER_TOPIC =
            new Defaulted<>("retained_events_per_topic", COUNT, DEFAULT.kept().retainedEventsPerTopic());
    private static final Defaulted<Integer> RETAINED_BYTES = new Defaulted<>(
            "retained_bytes", new Size(1 << 10, 1 << 30), DEFAULT.kept().retainedBytes());
    private static final Defaulted<Integer> HISTORY_EVENTS = new Defaulted<>(
            "history_events", new WholeNumber(1, 100_000), DEFAULT.kept().historyEvents());
    private static final Defaulted<Integer> HISTORY_BYTES = new Defaulted<>(
            "history_bytes", new Size(1 << 10, 16 << 20), DEFAULT.kept().historyBytes());
    private static final Defaulted<Integer> URI_CHARACTERS = new Defaulted<>(
            "uri_characters", new WholeNumber(1, 100_000), DEFAULT.names().uriCharacters());
    private static final Defaulted<Integer> URI_PARTS = new Defaulted<>(
            "uri_parts", new WholeNumber(1, 1_000), DEFAULT.names().uriParts());
    private static final Defaulted<Integer> LIST_ENTRIES = new Defaulted<>(
            "list_entries", new WholeNumber(1, 10_000), DEFAULT.names().listEntries());
    private static final Defaulted<Integer> WILDCARD_SHAPES = new Defaulted<>(
            "wildcard_shapes", new WholeNumber(1, 10_000), DEFAULT.names().wildcardShapes());
    private static final Defaulted<Integer> WILDCARD_SHAPES_PER_SESSION = new Defaulted<>(
            "wildcard_shapes_per_session",
            new WholeNumber(1, 10_000),
            DEFAULT.names().wildcardShapesPerSession());

    static final Shape<RealmLimits> SHAPE = Shape.of(
            "a map of a realm's limits",
            List.of(
                    OUTBOX_BYTES,
                    OUTBOX_MESSAGES,
                    SLOW_SUBSCRIBER,
                    MAILBOX,
                    MAILBOX_PER_SESSION,
                    MAILBOX_BYTES,
                    MAILBOX_BYTES_PER_SESSION,
                    WAITING_CALLS,
                    PENDING_CALLS,
                    SUBSCRIPTIONS,
                    REGISTRATIONS,
                    TESTAMENTS,
                    TESTAMENT_BYTES,
                    RETAINED_EVENTS,
                    RETAINED_EVENTS_PER_TOPIC,
                    RETAINED_BYTES,
                    HISTORY_EVENTS,
                    HISTORY_BYTES,
                    URI_CHARACTERS,
                    URI_PARTS,
                    LIST_ENTRIES,
                    WILDCARD_SHAPES,
                    WILDCARD_SHAPES_PER_SESSION),
            RealmLimitsShape::bind);

    private RealmLimitsShape() {}

    private static RealmLimits bind(Section section) {
        RealmLimits limits = new RealmLimits(
                section.get(OUTBOX_BYTES),
                section.get(OUTBOX_MESSAGES),
                section.get(SLOW_SUBSCRIBER),
                queues(section),
                holdings(section),
                kept(section),
                names(section));
        if (limits.mailboxPerSession() > limits.mailbox()) {
            section.reject("'mailbox_per_session' must not be more than 'mailbox'");
        }
        if (limits.queues().mailboxBytesPerSession() > limits.queues().mailboxBytes()) {
            section.reject("'mailbox_bytes_per_session' must not be more than 'mailbox_bytes'");
        }
        return limits;
    }

    private static Queues queues(Section section) {
        return new Queues(
                section.get(MAILBOX),
                section.get(MAILBOX_PER_SESSION),
                section.get(MAILBOX_BYTES),
                section.get(MAILBOX_BYTES_PER_SESSION),
                section.get(WAITING_CALLS));
    }

    private static Names names(Section section) {
        return new Names(
                section.get(URI_CHARACTERS),
                section.get(URI_PARTS),
                section.get(LIST_ENTRIES),
                section.get(WILDCARD_SHAPES),
                section.get(WILDCARD_SHAPES_PER_SESSION));
    }

    private static Holdings holdings(Section section) {
        return new Holdings(
                section.get(PENDING_CALLS),
                section.get(SUBSCRIPTIONS),
                section.get(REGISTRATIONS),
                section.get(TESTAMENTS),
                section.get(TESTAMENT_BYTES));
    }

    private static Kept kept(Section section) {
        return new Kept(
                section.get(RETAINED_EVENTS),
                section.get(RETAINED_EVENTS_PER_TOPIC),
                section.get(RETAINED_BYTES),
                section.get(HISTORY_EVENTS),
                section.get(HISTORY_BYTES));
    }
}
