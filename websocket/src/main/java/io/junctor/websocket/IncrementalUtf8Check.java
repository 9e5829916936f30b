package io.junctor.websocket;

/** Checks an incomplete UTF-8 text (RFC 3629), whose end has not arrived yet. */
final class IncrementalUtf8Check {
    private IncrementalUtf8Check() {}

    /**
     * Returns the end of the last complete character in {@code from..to}, or -1 if the bytes are not the beginning of a valid text. After
     * that end, at most three bytes of an incomplete character follow.
     */
    static int wholeEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int characterBytes = characterBytes(bytes[at]);
            int arrivedBytes = Math.min(characterBytes, to - at);
            if (characterBytes == 0 || !continues(bytes, at, arrivedBytes)) {
                return -1;
            }
            if (arrivedBytes < characterBytes) {
                return at;
            }
            at += characterBytes;
        }
        return at;
    }

    /** The number of bytes of a character that begins with this byte; 0 if no character does. */
    private static int characterBytes(byte first) {
        int lead = first & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static boolean continues(byte[] bytes, int at, int count) {
        if (count > 1 && !isSecond(bytes[at] & 0xFF, bytes[at + 1] & 0xFF)) {
            return false;
        }
        for (int i = at + 2; i < at + count; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether {@code second} may follow {@code first}. Excludes overlong forms, surrogates and code points above U+10FFFF, which can be
     * recognised by the second byte.
     */
    private static boolean isSecond(int first, int second) {
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }
}
