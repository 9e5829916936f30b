package io.junctor.router.config;

/**
 * Limits of each session of a realm, of the realm's mailbox, and of what the realm keeps for its sessions.
 *
 * @param outboxBytes the most bytes that wait for a session
 * @param outboxMessages the most messages that wait for a session
 * @param slowSubscriber what happens to events for a session whose outbox is full
 * @param queues how much waits in the queues of the realm
 * @param holdings how much a session may hold
 * @param kept how much the realm keeps
 * @param names how long and how many the names in a message may be
 */
public record RealmLimits(
        int outboxBytes,
        int outboxMessages,
        SlowSubscriber slowSubscriber,
        Queues queues,
        Holdings holdings,
        Kept kept,
        Names names) {

    /** 8 MiB or 16,384 messages, dropping events; the default of the others. */
    public static final RealmLimits DEFAULT = new RealmLimits(
            8 << 20, 16_384, SlowSubscriber.DROP, Queues.DEFAULT, Holdings.DEFAULT, Kept.DEFAULT, Names.DEFAULT);

    /**
     * Bounds of the queues of a realm.
     *
     * @param mailbox the most operations that wait for the realm
     * @param mailboxPerSession the most of them from one session
     * @param mailboxBytes the most bytes that these operations hold, but for one message of each connection
     * @param mailboxBytesPerSession the most of them from one session, but for one message
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
     * The most that a session may hold.
     *
     * @param pendingCalls the most open calls
     * @param subscriptions the most subscriptions
     * @param registrations the most registrations
     * @param testaments the most testaments
     * @param testamentBytes the most bytes of memory that they take in all
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
     * The most retained events and history that a realm keeps, and sends in one answer.
     *
     * @param retainedEvents the most retained events
     * @param retainedEventsPerTopic the most of them of one topic
     * @param retainedBytes the most bytes of memory that all of them take
     * @param historyEvents the most events of a history in one answer
     * @param historyBytes the most bytes of arguments in one answer, but for one event, which always fits
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
     * @param wildcardShapes the most shapes of wildcard patterns, of subscriptions and of registrations each; patterns with as many parts
     *     and empty parts in the same places have one shape
     * @param wildcardShapesPerSession the most of them that exist as one session needed them first
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

    /** The most of them from one session. */
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

    /** These limits, as far as they fit into a heap: no one of them takes more than a small part of it. */
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

    /** These limits with others for the queues of the realm. */
    public RealmLimits withQueues(Queues others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, others, holdings, kept, names);
    }

    /** These limits with others for what a session may hold. */
    public RealmLimits withHoldings(Holdings others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, others, kept, names);
    }

    /** These limits with others for what the realm keeps. */
    public RealmLimits withKept(Kept others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, holdings, others, names);
    }

    /** These limits with others for the names in a message. */
    public RealmLimits withNames(Names others) {
        return new RealmLimits(outboxBytes, outboxMessages, slowSubscriber, queues, holdings, kept, others);
    }
}
