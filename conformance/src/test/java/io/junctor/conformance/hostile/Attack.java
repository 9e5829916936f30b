package io.junctor.conformance.hostile;

import java.io.IOException;
import java.util.Locale;

/** Immutable. What a hostile client may do. Each can run alone, by the name that {@link #text} gives. */
enum Attack {
    LONG_URIS(UriAttacks::longUris),
    WILDCARDS_OF_MANY_PARTS(UriAttacks::wildcardsOfManyParts),
    DEAD_END_WILDCARDS(UriAttacks::deadEndWildcards),
    URIS_OF_EQUAL_HASH(UriAttacks::urisOfEqualHash),
    LARGE_AUTHEXTRA(HandshakeAttacks::largeAuthextra),
    WRONG_TICKETS(HandshakeAttacks::wrongTickets),
    RECONNECT_STORM(HandshakeAttacks::reconnectStorm),
    HALF_OPEN_CONNECTIONS(HandshakeAttacks::halfOpenConnections),
    GARBAGE_AFTER_THE_HANDSHAKE(FrameAttacks::garbage),
    ONE_BYTE_FRAGMENTS(FrameAttacks::oneByteFragments),
    ONE_BYTE_FRAGMENTS_BEFORE_LOGIN(FrameAttacks::oneByteFragmentsBeforeLogin),
    HALF_SENT_MESSAGES(FrameAttacks::halfSentMessages),
    EXCLUDE_LISTS_OF_EQUAL_HASH(ListAttacks::excludeLists),
    KEYS_OF_EQUAL_HASH(ListAttacks::keys),
    LONG_AUTHID_LISTS_IN_HISTORY(ListAttacks::authidsInHistory),
    SLICES_RETAINED(SliceAttacks::retained),
    SLICES_IN_TESTAMENTS(SliceAttacks::testaments),
    SLICES_QUEUED(SliceAttacks::queued),
    SLICES_IN_CALLS(SliceAttacks::calls),
    LARGE_UNKNOWN_OPTIONS(SliceAttacks::unknownOptions),
    RETAINED_BY_WILDCARD(EventAttacks::retainedByWildcard),
    MAILBOX_FLOOD(EventAttacks::mailboxFlood),
    FIREHOSE_TO_SLOW_READERS(EventAttacks::firehose),
    NEVER_READING_SUBSCRIBERS(EventAttacks::neverReadingSubscribers),
    NEVER_ANSWERING_CALLEE(CallAttacks::neverAnsweringCallee),
    LEAVING_CALLEE(CallAttacks::leavingCallee),
    CALLS_TO_NOBODY(CallAttacks::callsToNobody);

    /** What an attack does: so much work as it draws, and less where it {@linkplain Attacker#isOver is over} before. */
    interface Course {
        void run(Attacker attacker) throws IOException, InterruptedException;
    }

    private final Course course;

    Attack(Course course) {
        this.course = course;
    }

    void run(Attacker attacker) throws IOException, InterruptedException {
        course.run(attacker);
    }

    /** The name in lower case with hyphens. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Attack of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
