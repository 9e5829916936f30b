package io.junctor.router.spi;

/** Used by one thread while realms are opened. Keeps histories elsewhere than in memory, say in a database. */
@FunctionalInterface
public interface EventLogs {
    /** The log of a topic or pattern of a realm, with what it holds from before; {@code topic} says how much it has to keep. */
    EventLog open(String realm, HistoryTopic topic);
}
