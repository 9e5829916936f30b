package io.junctor.wamp.value;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a call or a publication belongs to (W3C Trace Context): options {@code _traceparent} and {@code _tracestate} of
 * {@code CALL} and {@code PUBLISH}, and details of {@code INVOCATION} and {@code EVENT} with the same names. The underscore is what
 * the specification asks of keys that it does not define (section "Extensibility").
 *
 * @param traceId the trace: 32 hexadecimal digits, not all 0
 * @param spanId the operation that caused the message: 16 hexadecimal digits, not all 0
 * @param flags 8 bits; the lowest says that the sender records the trace
 * @param state what tracing systems add, at most 512 characters, or null
 */
public record TraceContext(
        String traceId, String spanId, int flags, @Nullable String state) {
    /** The key of the trace, the operation and the flags. */
    public static final String PARENT = "_traceparent";
    /** The key of what tracing systems add. */
    public static final String STATE = "_tracestate";

    private static final int SAMPLED = 1;
    private static final String NO_ID = "0".repeat(32);
    private static final int MAX_STATE_CHARACTERS = 512;
    private static final Pattern STATE_FORM = Pattern.compile("[ -~\\t]{1," + MAX_STATE_CHARACTERS + "}");

    /**
     * The trace context in {@code dict}, or null if it has none or one of a wrong form: then the receiver begins a trace of its own
     * (W3C Trace Context, section "Processing Model"). A wrong {@code _tracestate} alone is left out.
     */
    public static @Nullable TraceContext of(Dict dict) {
        if (dict.isEmpty() || !(dict.entries().get(PARENT) instanceof String parent)) {
            return null;
        }
        if (!isValid(parent)) {
            return null;
        }
        boolean hasState = dict.entries().get(STATE) instanceof String text
                && STATE_FORM.matcher(text).matches();
        return new TraceContext(
                parent.substring(3, 35),
                parent.substring(36, 52),
                Integer.parseInt(parent, 53, 55, 16),
                hasState ? (String) Objects.requireNonNull(dict.entries().get(STATE)) : null);
    }

    /** Version, trace, span and flags, as W3C Trace Context has them. By hand: a regular expression costs as much as the rest of a call. */
    private static boolean isValid(String parent) {
        return parent.length() == 55
                && isHexadecimal(parent, 0, 2)
                && !parent.startsWith("ff")
                && parent.charAt(2) == '-'
                && isId(parent, 3, 35)
                && parent.charAt(35) == '-'
                && isId(parent, 36, 52)
                && parent.charAt(52) == '-'
                && isHexadecimal(parent, 53, 55);
    }

    private static boolean isId(String text, int begin, int end) {
        return isHexadecimal(text, begin, end) && !text.regionMatches(begin, NO_ID, 0, end - begin);
    }

    private static boolean isHexadecimal(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Of entries with unknown keys, those of a valid trace context. */
    public static Dict only(Dict extra) {
        TraceContext context = of(extra);
        return context == null ? Dict.EMPTY : context.toDict();
    }

    /** Whether the sender records the trace, so the receiver should record its part too. */
    public boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /** The value of {@code _traceparent}, in version 00. */
    public String parent() {
        return "00-" + traceId + "-" + spanId + (flags < 16 ? "-0" : "-") + Integer.toHexString(flags);
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        return state == null ? Dict.of(PARENT, parent()) : new Dict(Map.of(PARENT, parent(), STATE, state));
    }
}
