package io.junctor.cluster.engine;

/** A record with its key. Immutable. */
public final class Entry {
    private final String key;
    private final long revision;
    private final byte[] value;

    /** A record as the engine read it. */
    public Entry(String key, long revision, byte[] value) {
        this.key = key;
        this.revision = revision;
        this.value = value;
    }

    /** Tokens that are separated by dots, as for subjects. */
    public String key() {
        return key;
    }

    /** The number of the change that wrote it; grows over the whole store. */
    public long revision() {
        return revision;
    }

    /** What was written; must not be changed. */
    public byte[] value() {
        return value;
    }
}
