package io.junctor.cluster.engine;

/** What became of a change to a record. Immutable. */
public sealed interface Written permits Written.Accepted, Written.Conflict, Written.Unknown {
    /**
     * The change was made and is stored.
     *
     * @param revision its number, above those of all changes to the store before
     */
    record Accepted(long revision) implements Written {}

    /** The change was refused: the record has another revision, or exists, or is being changed at this moment. */
    record Conflict() implements Written {}

    /**
     * The change was made or not. Reading the record tells which, as soon as the store answers again.
     *
     * @param reason for people
     */
    record Unknown(String reason) implements Written {}
}
