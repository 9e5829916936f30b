package io.junctor.wamp.value;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a call or a publication belongs to (W3C Trace Context): options {@code _traceparent} and {@code _tracestate} of
 * {@code CALL} and {@code PUBLISH}, and details of {@code INVOCATION} and {@code EVENT} with the same names. The names begin with an
 * underscore because the specification requires this for keys that it does not define (section "Extensibility").
 *
 * @param traceId the trace: 32 hexadecimal digits, not all 0
 * @param spanId the operation that caused the message: 16 hexadecimal digits, not all 0
 * @param flags 8 bits; the lowest bit is set if the sender records the trace
 * @param state data of tracing systems, at most 512 characters, or null
 */
public record TraceContext(
        String traceId, String spanId, int flags, @Nullable String state) {
    /** The key of the trace, the operation and the flags. */
    public static final String PARENT = "_traceparent";
    /** The key of the data of tracing systems. */
    public static final String STATE = "_tracestate";

    private static final int SAMPLED = 1;
    private static final String NO_ID = "0".repeat(32);
    private static final int MAX_STATE_CHARACTERS = 512;
    private static final Pattern STATE_FORM = Pattern.compile("[ -~\\t]{1," + MAX_STATE_CHARACTERS + "}");

    /**
     * Reads the trace context in {@code dict}. Returns null if it is absent or malformed; then the receiver begins a new trace (W3C Trace
     * Context, section "Processing Model"). If only {@code _tracestate} is malformed, it is omitted.
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

    /**
     * Checks version, trace, span and flags as W3C Trace Context defines them. Uses no regular expression, which would cost as much as the
     * rest of a call.
     */
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

    /** Selects the entries of a valid trace context from entries with unknown keys. */
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
