package io.junctor.router.config;

/**
 * Limits of each session of a realm, of the realm's mailbox, and of the retained events and histories that the realm keeps.
 *
 * @param outboxBytes the most bytes that wait for a session
 * @param outboxMessages the most messages that wait for a session
 * @param slowSubscriber how the router handles events for a session whose outbox is full
 * @param queues the limits of the queues of the realm
 * @param holdings how much a session may hold
 * @param kept the limits of the retained events and histories of the realm
 * @param names the limits of URIs and lists in a message
 */
public record RealmLimits(
        int outboxBytes,
        int outboxMessages,
        SlowSubscriber slowSubscriber,
        Queues queues,
        Holdings holdings,
        Kept kept,
        Names names) {

    /** An outbox of 8 MiB or 16,384 messages that drops events; the defaults of the other components. */
    public static final RealmLimits DEFAULT = new RealmLimits(
            8 << 20, 16_384, SlowSubscriber.DROP, Queues.DEFAULT, Holdings.DEFAULT, Kept.DEFAULT, Names.DEFAULT);

    /**
     * Bounds of the queues of a realm.
     *
     * @param mailbox the most operations that wait for the realm
     * @param mailboxPerSession the most operations of one session that wait
     * @param mailboxBytes the most bytes that these operations hold, not counting one message of each connection
     * @param mailboxBytesPerSession the most bytes that the operations of one session hold, not counting one message
     * @param waitingCalls the most calls that wait for the callees of a registration
     */
    public record Queues(
            int mailbox, int mailboxPerSession, int mailboxBytes, int mailboxBytesPerSession, int waitingCalls) {
        /** 65,536 operations with 64 MiB, of one session 256 with 4 MiB; 1,000 waiting calls. */
        public static final Queues DEFAULT = new Queues(65_536, 256, 64 << 20, 4 << 20, 1_000);

        Queues within(long heapBytes) {
            return new Queues(
                    mailbox,
                    mailboxPerSession,
                    least(mailboxBytes, heapBytes / 16),
                    least(mailboxBytesPerSession, heapBytes / 64),
                    waitingCalls);
        }
    }

    /**
     * The limits of the calls, subscriptions, registrations and testaments of one session.
     *
     * @param pendingCalls the most open calls
     * @param subscriptions the most subscriptions
     * @param registrations the most registrations
     * @param testaments the most testaments
     * @param testamentBytes the most bytes of memory that all its testaments use together
     */
    public record Holdings(int pendingCalls, int subscriptions, int registrations, int testaments, int testamentBytes) {
        /** 10,000 of each; 100 testaments with 1 MiB. */
        public static final Holdings DEFAULT = new Holdings(10_000, 10_000, 10_000, 100, 1 << 20);

        Holdings within(long heapBytes) {
            int bytes = least(testamentBytes, heapBytes / 64);
            return new Holdings(pendingCalls, subscriptions, registrations, testaments, bytes);
        }

        /** The same limit for calls, subscriptions and registrations. */
        public static Holdings ofEach(int most) {
            return new Holdings(most, most, most, DEFAULT.testaments, DEFAULT.testamentBytes);
        }
    }

    /**
     * The limits of the retained events of a realm, and of the events of a history in one answer.
     *
     * @param retainedEvents the most retained events
     * @param retainedEventsPerTopic the most retained events of one topic
     * @param retainedBytes the most bytes of memory that all retained events use
     * @param historyEvents the most events of a history in one answer
     * @param historyBytes the most bytes of arguments in one answer; one event always fits
     */
    public record Kept(
            int retainedEvents, int retainedEventsPerTopic, int retainedBytes, int historyEvents, int historyBytes) {
        /** 10,000 retained events, 100 of a topic, 64 MiB; 1,000 events with 1 MiB in an answer. */
        public static final Kept DEFAULT = new Kept(10_000, 100, 64 << 20, 1_000, 1 << 20);

        Kept within(long heapBytes) {
            return new Kept(
                    retainedEvents,
                    retainedEventsPerTopic,
                    least(retainedBytes, heapBytes / 16),
                    historyEvents,
                    least(historyBytes, heapBytes / 64));
        }
    }

    /**
     * The longest URIs and lists of names in a message.
     *
     * @param uriCharacters the most characters of a URI or pattern
     * @param uriParts the most parts of a URI or pattern
     * @param listEntries the most entries of a list of sessions, authids or roles
     * @param wildcardShapes the most shapes of wildcard patterns, for subscriptions and for registrations each; patterns with the same
     *     number of parts and the same positions of empty parts have the same shape
     * @param wildcardShapesPerSession the most shapes that exist because one session was the first to use them
     */
    public record Names(
            int uriCharacters, int uriParts, int listEntries, int wildcardShapes, int wildcardShapesPerSession) {
        /** 1,000 characters in 64 parts; 1,000 entries; 512 shapes, 32 of a session. */
        public static final Names DEFAULT = new Names(1_000, 64, 1_000, 512, 32);
    }

    /** The most operations that wait for the realm. */
    public int mailbox() {
        return queues.mailbox;
    }

    /** The most operations of one session that wait for the realm. */
    public int mailboxPerSession() {
        return queues.mailboxPerSession;
    }

    /** The most calls that wait for the callees of a registration. */
    public int waitingCalls() {
        return queues.waitingCalls;
    }

    /** The most open calls of a session. */
    public int pendingCalls() {
        return holdings.pendingCalls;
    }

    /** The most subscriptions of a session. */
    public int subscriptions() {
        return holdings.subscriptions;
    }

    /** The most registrations of a session. */
    public int registrations() {
        return holdings.registrations;
    }

    /** These limits, reduced so that none of them allows more than a small part of a heap of {@code heapBytes}. */
    public RealmLimits within(long heapBytes) {
        return new RealmLimits(
                least(outboxBytes, heapBytes / 16),
                outboxMessages,
                slowSubscriber,
                queues.within(heapBytes),
                holdings.within(heapBytes),
                kept.within(heapBytes),
                names);
    }

    private static int least(int bytes, long share) {
        return (int) Math.min(bytes, Math.max(share, 1 << 10));
    }

    /** These limits with another outbox. */
    public RealmLimits withOutbox(int bytes, int messages, SlowSubscriber policy) {
        return new RealmLimits(bytes, messages, policy, queues, holdings, kept, names);
    }

    /** These limits with another number of calls that wait. */
    public RealmLimits withWaitingCalls(int most) {
        return withQueues(new Queues(
                queues.mailbox, queues.mailboxPerSession, queues.mailboxBytes, queues.mailboxBytesPerSession, most));
    }

    /** These limits with other limits of the queues of the realm. */
    public RealmLimits withQueues(Queues others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, others, holdings, kept, names);
    }

    /** These limits with other limits of the holdings of a session. */
    public RealmLimits withHoldings(Holdings others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, others, kept, names);
    }

    /** These limits with other limits of the events that the realm keeps. */
    public RealmLimits withKept(Kept others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, holdings, others, names);
    }

    /** These limits with other limits of URIs and lists in a message. */
    public RealmLimits withNames(Names others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, holdings, kept, others);
    }
}
