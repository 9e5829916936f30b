package io.junctor.router.config.yaml;

import io.junctor.router.config.RealmLimits;
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
    private static final Defaulted<Integer> PENDING_CALLS =
            new Defaulted<>("pending_calls", COUNT, DEFAULT.pendingCalls());
    private static final Defaulted<Integer> SUBSCRIPTIONS =
            new Defaulted<>("subscriptions", COUNT, DEFAULT.subscriptions());
    private static final Defaulted<Integer> REGISTRATIONS =
            new Defaulted<>("registrations", COUNT, DEFAULT.registrations());

    static final Shape<RealmLimits> SHAPE = Shape.of(
            "a map of a realm's limits",
            List.of(
                    OUTBOX_BYTES,
                    OUTBOX_MESSAGES,
                    SLOW_SUBSCRIBER,
                    MAILBOX,
                    MAILBOX_PER_SESSION,
                    PENDING_CALLS,
                    SUBSCRIPTIONS,
                    REGISTRATIONS),
            RealmLimitsShape::bind);

    private RealmLimitsShape() {}

    private static RealmLimits bind(Section section) {
        RealmLimits limits = new RealmLimits(
                section.get(OUTBOX_BYTES),
                section.get(OUTBOX_MESSAGES),
                section.get(SLOW_SUBSCRIBER),
                section.get(MAILBOX),
                section.get(MAILBOX_PER_SESSION),
                section.get(PENDING_CALLS),
                section.get(SUBSCRIPTIONS),
                section.get(REGISTRATIONS));
        if (limits.mailboxPerSession() > limits.mailbox()) {
            section.reject("'mailbox_per_session' must not be more than 'mailbox'");
        }
        return limits;
    }
}
