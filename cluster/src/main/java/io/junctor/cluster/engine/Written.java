package io.junctor.cluster.engine;

/** The outcome of a change to a record. */
public sealed interface Written permits Written.Accepted, Written.Conflict, Written.Unknown {
    /**
     * The change was made and is stored.
     *
     * @param revision the number of the change, larger than those of all earlier changes to the store
     */
    record Accepted(long revision) implements Written {}

    /** The change was refused: the record has another revision, or exists, or is being changed at this moment. */
    record Conflict() implements Written {}

    /**
     * It is unknown whether the change was made. A reader of the record can find out as soon as the store answers again.
     *
     * @param reason the reason, as text for people
     */
    record Unknown(String reason) implements Written {}
}
