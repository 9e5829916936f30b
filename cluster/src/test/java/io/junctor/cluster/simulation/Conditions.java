package io.junctor.cluster.simulation;

/** Parts of the protocol that a test may switch off, to see that the simulation notices. */
enum Conditions {
    /** Everything works as it should. */
    ALL,
    /** Routers take messages that arrive late or a second time. */
    NO_SEQUENCE_FILTER,
    /** Routers do not wait until others know their interests. */
    NO_INTEREST_ECHO,
    /** Routers hand out what only one router may, also when the others may have declared them dead. */
    NO_LEASE
}
