package io.junctor.wamp.auth;

import java.text.Normalizer;

/**
 * Normalises user names and passwords by the SASLprep profile (RFC 4013), with the Unicode version of the JDK.
 * Thread-safe.
 */
public final class SaslPrep {
    private SaslPrep() {}

    /**
     * Returns the normalised text.
     *
     * @throws IllegalArgumentException if the text has characters that are not allowed; the exception's message does
     *     not contain them
     */
    public static String normalise(String text) {
        StringBuilder mapped = new StringBuilder();
        text.codePoints().filter(c -> !isMappedToNothing(c)).forEach(c -> mapped.appendCodePoint(isSpace(c) ? ' ' : c));
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        if (normal.codePoints().anyMatch(SaslPrep::isProhibited)) {
            throw new IllegalArgumentException("a character is not allowed in names and passwords (RFC 4013)");
        }
        refuseMixedDirections(normal);
        return normal;
    }

    /** Whether a character is removed (RFC 3454, table B.1). */
    private static boolean isMappedToNothing(int c) {
        return switch (c) {
            case 0x00AD, 0x034F, 0x1806, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF -> true;
            default -> isBetween(c, 0x180B, 0x180D) || isBetween(c, 0xFE00, 0xFE0F);
        };
    }

    /** Whether a character is replaced by a space (RFC 3454, table C.1.2). */
    private static boolean isSpace(int c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** Whether a character is not allowed (RFC 3454, tables C.1.2 to C.9). */
    private static boolean isProhibited(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> isProhibitedByNumber(c);
        };
    }

    private static boolean isProhibitedByNumber(int c) {
        boolean noCharacter = (c & 0xFFFE) == 0xFFFE || isBetween(c, 0xFDD0, 0xFDEF);
        boolean formats = isBetween(c, 0x200E, 0x200F)
                || isBetween(c, 0x202A, 0x202E)
                || isBetween(c, 0x2060, 0x206F)
                || isBetween(c, 0xFFF9, 0xFFFD)
                || isBetween(c, 0x1D173, 0x1D17A);
        boolean others = isBetween(c, 0x0340, 0x0341)
                || c == 0x06DD
                || c == 0x070F
                || c == 0x180E
                || isBetween(c, 0x2FF0, 0x2FFB)
                || isBetween(c, 0xE0000, 0xE007F);
        return noCharacter || formats || others;
    }

    /**
     * Refuses a text with right-to-left letters that contains left-to-right letters, or that does not start and end with a right-to-left
     * letter (RFC 3454, section 6).
     */
    private static void refuseMixedDirections(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
            return;
        }
        boolean framed = isRightToLeft(text.codePointAt(0)) && isRightToLeft(text.codePointBefore(text.length()));
        boolean mixed = text.codePoints()
                .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
        if (!framed || mixed) {
            throw new IllegalArgumentException("left-to-right and right-to-left letters are mixed (RFC 4013)");
        }
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isBetween(int c, int least, int most) {
        return c >= least && c <= most;
    }
}
