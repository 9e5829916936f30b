package io.junctor.wamp;

import java.util.Random;

/** Changes a few bytes at random. Confined to one thread. */
final class Mutator {
    private static final String TELLING = "[]{}\",:\\u0019-.eE tfn";
    private static final int MAX_CHANGES = 3;

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = random.nextInt(MAX_CHANGES) + 1; i > 0 && result.length > 0; i--) {
            result = change(result, random.nextInt(result.length));
        }
        return result;
    }

    private byte[] change(byte[] bytes, int at) {
        return switch (random.nextInt(6)) {
            case 0 -> replace(bytes, at, (byte) random.nextInt());
            case 1 -> replace(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2 -> replace(bytes, at, (byte) TELLING.charAt(random.nextInt(TELLING.length())));
            case 3 -> splice(bytes, at, at + 1, new byte[0]);
            case 4 -> splice(bytes, at, at, new byte[] {(byte) random.nextInt()});
            default -> repeat(bytes, at);
        };
    }

    private byte[] repeat(byte[] bytes, int at) {
        int length = Math.min(random.nextInt(1, 9), bytes.length - at);
        byte[] slice = new byte[length];
        System.arraycopy(bytes, at, slice, 0, length);
        return splice(bytes, at, at, slice);
    }

    private static byte[] replace(byte[] bytes, int at, byte value) {
        return splice(bytes, at, at + 1, new byte[] {value});
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[bytes.length - (to - from) + middle.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
