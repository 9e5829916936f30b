package io.junctor.wamp;

import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Creates random values that every serialization can express. Confined to one thread. */
final class RandomValues {
    private static final int MAX_DEPTH = 5;
    private static final long[] EDGES = {
        0, 1, 23, 24, 31, 32, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 1L << 31, 1L << 32, 1L << 53, 1L << 62
    };

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    Arguments arguments() {
        return switch (random.nextInt(4)) {
            case 0 -> Arguments.NONE;
            case 1 -> new Arguments(List.of(), map(1));
            case 2 -> new Arguments(list(1), Map.of());
            default -> new Arguments(list(1), map(1));
        };
    }

    /** Returns a dictionary, mostly empty, with keys that no option has. */
    Dict dict() {
        if (random.nextInt(3) > 0) {
            return Dict.EMPTY;
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("x_" + text(), random.nextBoolean() ? text() : (Object) integer());
        return new Dict(entries);
    }

    long id() {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(1, 300);
            case 1 -> Ids.MAX;
            default -> random.nextLong(Ids.MIN, Ids.MAX + 1);
        };
    }

    String text() {
        int length = switch (random.nextInt(400)) {
            case 0 -> random.nextInt(70_000);
            case 1, 2, 3, 4 -> random.nextInt(300);
            default -> random.nextInt(12);
        };
        // JSON cannot express a string that starts with U+0000.
        StringBuilder text = new StringBuilder("t");
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    private int codePoint() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0x800, Character.MIN_SURROGATE);
            case 3 -> random.nextInt(0x1_0000, Character.MAX_CODE_POINT + 1);
            case 4 -> '"';
            case 5 -> '\\';
            default -> random.nextInt('a', 'z' + 1);
        };
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < MAX_DEPTH ? 12 : 9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3 -> integer();
            case 4 -> BigInteger.TWO.pow(63).add(BigInteger.valueOf(random.nextLong(Long.MAX_VALUE)));
            case 5 -> Double.longBitsToDouble(finite(random.nextLong()));
            case 6 -> (double) random.nextInt(-1000, 1000) / (1 << random.nextInt(12));
            case 7 -> octets();
            case 8 -> text();
            case 9 -> map(depth + 1);
            default -> list(depth + 1);
        };
    }

    private long integer() {
        long edge = EDGES[random.nextInt(EDGES.length)] + random.nextInt(-1, 2);
        return switch (random.nextInt(3)) {
            case 0 -> edge;
            case 1 -> -edge;
            default -> random.nextLong();
        };
    }

    /** Exponents other than that of infinity. */
    private static long finite(long bits) {
        return (bits & Double.doubleToRawLongBits(Double.POSITIVE_INFINITY))
                        == Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)
                ? 1
                : bits;
    }

    private byte[] octets() {
        byte[] octets = new byte[random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(8)];
        random.nextBytes(octets);
        return octets;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(20) == 0 ? 20 : random.nextInt(4); i > 0; i--) {
            list.add(value(depth));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(20) == 0 ? 20 : random.nextInt(4); i > 0; i--) {
            map.put(random.nextInt(10) == 0 ? "\u0000" + i : text(), value(depth));
        }
        return map;
    }
}
