package io.junctor.router.spi;

/**
 * Opens histories that are stored outside of the router's memory, for example in a database. Used by one thread while
 * realms open.
 */
@FunctionalInterface
public interface EventLogs {
    /** Opens the log of a topic or pattern of a realm, with the events that are already stored; {@code topic} contains the limits of the log. */
    EventLog open(String realm, HistoryTopic topic);
}
