package io.junctor.router.match;

/** Immutable. The parts of one URI or pattern with their hashes, computed once for all shapes that it is held against. */
final class UriParts {
    private final String text;
    private final long[] hashes;
    private final int filled;

    UriParts(String text) {
        this.text = text;
        this.hashes = new long[count(text)];
        int from = 0;
        int parts = 0;
        for (int i = 0; i < hashes.length; i++) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            // Zero for an empty part; the place counts, as sums are compared.
            hashes[i] = to == from ? 0 : SaltedHash.of(SaltedHash.of(text, from, to) + i) | 1;
            parts += to == from ? 0 : 1;
            from = to + 1;
        }
        this.filled = parts;
    }

    /** How many parts {@code text} has. */
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

    /** The places of the parts that are not empty. */
    int[] filled() {
        int[] places = new int[filled];
        int next = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                places[next++] = i;
            }
        }
        return places;
    }

    /** A hash of the parts in {@code places}. */
    long hash(int[] places) {
        long hash = 0;
        for (int place : places) {
            hash += hashes[place];
        }
        return hash;
    }
}
