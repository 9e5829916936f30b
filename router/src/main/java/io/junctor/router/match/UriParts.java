package io.junctor.router.match;

/** The parts of a URI or pattern with their hashes, computed once for all shapes that they are compared with. */
final class UriParts {
    private final String text;
    private final long[] hashes;
    private final int nonEmptyCount;

    UriParts(String text) {
        this.text = text;
        this.hashes = new long[count(text)];
        int from = 0;
        int parts = 0;
        for (int i = 0; i < hashes.length; i++) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            // Zero for an empty part. The hash depends on the index of the part, because the hashes of the parts are
            // added up.
            hashes[i] = to == from ? 0 : SaltedHash.of(SaltedHash.of(text, from, to) + i) | 1;
            parts += to == from ? 0 : 1;
            from = to + 1;
        }
        this.nonEmptyCount = parts;
    }

    /** The number of parts of {@code text}. */
    static int count(String text) {
        int count = 1;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            count++;
        }
        return count;
    }

    String text() {
        return text;
    }

    int count() {
        return hashes.length;
    }

    /** The indexes of the parts that are not empty. */
    int[] nonEmptyIndexes() {
        int[] indexes = new int[nonEmptyCount];
        int next = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                indexes[next++] = i;
            }
        }
        return indexes;
    }

    /** A hash of the parts at {@code indexes}. */
    long hash(int[] indexes) {
        long hash = 0;
        for (int index : indexes) {
            hash += hashes[index];
        }
        return hash;
    }
}
