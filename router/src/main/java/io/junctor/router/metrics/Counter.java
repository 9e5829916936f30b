package io.junctor.router.metrics;

import java.util.Locale;

/**
 * The counters of a router, except the counters of each transport, see {@link TransportCounter}. Each kind of message or request that the
 * router drops or refuses has a counter.
 */
public enum Counter {
    HOSTS_REFUSED("HTTP requests refused as a loopback listener does not answer to their Host"),
    CERTIFICATES_REVOKED(
            "TLS handshakes refused as the client certificate is revoked, or as this could not be found out"),
    JOINS_RESTRICTED("joins refused as the listener does not admit the realm, the authentication method or the role"),
    JOINS_THROTTLED("joins refused as too many attempts of the address or authid failed"),
    JOINS_CROWDED("joins refused as too many attempts of the address, or in all, were under way"),
    CREDENTIALS_CHECKED("answers of clients held against a credential, those of unknown users against a made-up one"),
    KEYS_DERIVED("keys derived of passwords or tickets"),
    EVENTS_SENT("events appended to outboxes"),
    EVENTS_DROPPED("events not delivered as the subscriber is slow"),
    PUBLISHERS_SLOWED("times that a publisher had to wait as it was faster than most of its receivers"),
    EVENTS_UNREPRESENTABLE("events not delivered as the subscriber's serialization has no form for them"),
    EVENTS_TOO_LARGE("events not delivered as they are over the subscriber's message limit"),
    EVENTS_NOT_RETAINED("events not retained as the realm, or their topic, has as many as it may, or memory is low"),
    EVENTS_NOT_IN_HISTORY("events not added to a history as memory is low"),
    LOW_MEMORY_EPISODES("times that the heap was so full that the router began to refuse connections"),
    CALLS("calls accepted"),
    CALLS_FAILED("calls answered by ERROR from the router"),
    REQUESTS_NOT_AUTHORIZED("requests refused by the permissions of the role"),
    REQUESTS_WITH_INVALID_URI("requests refused as their URI breaks a rule or is over a limit"),
    REQUESTS_WITH_INVALID_ARGUMENT(
            "requests refused as an option or argument is not what it has to be, or over a limit"),
    AUTHORIZATIONS_FAILED("requests refused as an authorizer did not decide"),
    REQUESTS_INVALID("requests, results and errors refused for their arguments, or for an unknown value of an option"),
    ANSWERS_UNKNOWN("results and errors dropped as they answer an invocation that their session was never sent"),
    REQUESTS_OVER_LIMIT("requests refused by a limit of the session"),
    REQUEST_IDS_OUT_OF_ORDER("request ids that were not the last plus 1"),
    WEBHOOK_EVENTS("events that webhooks of the router have to deliver"),
    WEBHOOK_EVENTS_DELIVERED("events delivered by webhooks of the router"),
    WEBHOOK_EVENTS_DROPPED("events that webhooks of the router could not deliver"),
    WEBHOOK_DEAD_LETTERS("dead letters that webhooks of the router published"),
    WEBHOOK_DEAD_LETTERS_FAILED("dead letters that webhooks of the router could not publish"),
    WEBHOOK_ATTEMPTS_FAILED("requests of webhooks of the router that failed"),
    HTTP_CALLS("calls that the router passed to an HTTP service"),
    HTTP_CALLS_FAILED("calls that an HTTP service, or the way to it, answered by an error"),
    WEBHOOKS_REFUSED("requests to webhooks refused as their signature is missing, wrong or old"),
    WEBHOOKS_REPEATED("requests to webhooks answered without effect as their signature was used before"),
    REALMS_BEGUN("realms of templates that began"),
    REALMS_ENDED("realms of templates that ended because they had no sessions for long enough"),
    MAILBOX_PARKED("operations parked as a mailbox was full"),
    LOG_LINES_DROPPED("lines of the log dropped as they were not written fast enough"),
    LOG_LINES_LEFT_OUT("lines of the log and the audit log left out as one address caused too many in a minute"),
    AUDIT_LINES_DROPPED("lines of the audit log dropped as they were not written fast enough, or not at all"),
    AUDIT_WRITES_FAILED("times that a line of the audit log could not be written"),
    TASKS_POSTPONED("tasks that had to wait because the operating system gave the process no thread");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    /** The name in metrics, such as {@code events.dropped}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** A short description of the counter. */
    public String meaning() {
        return meaning;
    }
}
