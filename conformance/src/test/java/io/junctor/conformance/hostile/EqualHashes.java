package io.junctor.conformance.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values that differ and have the same {@code hashCode}, so that they share one bucket of a hash table. */
final class EqualHashes {
    private EqualHashes() {}

    /** Text number {@code number}: "Aa" and "BB" have the same hash, and so have all sequences of them of one length. */
    static String text(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append(((number >>> bit) & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    static List<Object> texts(int count) {
        List<Object> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** Session ids: the upper half of each, combined with the lower half by exclusive or, gives always the same. */
    static List<Object> ids(int count) {
        List<Object> ids = new ArrayList<>(count);
        for (long upper = 1; upper <= count; upper++) {
            ids.add((upper << Integer.SIZE) | (upper ^ 0x5A5A5A5AL));
        }
        return ids;
    }

    /** A dictionary with such keys. */
    static Map<String, Object> dictionary(int count) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(text(i), 0);
        }
        return entries;
    }
}
