package io.junctor.cluster.engine;

/** A record of a store or an entry of a journal, with its key and revision. Immutable. */
public final class Entry {
    private final String key;
    private final long revision;
    private final byte[] value;

    /** Creates an entry that the engine has read. */
    public Entry(String key, long revision, byte[] value) {
        this.key = key;
        this.revision = revision;
        this.value = value;
    }

    /** The key: tokens that are separated by dots, as in a subject. */
    public String key() {
        return key;
    }

    /** The number of the change that wrote the entry. Each change of a store has a larger number than all earlier changes. */
    public long revision() {
        return revision;
    }

    /** The value; the caller must not change the array. */
    public byte[] value() {
        return value;
    }
}
