package io.junctor.wamp.codec;

/** Tells which argument a byte of a message belongs to. Called after a fault only: it reads the arguments again. */
final class ArgumentLocator {
    private static final int NAME_CHARACTERS = 64;

    private ArgumentLocator() {}

    /** Which of Arguments; {@code in} stands at their start. */
    static String positional(WireReader in, int position) {
        in.begin();
        for (int i = 0; in.next(); i++) {
            in.skip();
            if (position < in.position()) {
                return "argument " + i;
            }
        }
        return "Arguments";
    }

    /** Which of ArgumentsKw, by its name if that is simple; {@code in} stands at their start. */
    static String keyword(WireReader in, int position) {
        in.beginDict();
        int index = 0;
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            in.skip();
            if (position < in.position()) {
                return isSimple(key) ? "argument '" + key + "'" : "keyword argument " + index;
            }
            index++;
        }
        return "ArgumentsKw";
    }

    private static boolean isSimple(String key) {
        boolean fits = !key.isEmpty() && key.length() <= NAME_CHARACTERS;
        return fits && key.chars().allMatch(c -> c == '_' || c == '.' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }
}
