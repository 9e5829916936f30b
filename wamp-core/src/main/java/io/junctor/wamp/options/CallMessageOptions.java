package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code CALL} (section "Calling and Invocations").
 *
 * @param timeoutMillis the timeout of the call in milliseconds, 0 for none
 * @param receiveProgress whether the caller accepts progressive results
 * @param progress whether more calls with the same id follow
 * @param discloseMe whether the caller requests its disclosure
 * @param passthru the options of payload passthru mode, or null
 * @param forwardFor the sessions for which router links forwarded the message
 * @param extra the entries with unknown keys
 */
public record CallMessageOptions(
        long timeoutMillis,
        boolean receiveProgress,
        boolean progress,
        boolean discloseMe,
        @Nullable PassthruOptions passthru,
        List<ForwardedFor> forwardFor,
        Dict extra) {
    /** No options. */
    public static final CallMessageOptions DEFAULT =
            new CallMessageOptions(0, false, false, false, null, List.of(), Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "timeout",
            "receive_progress",
            "progress",
            "disclose_me",
            "rkey",
            "runmode",
            PassthruOptions.SCHEME,
            PassthruOptions.SERIALIZER,
            PassthruOptions.CIPHER,
            PassthruOptions.KEY_ID,
            ForwardedFor.KEY);

    /** Reads the options; the keys {@code rkey} and {@code runmode} are checked and ignored. */
    public static CallMessageOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return DEFAULT;
        }
        dict.text("rkey");
        dict.text("runmode");
        Long timeout = dict.integer("timeout", 0);
        return new CallMessageOptions(
                timeout == null ? 0 : timeout,
                dict.flag("receive_progress", false),
                dict.flag("progress", false),
                dict.flag("disclose_me", false),
                PassthruOptions.of(dict),
                ForwardedFor.of(dict),
                dict.without(KNOWN));
    }

    /** Returns a copy without {@code forward_for}. Of the unknown keys, the copy contains only the keys of a {@link TraceContext}. */
    public CallMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new CallMessageOptions(
                        timeoutMillis,
                        receiveProgress,
                        progress,
                        discloseMe,
                        passthru,
                        List.of(),
                        TraceContext.only(extra));
    }

    /** Returns these options with this trace context and without unknown keys. */
    public CallMessageOptions withTrace(TraceContext context) {
        return new CallMessageOptions(
                timeoutMillis, receiveProgress, progress, discloseMe, passthru, forwardFor, context.toDict());
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == DEFAULT) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with()
                .put("timeout", timeoutMillis == 0 ? null : timeoutMillis)
                .flag("receive_progress", receiveProgress)
                .flag("progress", progress)
                .flag("disclose_me", discloseMe);
        PassthruOptions.put(dict, passthru);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor)).build();
    }
}
